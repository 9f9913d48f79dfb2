"""Which rules may hit which views: Hyperscan over a batch at once, or every rule on every view.

A candidate is confirmed by ``regex``, so a prefilter may name too many pairs but never too few
(tests/property/test_prefilter.py holds it to that). The sets are the same on a machine without Hyperscan.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Protocol

import numpy as np

from cleaner.detectors.relax import plain_case, relax
from cleaner.ruleset import Rule

try:
    import hyperscan
except ImportError:  # no wheel for this machine
    hyperscan = None  # type: ignore[assignment]

HAS_HYPERSCAN = hyperscan is not None

#: Least number of words of the views in each tier.
_TIERS = (1, 41)
_LINE_FEED = 10

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


class Cache(Protocol):
    """A store of compiled databases. It may forget."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key, or None."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Stores the data."""
        ...


class Hyperscan:
    """Compiled databases, one pass of each over its share of a batch.

    Views are sorted into tiers by their number of words, each with a database of the rules for views that long:
    most rules look at short lines only, and most text stands in long paragraphs. Compiling takes seconds, unless
    ``cache`` has the databases.
    """

    def __init__(self, rules: Sequence[Rule], cache: Cache | None = None) -> None:
        literals = [relax(rule.source) for rule in rules]
        self.tiers = [
            _Tier({number: literals[number] for number, rule in enumerate(rules) if _may_hit(rule, tier)}, cache)
            for tier in range(len(_TIERS))
        ]

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs of a view and a rule one of whose literals it holds, and all pairs of rules without literals."""
        members: list[list[int]] = [[] for _ in _TIERS]
        for number, view in enumerate(views):
            if view:
                members[bisect_right(_TIERS, view.count(" ") + 1) - 1].append(number)
        for tier, own in zip(self.tiers, members, strict=True):
            if own:
                for place, rule in tier.candidates([views[number] for number in own]):
                    yield own[place], rule


def _may_hit(rule: Rule, tier: int) -> bool:
    """True if the rule looks at views with as many words as those of the tier."""
    most = _TIERS[tier + 1] - 1 if tier + 1 < len(_TIERS) else rule.max_words
    return rule.max_words >= _TIERS[tier] and rule.min_words <= most


class _Tier:
    """The rules for views of similar length. Each rule has one pattern or more, which all must match."""

    def __init__(self, patterns: Mapping[int, list[str] | None], cache: Cache | None) -> None:
        self.unfiltered = [number for number, own in patterns.items() if own is None]
        pairs = [(number, pattern) for number, own in patterns.items() for pattern in own or ()]
        self.rule_of = np.array([number for number, _ in pairs], np.int64)
        self.needed = np.bincount(self.rule_of)
        self.database = _database([pattern for _, pattern in pairs], cache) if pairs else None

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        yield from product(range(len(views)), self.unfiltered)
        if self.database is None:
            return
        data = plain_case(views)
        ends, patterns = array("q"), array("q")

        def on_match(pattern: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            ends.append(end)
            patterns.append(pattern)

        self.database.scan(data, match_event_handler=on_match)
        # a match that ends at ``end`` lies in the view whose bytes, line feed excluded, reach that far
        line_feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED)
        places = np.searchsorted(line_feeds, np.asarray(ends))
        matched = np.unique(places * len(self.rule_of) + np.asarray(patterns))
        pairs = matched // len(self.rule_of) * len(self.needed) + self.rule_of[matched % len(self.rule_of)]
        found, counts = np.unique(pairs, return_counts=True)
        full = found[counts == self.needed[found % len(self.needed)]]
        yield from zip((full // len(self.needed)).tolist(), (full % len(self.needed)).tolist(), strict=True)


def _database(patterns: Sequence[str], cache: Cache | None) -> Any:
    """The database of the patterns, from the cache if it has it."""
    if cache is None:
        return _compile(patterns)
    key = hashlib.sha256(repr(patterns).encode()).hexdigest() + ".hs"
    if data := cache.get(key):
        try:
            database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
        except hyperscan.error:  # made by another version, or for another processor
            pass
        else:
            return database
    database = _compile(patterns)
    cache.put(key, hyperscan.dumpb(database))
    return database


def _compile(patterns: Sequence[str]) -> Any:
    """The database of the patterns, by their places."""
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_MULTILINE
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern.encode() for pattern in patterns],
        ids=list(range(len(patterns))),
        elements=len(patterns),
        flags=[flags] * len(patterns),
    )
    return database
