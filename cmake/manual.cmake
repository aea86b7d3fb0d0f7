# SPDX-License-Identifier: MIT
# cmake -DPAGELAP=BINARY -DCOMMAND=NAME -DINPUT=FILE -DOUTPUT=FILE -P manual.cmake
#
# Writes the manual page of a command: INPUT with the options that the program itself tells of in place of @OPTIONS@.
execute_process(COMMAND ${PAGELAP} completion mdoc ${COMMAND} OUTPUT_VARIABLE OPTIONS RESULT_VARIABLE status
                OUTPUT_STRIP_TRAILING_WHITESPACE)
if(status)
  message(FATAL_ERROR "${PAGELAP} completion mdoc ${COMMAND}: ${status}")
endif()
configure_file(${INPUT} ${OUTPUT} @ONLY)
