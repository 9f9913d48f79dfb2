"""Patterns of rules, compiled when they are first searched, and their compiled form as data.

A run over ten small files needs a part of the rules' patterns; compiling all of them takes longer than the rest of the
run. ``regex`` parses a pattern in Python and hands code to its C part. That code is what it pickles a pattern as, and
building a pattern from it takes a thirtieth of the time.
"""

from __future__ import annotations

import base64
import copyreg
from collections.abc import Callable, Iterator
from typing import Any

import regex

#: Where the code stands in what ``regex`` pickles, and what stands there for patterns without named groups or lists.
_CODE, _NAMES = 2, slice(3, 7)
_NO_NAMES: tuple[Any, ...] = ({}, {}, {}, [])


class Pattern:
    """A regular expression of the ``regex`` package: ``search`` and ``finditer`` are the compiled pattern's own."""

    __slots__ = ("_code", "finditer", "ignore_case", "pattern", "search")

    pattern: str
    ignore_case: bool
    search: Callable[..., regex.Match[str] | None]
    finditer: Callable[..., Iterator[regex.Match[str]]]

    def __init__(self, pattern: str, ignore_case: bool = True) -> None:
        self.pattern = pattern
        self.ignore_case = ignore_case
        self._code: list[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        """Compiles on the first search, after which the two methods are found without coming here."""
        if name not in ("search", "finditer"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        compiled = self.compiled() if self._code is None else _built(self.pattern, self._code)
        self.search, self.finditer = compiled.search, compiled.finditer
        return getattr(compiled, name)

    def compiled(self) -> regex.Pattern[str]:
        """The compiled pattern. Raises ``regex.error``, ``RecursionError`` and ``OverflowError``."""
        return regex.compile(self.pattern, regex.VERSION0 | (regex.IGNORECASE if self.ignore_case else 0))

    def code(self) -> list[Any] | None:
        """The compiled form as JSON has it, for this version of ``regex`` on this kind of machine; None without one."""
        _, parts = _pickled(self.compiled())
        if len(parts) <= _NAMES.stop or parts[_NAMES] != _NO_NAMES or not isinstance(parts[_CODE], bytes):
            return None
        return [parts[1], base64.b64encode(parts[_CODE]).decode(), *parts[_NAMES.stop :]]

    def take(self, code: list[Any] | None) -> None:
        """Takes over what :meth:`code` gave for the same pattern. It is trusted: it runs."""
        self._code = code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r}, {self.ignore_case})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[str, bool]]:
        return type(self), self._key

    @property
    def _key(self) -> tuple[str, bool]:
        return self.pattern, self.ignore_case


def _pickled(compiled: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]:
    """What makes such a pattern, and of what."""
    reduce: Any = copyreg.dispatch_table[regex.Pattern]
    make, parts = reduce(compiled)
    return make, parts


def _built(pattern: str, code: list[Any]) -> regex.Pattern[str]:
    flags, packed, *rest = code
    make, _ = _pickled(regex.compile("a"))
    return make(
        pattern,
        flags,
        base64.b64decode(packed),
        *_NO_NAMES,
        *(tuple(part) if isinstance(part, list) else part for part in rest),
    )
