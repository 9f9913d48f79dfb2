"""Which rules may hit which views: Hyperscan over a batch at once, or every rule on every view.

A candidate is confirmed by ``regex``, so a prefilter may name too many pairs but never too few
(tests/property/test_prefilter.py holds it to that). The sets are the same on a machine without Hyperscan.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import Any, Protocol

from cleaner.detectors.relax import plain_case, relax
from cleaner.ruleset import Rule

try:
    import hyperscan
except ImportError:  # no wheel for this machine
    hyperscan = None  # type: ignore[assignment]

HAS_HYPERSCAN = hyperscan is not None

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
        if dump is None:
            relaxed = {number: relax(rule.source) for number, rule in enumerate(rules)}
            self._database = _compile({n: pattern for n, pattern in relaxed.items() if pattern is not None})
            self.unfiltered = [n for n, pattern in relaxed.items() if pattern is None]
        else:
            numbers, _, data = dump.partition(b"\n")
            self.unfiltered = [int(number) for number in numbers.split()]
            self._database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK) if data else None
        if self._database:
            self._scratch = hyperscan.Scratch(self._database)
            self._database.scratch = self._scratch

    def dump(self) -> bytes:
        """The compiled database and the numbers of the rules that are not in it, for the same rules and machine."""
        data: bytes = hyperscan.dumpb(self._database) if self._database else b""
        return " ".join(map(str, self.unfiltered)).encode() + b"\n" + data

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs whose relaxed pattern matches, and all pairs of patterns that could not be relaxed."""
        data = plain_case("\n".join(views)).encode()
        ends = list(accumulate(len(row) + 1 for row in data.split(b"\n")))
        found: set[tuple[int, int]] = set()

        def on_match(rule: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            found.add((end, rule))

        if self._database and data:
            self._database.scan(data, match_event_handler=on_match)
        # a match that ends at ``end`` lies in the view whose bytes, line feed excluded, reach that far
        pairs = {(bisect_left(ends, end), rule) for end, rule in found}
        pairs.update(product((n for n, view in enumerate(views) if view), self.unfiltered))
        return iter(pairs)


def _compile(patterns: dict[int, str]) -> Any:
    """The database of the patterns; ``None`` if there are none."""
    if not patterns:
        return None
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern.encode() for pattern in patterns.values()],
        ids=list(patterns),
        elements=len(patterns),
        flags=[flags] * len(patterns),
    )
    return database
