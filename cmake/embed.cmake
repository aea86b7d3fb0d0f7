# Writes the bytes of INPUT to OUTPUT, as the C definition of SYMBOL, which HEADER declares.
file(READ ${INPUT} HEX_BYTES HEX)
string(REGEX REPLACE "(..)" "0x\\1," C_BYTES "${HEX_BYTES}")
string(REGEX REPLACE "((0x..,){16})" "\\1\n\t" C_BYTES "${C_BYTES}")
get_filename_component(NAME ${INPUT} NAME)
file(WRITE ${OUTPUT} "/* Generated from ${NAME}. */
#include \"${HEADER}\"

static const unsigned char bytes[] = {
\t${C_BYTES}
};

const struct pl_bytes ${SYMBOL} = {bytes, sizeof(bytes)};
")
