"""Which rules may hit which views: Hyperscan over a batch at once, or every rule on every view.

A candidate is confirmed by ``regex``, so a prefilter may name too many pairs but never too few
(tests/property/test_prefilter.py holds it to that). The sets are the same on a machine without Hyperscan.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from cleaner.detectors.literals import plain_case
from cleaner.detectors.relax import relax
from cleaner.ruleset import Rule
from cleaner.tokens import I64

try:
    import hyperscan
except ImportError:  # no wheel for this machine
    hyperscan = None  # type: ignore[assignment]

HAS_HYPERSCAN = hyperscan is not None

#: Least number of words of the views in each tier.
_TIERS = (1, 13, 31, 61)
_LINE_FEED = 10

#: A pair of view number and rule number.
Candidate = tuple[int, int]


class Prefilter(Protocol):
    """Names the pairs of view and rule worth a look."""

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs by view, then rule, none twice; all that ``regex`` would confirm are among them.

        Of a pair the view has as many words as the rule asks for.
        """
        ...


class Everything:
    """Every rule on every view: no set-up, and slow on more than a few hundred kilobytes."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """All pairs of a view and a rule for views that long, whose only white space is single spaces."""
        for number, view in enumerate(views):
            words = view.count(" ") + 1 if view else 0
            for place, rule in enumerate(self.rules if words else ()):
                if rule.min_words <= words <= rule.max_words:
                    yield number, place


class NotCompiledError(LookupError):
    """The cache lacks an entry, whose key this names, and compiling was not wanted."""


class Cache(Protocol):
    """A store of what was made of rules, by other versions of this code under other keys. It may forget."""

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
    ``cache`` has the databases; where it has not and ``compiles`` is false, ``NotCompiledError`` is raised.
    """

    def __init__(self, rules: Sequence[Rule], cache: Cache | None = None, *, compiles: bool = True) -> None:
        patterns = _relaxed([rule.source for rule in rules], cache, compiles)
        self.least = np.array([rule.min_words for rule in rules], np.int64)
        self.most = np.array([rule.max_words for rule in rules], np.int64)
        self.tiers = [
            _Tier(
                {number: patterns[number] for number, rule in enumerate(rules) if _may_hit(rule, tier)}, cache, compiles
            )
            for tier in range(len(_TIERS))
        ]

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs of a view and a rule whose relaxed pattern matches there, and all pairs of rules that have none."""
        words = np.array([view.count(" ") + 1 if view else 0 for view in views], np.int64)
        tiers = np.searchsorted(_TIERS, words, "right") - 1
        pairs = [np.empty(0, np.int64)]
        for number, tier in enumerate(self.tiers):
            own = np.flatnonzero(tiers == number)
            if len(own):
                places, rules = tier.candidates([views[view] for view in own.tolist()])
                found = own[places]
                fits = (self.least[rules] <= words[found]) & (words[found] <= self.most[rules])
                pairs.append(found[fits] * len(self.least) + rules[fits])
        ordered = _distinct(np.concatenate(pairs))
        yield from zip((ordered // len(self.least)).tolist(), (ordered % len(self.least)).tolist(), strict=True)


def _may_hit(rule: Rule, tier: int) -> bool:
    """True if the rule looks at views with as many words as those of the tier."""
    most = _TIERS[tier + 1] - 1 if tier + 1 < len(_TIERS) else rule.max_words
    return rule.max_words >= _TIERS[tier] and rule.min_words <= most


class _Tier:
    """The rules for views of similar length, with their relaxed patterns."""

    def __init__(self, patterns: Mapping[int, str | None], cache: Cache | None, compiles: bool) -> None:
        self.unfiltered = np.array([number for number, own in patterns.items() if own is None], np.int64)
        self.rule_of = np.array([number for number, own in patterns.items() if own is not None], np.int64)
        own = [pattern for pattern in patterns.values() if pattern is not None]
        self.database = _database(own, cache, compiles) if own else None

    def candidates(self, views: Sequence[str]) -> tuple[I64, I64]:
        """The pairs as two arrays: places of views, and numbers of rules."""
        everywhere = np.repeat(np.arange(len(views)), len(self.unfiltered)), np.tile(self.unfiltered, len(views))
        if self.database is None:
            return everywhere
        data = plain_case(views)
        ends, patterns = array("q"), array("q")
        add_end, add_pattern = ends.append, patterns.append

        def on_match(pattern: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            add_end(end)
            add_pattern(pattern)

        self.database.scan(data, match_event_handler=on_match)
        # a match that ends at ``end`` lies in the view whose bytes, line feed excluded, reach that far
        line_feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED)
        places, rules = np.searchsorted(line_feeds, np.asarray(ends)), self.rule_of[np.asarray(patterns)]
        return np.concatenate((everywhere[0], places)), np.concatenate((everywhere[1], rules))


def _distinct(values: I64) -> I64:
    """Each value once, ascending. ``np.unique`` would import masked arrays for it."""
    values = np.sort(values)
    return values[np.flatnonzero(np.diff(values, prepend=-1))]  # they are places, from 0 on


def _relaxed(sources: Sequence[str], cache: Cache | None, compiles: bool) -> list[str | None]:
    """What :func:`relax` makes of each pattern, from the cache if it has it."""
    if cache is None:
        return [relax(source) for source in sources]
    key = _key(sources, ".json")
    if data := cache.get(key):
        stored: list[str | None] = json.loads(data)
        return stored
    if not compiles:
        raise NotCompiledError(key)
    patterns = [relax(source) for source in sources]
    cache.put(key, json.dumps(patterns).encode())
    return patterns


def _database(patterns: Sequence[str], cache: Cache | None, compiles: bool) -> Any:
    """The database of the patterns, from the cache if it has it."""
    if cache is None:
        return _compile(patterns)
    key = _key(patterns, ".hs")
    if data := cache.get(key):
        try:
            database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
        except hyperscan.error:  # made by another version, or for another processor
            pass
        else:
            return database
    if not compiles:
        raise NotCompiledError(key)
    database = _compile(patterns)
    cache.put(key, hyperscan.dumpb(database))
    return database


def _key(patterns: Sequence[str], suffix: str) -> str:
    return hashlib.sha256(repr(patterns).encode()).hexdigest() + suffix


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
