# SPDX-License-Identifier: MIT
"""The breaks that a line of C lends itself to. None adds or removes a line."""

import collections
import re

# In the line, BEFORE becomes AFTER: whole lines, without indentation.
Edit = collections.namedtuple("Edit", "kind after")

OPERATORS = {
    "==": ("!=",), "!=": ("==",), "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
    "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("/",),
    "<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",), "^": ("|",),
    "+=": ("-=", "="), "-=": ("+=", "="), "*=": ("=",), "|=": ("&=", "="), "&=": ("|=", "="),
    "<<=": (">>=",), ">>=": ("<<=",), "++": ("--",), "--": ("++",),
}
# What has one operand, too, has two where there are blanks on both sides.
OPERATOR = re.compile(r"<<=|>>=|->|[-+*|&]=|[=!<>]=|&&|\|\||<<|>>|\+\+|--|(?<= )[-+*/%&|^<>](?= )")
NUMBER = re.compile(r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)(?![\w.])")
WORD = re.compile(r"\b(true|false)\b")
FIELD = re.compile(r"(->|(?<=[\w\])])\.)([a-z_]\w*)\b(?!\s*\()")
NOT = re.compile(r"!(?!=)|~")
CONDITION = re.compile(r"\b(if|while) \(")
ARGUMENTS = re.compile(r"([\w.>-]+), ([&*]?[\w.>-]+)(?=[,)])")
TRY = re.compile(r"\bPL_TRY\((.*)\);$")
DECLARED = re.compile(r"^\t+((?:[a-z_]\w* )+\**)([a-z_][\w, ]*)(?:\[[^]]*\])?(?: : \d+)?;")


def mask(text):
    """TEXT with blanks in place of comments and of what is in quotes."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def code_lines(text):
    """(index, line, masked line) of all lines that have code other than braces, labels and preprocessor lines."""
    lines, masked = text.split("\n"), mask(text).split("\n")
    directive = False
    for index, (line, code) in enumerate(zip(lines, masked)):
        directive = directive or code.lstrip().startswith("#")
        if not directive and re.search(r"\w", code):
            yield index, line, code
        directive = directive and line.endswith("\\")


def siblings(texts):
    """Of each name of a member, in the structs of TEXTS: the names of other members of its structs, of the same type."""
    others = collections.defaultdict(set)
    for text in texts:
        for body in re.findall(r"\bstruct \w* ?\{\n(.*?)\n\}", mask(text), re.DOTALL):
            types = collections.defaultdict(set)
            for line in body.split("\n"):
                for kind, names in DECLARED.findall(line.rstrip()):
                    types[kind] |= set(names.split(", "))
            for names in types.values():
                for name in names:
                    others[name] |= names - {name}
    return others


def closing(code, opening):
    """Where the parenthesis is that closes the one at OPENING, or None."""
    depth = 0
    for place in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[place], 0)
        if depth == 0:
            return place
    return None


def operators(line, code):
    for found in OPERATOR.finditer(code):
        for other in OPERATORS.get(found.group(), ()):
            yield Edit("operator", line[:found.start()] + other + line[found.end():])
    for found in NOT.finditer(code):
        yield Edit("not", line[:found.start()] + line[found.end():])


def constants(line, code):
    for found in NUMBER.finditer(code):
        digits, suffix = found.groups()
        value = int(digits, 0) if digits.startswith(("0x", "0X")) or not digits.startswith("0") else int(digits, 8)
        for other in {value + 1, max(value - 1, 0)} - {value}:
            text = hex(other) if digits.startswith(("0x", "0X")) else str(other)
            yield Edit("constant", line[:found.start()] + text + suffix + line[found.end():])
    for found in WORD.finditer(code):
        other = "false" if found.group() == "true" else "true"
        yield Edit("constant", line[:found.start()] + other + line[found.end():])


def conditions(line, code):
    for found in CONDITION.finditer(code):
        end = closing(code, found.end() - 1)
        if end is None:
            continue
        # A loop without an end is found by waiting for it.
        for value in ("true", "false") if found.group(1) == "if" else ("false",):
            yield Edit("condition", line[:found.end()] + value + line[end:])


def statements(line, code, before):
    """BEFORE is what comes before the line, blanks and comments left out."""
    stripped = code.strip()
    indent = line[:len(line) - len(line.lstrip())]
    if not stripped.endswith(";") or not indent or not before.endswith((";", "{", "}", ")", "else", ":")):
        return
    if TRY.search(line.strip()):
        yield Edit("error ignored", indent + TRY.sub(r"pl_error_free(\1);", line.strip()))
    yield Edit("statement", indent + "(void)0;")


def fields(line, code, others):
    for found in FIELD.finditer(code):
        for other in sorted(others.get(found.group(2), ())):
            yield Edit("member", line[:found.start(2)] + other + line[found.end(2):])


def arguments(line, code):
    for found in ARGUMENTS.finditer(code):
        first, second = found.groups()
        if first != second:
            yield Edit("arguments", f"{line[:found.start()]}{line[found.start(2):found.end(2)]}, "
                                    f"{line[found.start(1):found.end(1)]}{line[found.end():]}")


def of_line(line, code, before, others):
    """All breaks of LINE, whose comments and strings are blank in CODE, by kind."""
    kinds = collections.defaultdict(list)
    for edit in (*operators(line, code), *constants(line, code), *conditions(line, code),
                 *statements(line, code, before), *fields(line, code, others), *arguments(line, code)):
        if edit.after != line:
            kinds[edit.kind].append(edit)
    return dict(kinds)
