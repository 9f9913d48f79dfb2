"""A pattern of the regex package → one that Hyperscan takes and that matches wherever the first does.

Assertions are dropped, classes widened, long counts opened; what cannot be relaxed safely, or would match empty
text, gives ``None``, and the pattern is then searched without a prefilter. The result is for finding candidates
only: ``regex`` decides. It is searched in text under :func:`plain_case`.
"""

from __future__ import annotations

import re

_ANY = r"[^\n]"
_BEYOND = r"\x{80}-\x{10ffff}"
#: Stands for any character beyond ASCII, with the letters of ASCII that one of those can equal when case does
#: not count. The two libraries' tables of letter case differ by the version of Unicode.
_FOREIGN = "iks" + _BEYOND
_START, _END = "\ue000^", "\ue000$"  # anchors whose place is not yet known to be one where Hyperscan takes them
_CLASSES = {"w": "0-9A-Za-z_" + _BEYOND, "d": "0-9" + _BEYOND, "s": r"\x09-\x0d\x1c-\x20" + _BEYOND}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_ASSERTIONS = frozenset("bBmMAG")
_HEX = {"x": 2, "u": 4, "U": 8}
#: Counts above this are opened: Hyperscan unrolls them.
_MOST = 4

_SURROGATE = re.compile("[\ud800-\udfff]")
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")


class _CannotRelaxError(Exception):
    pass


def relax(source: str) -> str | None:
    """The relaxed pattern, to be compiled with CASELESS, UTF8 and MULTILINE; ``None`` if there is none."""
    parser = _Parser(source)
    try:
        relaxed, is_empty = parser.alternatives(top=True)
    except (_CannotRelaxError, IndexError, ValueError, RecursionError):
        return None
    if is_empty or parser.at != len(source):
        return None
    return relaxed.replace(_START, "^").replace(_END, "$")


def plain_case(text: str) -> str:
    """The text with what Hyperscan's caseless mode does not know replaced: dotted and dotless i, lone surrogates."""
    if text.isascii():
        return text
    return _SURROGATE.sub("\ufffd", text.replace("\u0130", "i").replace("\u0131", "i"))


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.verbose = source.startswith("(?x)")
        self.at = 4 if self.verbose else 0

    def alternatives(self, *, top: bool = False) -> tuple[str, bool]:
        """The branches relaxed, and whether one of them may match empty text."""
        branches = [self.sequence(top)]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence(top))
        return "|".join(text for text, _ in branches), any(is_empty for _, is_empty in branches)

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

    def sequence(self, top: bool) -> tuple[str, bool]:
        items: list[tuple[str, int, int | None]] = []
        is_empty = True
        while (char := self.peek()) and char not in "|)":
            item, may_be_empty = self.item(char)
            least, most = self.count()
            is_empty = is_empty and (may_be_empty or least == 0)
            if item and most != 0:
                items.append((item, least, most))
        # how often the last item of a branch matches makes no difference to whether the branch does
        while top and items and items[-1][1] == 0:
            items.pop()
        if top and items:
            items[-1] = items[-1][0], items[-1][1], items[-1][1]
        parts = []
        for number, (item, least, most) in enumerate(items):
            if number or (least, most) != (1, 1):
                item = item.replace(_START, "")
            if number + 1 < len(items) or (least, most) != (1, 1):
                item = item.replace(_END, "")
            parts.append(item and item + _quantifier(least, most))
        return "".join(parts), is_empty

    def item(self, char: str) -> tuple[str, bool]:
        """One item relaxed, and whether it may match empty text."""
        if char == "(":
            return self.group()
        if char == "[":
            return self.klass(), False
        self.at += 1
        if char == "\\":
            item = self.escape()
            return item, item in ("", _END)
        if char == ".":
            return _ANY, False
        if char in "^$":
            return (_START if char == "^" else _END), True
        if char in "*+?{":
            raise _CannotRelaxError
        return _literal(char), False

    def escape(self) -> str:
        char = self.source[self.at]
        self.at += 1
        if char in _ASSERTIONS:
            return ""
        if char == "Z":
            return _END
        if char in _CLASSES:
            return f"[{_CLASSES[char]}]"
        if char in "WDSpP":
            self.property(char)
            return _ANY
        return _literal(self.character(char))

    def property(self, char: str) -> None:
        """Steps over the name of a property: ``{Lu}``, or one letter."""
        if char in "pP":
            self.at = self.source.index("}", self.at) + 1 if self.source[self.at] == "{" else self.at + 1

    def character(self, char: str) -> str:
        """The character that an escape stands for."""
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in _HEX:
            digits = self.source[self.at : self.at + _HEX[char]]
            self.at += _HEX[char]
            if not re.fullmatch("[0-9A-Fa-f]+", digits):
                raise _CannotRelaxError
            return chr(int(digits, 16))
        if char.isalnum():
            raise _CannotRelaxError
        return char

    def group(self) -> tuple[str, bool]:
        rest = self.source[self.at :]
        if head := re.match(r"\(\?(?:<?[=!])", rest):
            self.at += head.end()
            self.alternatives()
            self.close()
            return "", True
        head = re.match(r"\((?:\?(?::|>|P?<[A-Za-z_]\w*>))?(?!\?)", rest)
        if head is None:
            raise _CannotRelaxError
        self.at += head.end()
        inner, is_empty = self.alternatives()
        self.close()
        return f"(?:{inner})", is_empty

    def close(self) -> None:
        if self.peek() != ")":
            raise _CannotRelaxError
        self.at += 1

    def klass(self) -> str:
        self.at += 1
        anything = self.source[self.at] == "^"
        self.at += anything
        parts: list[str] = []
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
                    continue
                if char in "WDSpP":
                    self.property(char)
                    anything = True
                    continue
                char = "\b" if char == "b" else self.character(char)
            elif char == "-" and parts and self.source[self.at] != "]":
                parts.append("-")
                continue
            if ord(char) > 127:
                anything = anything or parts[-1:] == ["-"]  # a range from ASCII to beyond
                parts.append(_FOREIGN)
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


def _literal(char: str) -> str:
    if ord(char) > 127:
        return f"[{_FOREIGN}]"
    return rf"\x{{{ord(char):x}}}" if char < " " else re.escape(char)


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
