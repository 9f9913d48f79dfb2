"""Which rules may hit which views: Hyperscan over a batch at once, or every rule on every view.

A candidate is confirmed by ``regex``, so a prefilter may name too many pairs but never too few
(tests/property/test_prefilter.py holds it to that). The sets are the same on a machine without Hyperscan.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import Any, Protocol

from cleaner.detectors.relax import relax
from cleaner.ruleset import Rule

try:
    import hyperscan
except ImportError:  # no wheel for this machine
    hyperscan = None  # type: ignore[assignment]

#: A pair of view number and rule number.
Candidate = tuple[int, int]


class Prefilter(Protocol):
    """Names the pairs of view and rule worth a look."""

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs in any order, none twice; all that ``regex`` would confirm are among them."""
        ...


class Everything:
    """Every rule on every view: no set-up, and slow on more than a few hundred kilobytes."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """All pairs of a view that holds text and a rule."""
        return product((number for number, view in enumerate(views) if view), range(len(self.rules)))


class Hyperscan:
    """One pass of a compiled database over the batch. Compiling takes seconds, so workers share ``dump``."""

    def __init__(self, rules: Sequence[Rule], dump: bytes | None = None) -> None:
        relaxed = [relax(rule.source) for rule in rules]
        self.unfiltered = [number for number, pattern in enumerate(relaxed) if pattern is None]
        patterns = {number: pattern for number, pattern in enumerate(relaxed) if pattern is not None}
        self._database = _compile(patterns) if dump is None else hyperscan.loadb(dump, hyperscan.HS_MODE_BLOCK)
        self._scratch = hyperscan.Scratch(self._database)
        self._database.scratch = self._scratch

    def dump(self) -> bytes:
        """The compiled database, for the same rules on the same machine."""
        data: bytes = hyperscan.dumpb(self._database)
        return data

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs whose relaxed pattern matches, and all pairs of patterns that could not be relaxed."""
        rows = [view.encode("utf-8", "replace") for view in views]
        ends = list(accumulate(len(row) + 1 for row in rows))
        found: set[tuple[int, int]] = set()

        def on_match(rule: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            found.add((end, rule))

        self._database.scan(b"\n".join(rows), match_event_handler=on_match)
        # a match that ends at ``end`` lies in the view whose bytes, line feed excluded, reach that far
        pairs = {(bisect_left(ends, end), rule) for end, rule in found}
        pairs.update(product((n for n, row in enumerate(rows) if row), self.unfiltered))
        return iter(pairs)


def _compile(patterns: dict[int, str]) -> Any:
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern.encode() for pattern in patterns.values()],
        ids=list(patterns),
        elements=len(patterns),
        flags=[flags] * len(patterns),
    )
    return database
