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
WORTH_COMPILING = 1 << 19
#: Bytes that small runs with the same rules see until it is, too: every rule tried on so much takes about as long.
_REPAID = 8 * WORTH_COMPILING


def ready(rules: Sequence[Rule], size: int) -> Prefilter:
    """The rules' prefilter for ``size`` bytes of input. With or without Hyperscan and cache the results are the same.

    Small runs, as hooks are, take compiled rules where they are, and else try every rule. They keep the patterns' code,
    and compile when they have seen enough together. With 0 bytes, for who knows how many texts, nothing is kept.
    """
    if not HAS_HYPERSCAN or not rules:
        return Everything(rules)
    cache = RuleCache()
    _recall([own for rule in rules for own in (rule.pattern, rule.unless, rule.stop) if own], cache, keeps=size > 0)
    if size >= WORTH_COMPILING:
        return Hyperscan(rules, cache)
    try:
        return Hyperscan(rules, cache, compiles=False, tiered=size == 0)
    except NotCompiledError as missing:
        if size and cache.seen(str(missing), size) >= _REPAID:
            return Hyperscan(rules, cache)
        return Everything(rules)


def _recall(patterns: Sequence[Pattern], cache: Cache, *, keeps: bool) -> None:
    """Gives the patterns their code, if it is in the cache or is to be kept there."""
    named = repr((regex.__version__, [(pattern.pattern, pattern.ignore_case) for pattern in patterns]))
    key = hashlib.sha256(named.encode()).hexdigest() + ".code"
    if data := cache.get(key):
        codes = json.loads(data)
    elif keeps:
        codes = [pattern.code() for pattern in patterns]
        cache.put(key, json.dumps(codes).encode())
    else:
        return
    for pattern, code in zip(patterns, codes, strict=True):
        pattern.take(code)
