# SPDX-License-Identifier: MIT
# What is installed for programs that use libpagelap, and the Debian packages.

# Its interface; everything else is the library's own affair.
set(PAGELAP_HEADERS
  check/baseline.h check/check.h check/load/pack_load.h check/load/recipe_load.h check/load/suppress_load.h
  check/load/usage_load.h check/suppress.h diff/diff.h map/compare.h map/map.h read/read.h read/usage/usage_scan.h
  report/diff.h report/report.h
  support/arena.h support/cursor.h support/digest.h support/error.h support/strbuf.h support/version.h
  usage/answer.h usage/usage_merge.h)
file(GLOB models RELATIVE ${PROJECT_SOURCE_DIR}/analyzer CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analyzer/model/*.h)

foreach(header IN LISTS PAGELAP_HEADERS models)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/analyzer/${header}
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pagelap/${folder} COMPONENT dev)
endforeach()
# The prefix is told from where the file is, so that it may be moved.
file(RELATIVE_PATH PAGELAP_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(${CMAKE_CURRENT_LIST_DIR}/pagelap.pc.in ${PROJECT_BINARY_DIR}/pagelap.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/pagelap.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
install(TARGETS pagelap ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT dev)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "the pagelap authors <pagelap@localhost>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL pagelap dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_PAGELAP_PACKAGE_NAME pagelap)
set(CPACK_DEBIAN_PAGELAP_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PAGELAP_PACKAGE_SHLIBDEPS ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PAGELAP_DESCRIPTION
    "Reads kernels of any architecture (headers, DWARF, BTF, bootable images), maps
every descriptor that is laid over struct page, holds them against rules, and
tells what changed from one kernel to another.")
# Needed only where headers are read; loaded when that happens.
string(REGEX REPLACE "\\.so.*" "" libclang "${LIBCLANG_SONAME}")
string(REPLACE "libclang-" "libclang1-" libclang "${libclang}")
set(CPACK_DEBIAN_PAGELAP_PACKAGE_RECOMMENDS ${libclang})
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libpagelap-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
# Of libdwarf only what it was built with will do.
execute_process(COMMAND dpkg-query -W -f "\${Version}" libdwarf-dev OUTPUT_VARIABLE libdwarf ERROR_QUIET)
if(libdwarf)
  set(libdwarf " (= ${libdwarf})")
endif()
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "libdwarf-dev${libdwarf}, libbpf-dev, libjansson-dev, zlib1g-dev, libzstd-dev, liblzma-dev, liblz4-dev, libmd-dev, libbz2-dev")
set(CPACK_DEBIAN_DEV_DESCRIPTION "Static library of pagelap, its headers and an example")
include(CPack)
