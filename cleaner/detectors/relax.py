"""A pattern of the regex package → one that Hyperscan takes and that matches wherever the first does.

Assertions are dropped, classes widened, long counts opened; what cannot be relaxed safely gives ``None``, and
the pattern is then searched without a prefilter. The result is for finding candidates only: ``regex`` decides.
"""

from __future__ import annotations

import re

_ANY = r"[^\n]"
_BEYOND = r"\x{80}-\x{10ffff}"
_CLASSES = {"w": "0-9A-Za-z_" + _BEYOND, "d": "0-9" + _BEYOND, "s": r"\x09-\x0d\x1c-\x20" + _BEYOND}
_CONTROLS = {"t": r"\x09", "n": r"\x0a", "r": r"\x0d", "f": r"\x0c", "v": r"\x0b", "a": r"\x07"}
_ASSERTIONS = frozenset("bBmMAG")
_HEX = {"x": 2, "u": 4, "U": 8}
#: Counts above this are opened: Hyperscan unrolls them.
_MOST = 4

_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")


class _CannotRelaxError(Exception):
    pass


def relax(source: str) -> str | None:
    """The relaxed pattern, to be compiled with CASELESS, UTF8 and MULTILINE; ``None`` if there is none."""
    parser = _Parser(source)
    try:
        relaxed = parser.alternatives(top=True)
        return relaxed if parser.at == len(source) else None
    except (_CannotRelaxError, IndexError):
        return None


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.verbose = source.startswith("(?x)")
        self.at = 4 if self.verbose else 0

    def alternatives(self, *, top: bool = False) -> str:
        branches = [self.sequence(top)]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence(top))
        return "|".join(branches)

    def peek(self) -> str:
        """The next character that means something; empty at the end."""
        while self.verbose and self.at < len(self.source):
            char = self.source[self.at]
            if char == "#":
                end = self.source.find("\n", self.at)
                self.at = len(self.source) if end < 0 else end + 1
            elif char.isspace():
                self.at += 1
            else:
                break
        return self.source[self.at : self.at + 1]

    def sequence(self, top: bool) -> str:
        items: list[tuple[str, int, int | None]] = []
        while (char := self.peek()) and char not in "|)":
            item = self.item(char)
            least, most = self.count()
            if item:
                items.append((item, least, most))
        # how often the last item of a branch matches makes no difference to whether the branch does
        while top and items and items[-1][1] == 0:
            items.pop()
        if top and items:
            items[-1] = items[-1][0], items[-1][1], items[-1][1]
        return "".join(item + _quantifier(least, most) for item, least, most in items)

    def item(self, char: str) -> str:
        if char == "(":
            return self.group()
        if char == "[":
            return self.klass()
        self.at += 1
        if char == "\\":
            return self.escape()
        if char == ".":
            return _ANY
        if char in "^$":
            return char
        if char in "*+?{":
            raise _CannotRelaxError
        return re.escape(char) if ord(char) < 128 else rf"\x{{{ord(char):x}}}"

    def escape(self) -> str:
        char = self.source[self.at]
        self.at += 1
        if char in _ASSERTIONS:
            return ""
        if char == "Z":
            return "$"
        if char in _CLASSES:
            return f"[{_CLASSES[char]}]"
        if char in "WDSpP":
            if char in "pP":
                self.at = self.source.index("}", self.at) + 1
            return _ANY
        return self.character(char)

    def character(self, char: str) -> str:
        """The escaped character as one Hyperscan reads the same way."""
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in _HEX:
            digits = self.source[self.at : self.at + _HEX[char]]
            self.at += _HEX[char]
            if not re.fullmatch("[0-9A-Fa-f]+", digits):
                raise _CannotRelaxError
            return rf"\x{{{digits}}}"
        if char.isalnum():
            raise _CannotRelaxError
        return rf"\x{{{ord(char):x}}}"

    def group(self) -> str:
        rest = self.source[self.at :]
        if head := re.match(r"\(\?(?:<?[=!])", rest):
            self.at += head.end()
            self.alternatives()
            self.close()
            return ""
        head = re.match(r"\((?:\?(?::|>|P?<[A-Za-z_]\w*>))?(?!\?)", rest)
        if head is None:
            raise _CannotRelaxError
        self.at += head.end()
        inner = self.alternatives()
        self.close()
        return f"(?:{inner})"

    def close(self) -> None:
        if self.peek() != ")":
            raise _CannotRelaxError
        self.at += 1

    def klass(self) -> str:
        self.at += 1
        negated = self.source[self.at] == "^"
        self.at += negated
        parts: list[str] = []
        anything = negated
        first = True
        while (char := self.source[self.at]) != "]" or first:
            first = False
            self.at += 1
            if char == "[" and self.source[self.at] in ":.=":
                raise _CannotRelaxError
            if char == "\\":
                char = self.source[self.at]
                self.at += 1
                if char in _CLASSES:
                    parts.append(_CLASSES[char])
                elif char in "WDSpP":
                    if char in "pP":
                        self.at = self.source.index("}", self.at) + 1
                    anything = True
                elif char == "b":
                    parts.append(r"\x08")
                else:
                    parts.append(self.character(char))
            elif char == "-" and parts and self.source[self.at] != "]":
                parts.append("-")
            else:
                parts.append(rf"\x{{{ord(char):x}}}")
        self.at += 1
        return _ANY if anything else f"[{''.join(parts)}]"

    def count(self) -> tuple[int, int | None]:
        least, most = 1, 1
        char = self.peek()
        if char and char in "*+?":
            self.at += 1
            return self.lazy((0 if char in "*?" else 1, 1 if char == "?" else None))
        if char == "{" and (match := _COUNT.match(self.source, self.at)):
            if not (match[1] or match[3]):
                raise _CannotRelaxError
            self.at = match.end()
            least = int(match[1] or 0)
            top = least if not match[2] else int(match[3]) if match[3] else None
            return self.lazy((min(least, _MOST), None if top is None or top > _MOST else top))
        return least, most

    def lazy(self, bounds: tuple[int, int | None]) -> tuple[int, int | None]:
        if (char := self.source[self.at : self.at + 1]) and char in "?+":
            self.at += 1
        return bounds


def _quantifier(least: int, most: int | None) -> str:
    match least, most:
        case 1, 1:
            return ""
        case 0, 1:
            return "?"
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case _, None:
            return f"{{{least},}}"
        case _:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"
