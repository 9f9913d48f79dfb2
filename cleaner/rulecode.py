"""Rules made ready to search: their patterns' code and Hyperscan's databases, from the cache where it has them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import regex

from cleaner.detectors.prefilter import HAS_HYPERSCAN, Cache, Everything, Hyperscan, NotCompiledError, Prefilter
from cleaner.rulecache import RuleCache
from cleaner.rulepattern import Pattern
from cleaner.ruleset import Rule

#: Bytes of input from which compiling the rules for Hyperscan, which takes seconds, is repaid.
_WORTH_COMPILING = 1 << 19


def ready(rules: Sequence[Rule], size: int) -> Prefilter:
    """The rules' prefilter for ``size`` bytes of input. With or without Hyperscan and cache the results are the same.

    Rules that small runs ask for again, as hooks do, are compiled at the second time, and ready from the third on.
    """
    if not HAS_HYPERSCAN or not rules:
        return Everything(rules)
    cache = RuleCache()
    try:
        return _compiled(rules, cache, size >= _WORTH_COMPILING)
    except NotCompiledError as missing:
        if size and cache.asked_before(str(missing)):
            return _compiled(rules, cache, True)
        return Everything(rules)


def _compiled(rules: Sequence[Rule], cache: Cache, compiles: bool) -> Prefilter:
    prefilter = Hyperscan(rules, cache, compiles=compiles)
    _recall([own for rule in rules for own in (rule.pattern, rule.unless, rule.stop) if own], cache)
    return prefilter


def _recall(patterns: Sequence[Pattern], cache: Cache) -> None:
    """Gives the patterns their code."""
    named = repr((regex.__version__, [(pattern.pattern, pattern.ignore_case) for pattern in patterns]))
    key = hashlib.sha256(named.encode()).hexdigest() + ".code"
    if data := cache.get(key):
        codes = json.loads(data)
    else:
        codes = [pattern.code() for pattern in patterns]
        cache.put(key, json.dumps(codes).encode())
    for pattern, code in zip(patterns, codes, strict=True):
        pattern.take(code)
