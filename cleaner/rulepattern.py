"""Patterns of rules, compiled when they are first searched.

A run over ten small files needs a tenth of the rules' patterns; compiling all of them takes ten times as long as the
rest of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import regex


class Pattern:
    """A regular expression of the ``regex`` package: ``search`` and ``finditer`` are the compiled pattern's own."""

    __slots__ = ("finditer", "ignore_case", "pattern", "search")

    pattern: str
    ignore_case: bool
    search: Callable[..., regex.Match[str] | None]
    finditer: Callable[..., Iterator[regex.Match[str]]]

    def __init__(self, pattern: str, ignore_case: bool = True) -> None:
        self.pattern = pattern
        self.ignore_case = ignore_case

    def __getattr__(self, name: str) -> Any:
        """Compiles on the first search, after which the two methods are found without coming here."""
        if name not in ("search", "finditer"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        compiled = self.compiled()
        self.search, self.finditer = compiled.search, compiled.finditer
        return getattr(compiled, name)

    def compiled(self) -> regex.Pattern[str]:
        """The compiled pattern. Raises ``regex.error``, ``RecursionError`` and ``OverflowError``."""
        return regex.compile(self.pattern, regex.VERSION0 | (regex.IGNORECASE if self.ignore_case else 0))

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
