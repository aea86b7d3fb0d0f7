/* SPDX-License-Identifier: MIT */
/*
 * libclang, loaded when headers are read and not before: linked in, it would
 * cost every run of pagelap some 60 MB and as much time as reading BTF takes.
 * Functions are called through the table by their own names.
 */
#ifndef PAGELAP_READ_HEADERS_CLANG_API_H
#define PAGELAP_READ_HEADERS_CLANG_API_H

#include <clang-c/Index.h>

#include "support/arena.h"
#include "support/strbuf.h"

/* In every libclang from 16 on. */
#define PL_CLANG_FUNCTIONS(X)                                                                      \
	X(clang_Cursor_Evaluate)                                                                   \
	X(clang_Cursor_getOffsetOfField)                                                           \
	X(clang_Cursor_isBitField)                                                                 \
	X(clang_Cursor_isNull)                                                                     \
	X(clang_EvalResult_dispose)                                                                \
	X(clang_EvalResult_getAsLongLong)                                                          \
	X(clang_EvalResult_getKind)                                                                \
	X(clang_EvalResult_isUnsignedInt)                                                          \
	X(clang_TargetInfo_dispose)                                                                \
	X(clang_TargetInfo_getPointerWidth)                                                        \
	X(clang_TargetInfo_getTriple)                                                              \
	X(clang_Type_getAlignOf)                                                                   \
	X(clang_Type_getNamedType)                                                                 \
	X(clang_Type_getSizeOf)                                                                    \
	X(clang_Type_getValueType)                                                                 \
	X(clang_Type_visitFields)                                                                  \
	X(clang_createIndex)                                                                       \
	X(clang_disposeDiagnostic)                                                                 \
	X(clang_disposeIndex)                                                                      \
	X(clang_disposeString)                                                                     \
	X(clang_disposeTranslationUnit)                                                            \
	X(clang_getArgType)                                                                        \
	X(clang_getArrayElementType)                                                               \
	X(clang_getArraySize)                                                                      \
	X(clang_getCString)                                                                        \
	X(clang_getCanonicalType)                                                                  \
	X(clang_getClangVersion)                                                                   \
	X(clang_getCursorDefinition)                                                               \
	X(clang_getCursorKind)                                                                     \
	X(clang_getCursorLocation)                                                                 \
	X(clang_getCursorPrettyPrinted)                                                            \
	X(clang_getCursorReferenced)                                                               \
	X(clang_getCursorSpelling)                                                                 \
	X(clang_getCursorType)                                                                     \
	X(clang_getDiagnostic)                                                                     \
	X(clang_getDiagnosticLocation)                                                             \
	X(clang_getDiagnosticSeverity)                                                             \
	X(clang_getDiagnosticSpelling)                                                             \
	X(clang_getExpansionLocation)                                                              \
	X(clang_getFieldDeclBitWidth)                                                              \
	X(clang_getFileContents)                                                                   \
	X(clang_getFileName)                                                                       \
	X(clang_getInclusions)                                                                     \
	X(clang_getNumArgTypes)                                                                    \
	X(clang_getNumDiagnostics)                                                                 \
	X(clang_getPointeeType)                                                                    \
	X(clang_getResultType)                                                                     \
	X(clang_getTranslationUnitCursor)                                                          \
	X(clang_getTranslationUnitTargetInfo)                                                      \
	X(clang_getTypeDeclaration)                                                                \
	X(clang_getTypeSpelling)                                                                   \
	X(clang_getTypedefDeclUnderlyingType)                                                      \
	X(clang_getUnqualifiedType)                                                                \
	X(clang_hashCursor)                                                                        \
	X(clang_equalCursors)                                                                      \
	X(clang_isConstQualifiedType)                                                              \
	X(clang_isCursorDefinition)                                                                \
	X(clang_isFunctionTypeVariadic)                                                            \
	X(clang_isRestrictQualifiedType)                                                           \
	X(clang_isVolatileQualifiedType)                                                           \
	X(clang_parseTranslationUnit2)                                                             \
	X(clang_Cursor_getVarDeclInitializer)                                                      \
	X(clang_Cursor_isAnonymousRecordDecl)                                                      \
	X(clang_getCursorExtent)                                                                   \
	X(clang_getCursorSemanticParent)                                                           \
	X(clang_getNullCursor)                                                                     \
	X(clang_getRangeEnd)                                                                       \
	X(clang_getRangeStart)                                                                     \
	X(clang_getSpellingLocation)                                                               \
	X(clang_isFileMultipleIncludeGuarded)                                                      \
	X(clang_saveTranslationUnit)                                                               \
	X(clang_visitChildren)

/* From 17 on; the numbers of operators are those of no earlier one. */
#define PL_CLANG_OPERATORS(X)                                                                      \
	X(clang_getCursorBinaryOperatorKind)                                                       \
	X(clang_getCursorUnaryOperatorKind)

struct pl_clang {
	void *library;
	const char *version;  /* "19.1.7" */
	const char *resource; /* directory of the compiler's own headers */
#define PL_CLANG_FIELD(name) __typeof__(&(name)) name;
	PL_CLANG_FUNCTIONS(PL_CLANG_FIELD)
#undef PL_CLANG_FIELD
#define PL_CLANG_OPERATOR(name) int (*name)(CXCursor cursor); /* NULL before 17 */
	PL_CLANG_OPERATORS(PL_CLANG_OPERATOR)
#undef PL_CLANG_OPERATOR
};

/*
 * Loads libclang, if that has not happened, into *RET, which lives in ARENA;
 * it stays loaded as long as the process, whose allocator is set up for it. PL_ERROR_UNREADABLE,
 * with a message that says what to install, if it is not there.
 */
struct pl_error *pl_clang_open(struct pl_arena *arena, const struct pl_clang **ret) PL_MUST_CHECK;

/* TEXT, copied into ARENA and disposed of; NULL only without memory. */
const char *pl_clang_text(const struct pl_clang *clang, struct pl_arena *arena, CXString text);

#endif
