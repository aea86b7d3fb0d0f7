# Against the exploitation of what tests have not found. tests/hardening reads from the program that these flags took.
target_compile_options(pagelap-flags INTERFACE -fstack-protector-strong -fstack-clash-protection -fPIE)
target_link_options(pagelap-flags INTERFACE
  -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code)
# Branch protection is left out: it holds only where the C library's start files have it too, and Debian's do not.
# What it checks is only known once there is optimisation.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(pagelap-flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
