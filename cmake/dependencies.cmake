# Every library pagelap stands on. A missing one is named with the Debian package that brings it.
find_package(PkgConfig)
if(NOT PkgConfig_FOUND)
  message(FATAL_ERROR "pkg-config is missing: apt-get install pkg-config")
endif()

function(pagelap_require NAME MODULE PACKAGE)
  pkg_check_modules(${NAME} QUIET IMPORTED_TARGET ${MODULE})
  if(NOT ${NAME}_FOUND)
    message(FATAL_ERROR "${MODULE} is missing: apt-get install ${PACKAGE}")
  endif()
  message(STATUS "${MODULE} ${${NAME}_VERSION}")
  add_library(pagelap::${NAME} ALIAS PkgConfig::${NAME})
endfunction()

pagelap_require(libbpf libbpf libbpf-dev)
pagelap_require(jansson jansson libjansson-dev)
pagelap_require(zlib zlib zlib1g-dev)
pagelap_require(zstd libzstd libzstd-dev)
pagelap_require(lzma liblzma liblzma-dev)
pagelap_require(lz4 liblz4 liblz4-dev)
pagelap_require(md libmd libmd-dev)

find_package(BZip2 QUIET)
if(NOT BZIP2_FOUND)
  message(FATAL_ERROR "bzip2 is missing: apt-get install libbz2-dev")
endif()

# Debian 12 has no .pc file for libdwarf, and distributions put its headers in different places.
find_path(LIBDWARF_INCLUDE_DIR libdwarf.h
          PATH_SUFFIXES libdwarf libdwarf-2 libdwarf-1 libdwarf-0)
find_library(LIBDWARF_LIBRARY dwarf)
if(NOT LIBDWARF_INCLUDE_DIR OR NOT LIBDWARF_LIBRARY)
  message(FATAL_ERROR "libdwarf is missing: apt-get install libdwarf-dev")
endif()
message(STATUS "libdwarf ${LIBDWARF_LIBRARY}")
add_library(pagelap-libdwarf INTERFACE)
target_include_directories(pagelap-libdwarf SYSTEM INTERFACE ${LIBDWARF_INCLUDE_DIR})
target_link_libraries(pagelap-libdwarf INTERFACE ${LIBDWARF_LIBRARY})
add_library(pagelap::libdwarf ALIAS pagelap-libdwarf)

# libclang is loaded at run time, when headers are read: only its headers and the name of the library are needed.
set(PAGELAP_LLVM 19 CACHE STRING "Version of libclang: 16 to 22")
find_path(LIBCLANG_INCLUDE_DIR clang-c/Index.h
          HINTS /usr/lib/llvm-${PAGELAP_LLVM}/include NO_DEFAULT_PATH)
find_library(LIBCLANG_LIBRARY NAMES clang-${PAGELAP_LLVM} clang
             HINTS /usr/lib/llvm-${PAGELAP_LLVM}/lib NO_DEFAULT_PATH)
if(NOT LIBCLANG_INCLUDE_DIR OR NOT LIBCLANG_LIBRARY)
  message(FATAL_ERROR "libclang ${PAGELAP_LLVM} is missing: apt-get install libclang-${PAGELAP_LLVM}-dev")
endif()
execute_process(COMMAND ${CMAKE_READELF} -d ${LIBCLANG_LIBRARY}
                OUTPUT_VARIABLE LIBCLANG_DYNAMIC RESULT_VARIABLE LIBCLANG_STATUS)
string(REGEX MATCH "soname: \\[([^]]+)\\]" LIBCLANG_SONAME "${LIBCLANG_DYNAMIC}")
set(LIBCLANG_SONAME ${CMAKE_MATCH_1})
if(NOT LIBCLANG_SONAME)
  message(FATAL_ERROR "${LIBCLANG_LIBRARY} does not say what it is called when loaded (${LIBCLANG_STATUS})")
endif()
message(STATUS "libclang ${LIBCLANG_SONAME}")
add_library(pagelap-libclang INTERFACE)
target_include_directories(pagelap-libclang SYSTEM INTERFACE ${LIBCLANG_INCLUDE_DIR})
target_compile_definitions(pagelap-libclang INTERFACE PL_LIBCLANG="${LIBCLANG_SONAME}")
target_link_libraries(pagelap-libclang INTERFACE ${CMAKE_DL_LIBS})
add_library(pagelap::libclang ALIAS pagelap-libclang)
