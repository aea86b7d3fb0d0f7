# Writes the bytes of INPUT as a C array to OUTPUT.
file(READ ${INPUT} HEX_BYTES HEX)
string(REGEX REPLACE "(..)" "0x\\1," C_BYTES "${HEX_BYTES}")
string(REGEX REPLACE "((0x..,){16})" "\\1\n\t" C_BYTES "${C_BYTES}")
file(WRITE ${OUTPUT} "/* Generated from rules/struct-page.json. */
#include \"check/builtin_pack.h\"

static const unsigned char bytes[] = {
\t${C_BYTES}
};

const struct pl_bytes pl_builtin_pack = {bytes, sizeof(bytes)};
")
