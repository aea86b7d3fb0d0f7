# Compiler flags for our own code; an interface target, so that every part asks for them by name.
add_library(pagelap-flags INTERFACE)
target_compile_definitions(pagelap-flags INTERFACE _GNU_SOURCE)
target_compile_options(pagelap-flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2
  -Wwrite-strings -Wpointer-arith -Wundef -fno-common)
if(PAGELAP_WERROR)
  target_compile_options(pagelap-flags INTERFACE -Werror)
endif()
if(PAGELAP_HARDEN AND NOT PAGELAP_SANITIZE)
  include(${CMAKE_CURRENT_LIST_DIR}/hardening.cmake)
endif()
if(PAGELAP_SANITIZE)
  target_compile_options(pagelap-flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pagelap-flags INTERFACE -fsanitize=address,undefined)
endif()
if(PAGELAP_FUZZ)
  target_compile_options(pagelap-flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
