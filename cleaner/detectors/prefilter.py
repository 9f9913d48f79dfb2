"""Which rules may hit which views: Hyperscan over a batch at once, or every rule on every view.

A candidate is confirmed by ``regex``, so a prefilter may name too many pairs but never too few
(tests/property/test_prefilter.py holds it to that). The sets are the same on a machine without Hyperscan.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
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
_TIERS = (1, 13, 26, 46, 61)
_LINE_FEED, _SPACE = 10, 32

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
    """The cache lacks something of the rules whose key this names, and compiling was not wanted."""


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
    most rules look at short lines only, and most text stands in long paragraphs. Unless ``tiered``, all are looked at
    as the first tier's, which has all rules: for a few views the other databases take longer to load than they save.

    Compiling takes seconds, unless ``cache`` has the databases; where it has not and ``compiles`` is false,
    ``NotCompiledError`` is raised.
    """

    def __init__(
        self, rules: Sequence[Rule], cache: Cache | None = None, *, compiles: bool = True, tiered: bool = True
    ) -> None:
        self.least = np.array([rule.min_words for rule in rules], np.int64)
        self.most = np.array([rule.max_words for rule in rules], np.int64)
        made = _Made(rules, cache, compiles)
        self.tiers = [_Tier(made, tier) for tier in range(len(_TIERS) if tiered else 1)]

    def candidates(self, views: Sequence[str]) -> Iterator[Candidate]:
        """Pairs of a view and a rule whose relaxed pattern matches there, and all pairs of rules that have none."""
        lines = plain_case(views)
        words = _words(lines)
        tiers = np.searchsorted(_TIERS[: len(self.tiers)], words, "right") - 1
        pairs = [np.empty(0, np.int64)]
        for number, tier in enumerate(self.tiers):
            own = np.flatnonzero(tiers == number)
            if len(own):
                places, rules = tier.candidates([lines[view] for view in own.tolist()])
                found = own[places]
                fits = (self.least[rules] <= words[found]) & (words[found] <= self.most[rules])
                pairs.append(found[fits] * len(self.least) + rules[fits])
        ordered = _distinct(np.concatenate(pairs))
        yield from zip((ordered // len(self.least)).tolist(), (ordered % len(self.least)).tolist(), strict=True)


def _may_hit(rule: Rule, tier: int) -> bool:
    """True if the rule looks at views with as many words as those of the tier; the first has all rules."""
    most = _TIERS[tier + 1] - 1 if 0 < tier < len(_TIERS) - 1 else rule.max_words
    return rule.max_words >= _TIERS[tier] and rule.min_words <= most


class _Made:
    """What is made of the rules, from the cache if it has it, under a key of all that it depends on."""

    def __init__(self, rules: Sequence[Rule], cache: Cache | None, compiles: bool) -> None:
        self.rules, self._cache, self._compiles = rules, cache, compiles
        named = repr([(rule.source, rule.min_words, rule.max_words) for rule in rules])
        self._key = hashlib.sha256(named.encode()).hexdigest()

    @cached_property
    def unfiltered(self) -> frozenset[int]:
        """The numbers of the rules that have no relaxed pattern. Raises ``NotCompiledError``."""
        key = f"{self._key}.json"
        if data := self._kept(key):
            return frozenset(json.loads(data))
        numbers = [number for number, own in enumerate(self._patterns) if own is None]
        self._keep(key, json.dumps(numbers).encode())
        return frozenset(numbers)

    def database(self, tier: int, rules: Sequence[int]) -> Any:
        """The database of a tier's rules, by their places. Raises ``NotCompiledError``."""
        key = f"{self._key}.{tier}.hs"
        if data := self._kept(key):
            with suppress(hyperscan.error):  # made by another version, or for another processor
                database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
                database.scratch = hyperscan.Scratch(database)
                return database
        database = _compile([own for number in rules if (own := self._patterns[number]) is not None])
        self._keep(key, hyperscan.dumpb(database))
        return database

    @cached_property
    def _patterns(self) -> list[str | None]:
        """What :func:`relax` makes of each rule's pattern, where they are to be compiled."""
        if not self._compiles:
            raise NotCompiledError(self._key)
        return [relax(rule.source) for rule in self.rules]

    def _kept(self, key: str) -> bytes | None:
        return self._cache.get(key) if self._cache else None

    def _keep(self, key: str, data: bytes) -> None:
        if self._cache:
            self._cache.put(key, data)


class _Tier:
    """The rules for views of similar length."""

    def __init__(self, made: _Made, tier: int) -> None:
        rules = [number for number, rule in enumerate(made.rules) if _may_hit(rule, tier)]
        filtered = [number for number in rules if number not in made.unfiltered]
        self.unfiltered = np.array([number for number in rules if number in made.unfiltered], np.int64)
        self.rule_of = np.array(filtered, np.int64)
        self.database = made.database(tier, filtered) if filtered else None

    def candidates(self, lines: Sequence[bytes]) -> tuple[I64, I64]:
        """The pairs as two arrays: places of lines, and numbers of rules."""
        everywhere = np.repeat(np.arange(len(lines)), len(self.unfiltered)), np.tile(self.unfiltered, len(lines))
        if self.database is None:
            return everywhere
        data = b"\n".join(lines)
        ends, patterns = array("q"), array("q")
        add_end, add_pattern = ends.append, patterns.append

        def on_match(pattern: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            add_end(end)
            add_pattern(pattern)

        self.database.scan(data, match_event_handler=on_match)
        # a match that ends at ``end`` lies in the line whose bytes, line feed excluded, reach that far
        line_feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED)
        places, rules = np.searchsorted(line_feeds, np.asarray(ends)), self.rule_of[np.asarray(patterns)]
        return np.concatenate((everywhere[0], places)), np.concatenate((everywhere[1], rules))


def _words(lines: Sequence[bytes]) -> I64:
    """How many words each line has; none holds a line feed, and spaces stand between words alone."""
    data = np.frombuffer(b"\n".join([*lines, b""]), np.uint8)
    ends = np.flatnonzero(data == _LINE_FEED)
    spaces = np.flatnonzero(data == _SPACE).searchsorted(ends)
    return np.where(np.diff(ends, prepend=-1) > 1, np.diff(spaces, prepend=0) + 1, 0)


def _distinct(values: I64) -> I64:
    """Each value once, ascending. ``np.unique`` would import masked arrays for it."""
    values = np.sort(values)
    return values[np.flatnonzero(np.diff(values, prepend=-1))]  # they are places, from 0 on


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
