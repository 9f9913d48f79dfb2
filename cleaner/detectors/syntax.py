"""The part of the regex package's syntax that says what a match must hold, as a tree.

Everything else is :class:`Unknown`: something may stand there, nobody knows what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_ASSERTIONS = {"b": "word", "A": "start", "Z": "end"}
_NOTHING = frozenset("BmMG")
#: Stands for any digit.
DIGIT = "\4"
_MEMBERS = {"s": " ", "d": DIGIT}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_HEX = {"x": 2, "u": 4, "U": 8}
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
_GROUP = re.compile(r"\((?:\?(?::|>|P?<[A-Za-z_]\w*>))?(?!\?)")
_LOOK = re.compile(r"\(\?<?[=!]")
#: Members up to which a class is written out as alternatives.
_CLASS = 12


class CannotReadError(Exception):
    """The pattern uses what this parser does not know, so nothing is said of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One of these strings: a character, a small class."""

    options: frozenset[str]


#: What only asserts: it takes no room, and it only narrows.
_EMPTY = Text(frozenset([""]))


@dataclass(frozen=True, slots=True)
class Edge:
    """An end of the text or of a word."""

    kind: Literal["start", "end", "word"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any text, or none; without ``words`` only characters that are no part of a word."""

    words: bool = True


@dataclass(frozen=True, slots=True)
class Branches:
    """One of several sequences."""

    sequences: tuple[tuple[Repeated, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A node and how often it stands: ``most`` None is without end."""

    node: Text | Edge | Unknown | Branches
    least: int = 1
    most: int | None = 1


def parse(source: str) -> Branches:
    """The pattern's tree. Raises ``CannotReadError``."""
    parser = _Parser(source)
    try:
        tree = parser.branches()
    except (IndexError, ValueError, RecursionError):
        raise CannotReadError from None
    if parser.at != len(source):
        raise CannotReadError
    return tree


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.verbose = source.startswith("(?x)")
        self.at = 4 if self.verbose else 0

    def branches(self) -> Branches:
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        return Branches(tuple(found))

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

    def sequence(self) -> tuple[Repeated, ...]:
        items = []
        while (char := self.peek()) and char not in "|)":
            node = self.node(char)
            items.append(Repeated(node, *self.count()))
        return tuple(items)

    def node(self, char: str) -> Text | Edge | Unknown | Branches:
        if char == "(":
            return self.group()
        self.at += 1
        match char:
            case "[":
                return self.klass()
            case "\\":
                return self.escape()
            case ".":
                return Unknown()
            case "^":
                return Edge("start")
            case "$":
                return Edge("end")
            case "*" | "+" | "?" | "{":
                raise CannotReadError
        return Text(frozenset(char))

    def escape(self) -> Text | Edge | Unknown:
        char = self.source[self.at]
        self.at += 1
        if char in _ASSERTIONS:
            return Edge(_ASSERTIONS[char])  # type: ignore[arg-type]
        if char in _MEMBERS:
            return Text(frozenset(_MEMBERS[char]))
        if char in _NOTHING:
            return _EMPTY
        if char in "wWDSpP":
            self.property(char)
            return Unknown(words=char != "W")
        return Text(frozenset(self.character(char)))

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
                raise CannotReadError
            return chr(int(digits, 16))
        if char.isalnum():
            raise CannotReadError
        return char

    def group(self) -> Branches | Text:
        if head := _LOOK.match(self.source, self.at):
            self.at = head.end()
            self.branches()
            self.close()
            return _EMPTY
        head = _GROUP.match(self.source, self.at)
        if head is None:
            raise CannotReadError
        self.at = head.end()
        inner = self.branches()
        self.close()
        return inner

    def close(self) -> None:
        if self.peek() != ")":
            raise CannotReadError
        self.at += 1

    def klass(self) -> Text | Unknown:
        unknown = self.source[self.at] == "^"
        self.at += unknown
        members: set[str] = set()
        begin: str | None = None  # where a range would begin
        first = True
        while (char := self.source[self.at]) != "]" or first:
            first = False
            self.at += 1
            if char == "[" and self.source[self.at] in ":.=":
                raise CannotReadError
            if char == "-" and begin is not None and self.source[self.at] != "]":
                char = self.source[self.at]
                self.at += 1
                if char == "\\":
                    char = self.character(self.source[self.at])
                    self.at += 1
                unknown |= ord(char) - ord(begin) >= _CLASS
                members |= set() if unknown else {chr(code) for code in range(ord(begin), ord(char) + 1)}
                begin = None
                continue
            if char == "\\":
                char = self.source[self.at]
                self.at += 1
                if char in "wWDSpP":
                    self.property(char)
                    unknown, begin = True, None
                    continue
                char = _MEMBERS.get(char) or ("\b" if char == "b" else self.character(char))
            members.add(char)
            begin = char
        self.at += 1
        return Unknown() if unknown or len(members) > _CLASS else Text(frozenset(members))

    def count(self) -> tuple[int, int | None]:
        least, most = 1, 1
        char = self.peek()
        if char and char in "*+?":
            self.at += 1
            least, most = (0 if char in "*?" else 1), (1 if char == "?" else None)  # type: ignore[assignment]
        elif char == "{" and (match := _COUNT.match(self.source, self.at)):
            if not (match[1] or match[3]):
                raise CannotReadError
            self.at = match.end()
            least = int(match[1] or 0)
            most = least if not match[2] else int(match[3]) if match[3] else None  # type: ignore[assignment]
        else:
            return least, most
        if (char := self.source[self.at : self.at + 1]) and char in "?+":
            self.at += 1
        return least, most
