from __future__ import annotations

from functools import cache

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleaner.detectors.prefilter import Everything, Hyperscan
from cleaner.errors import RuleError
from cleaner.ruleset import Rule
from cleaner.text import fold
from tests.property.strategies import ODD, PHRASES, WORDS, patterns, texts
from tests.support import cleaned_all, page, real_rules, rule, ruleset

pytest.importorskip("hyperscan")

_LETTERS = st.text("aAbkKsSiIıİſ\u212aéÉßẞσςΣ\u0301 foo.-'#1😀\ud800", max_size=8)


@cache
def _real() -> Hyperscan:
    return Hyperscan(real_rules().rules)


@cache
def _untiered() -> Hyperscan:
    return Hyperscan(real_rules().rules, tiered=False)


@cache
def _small() -> Hyperscan:
    return Hyperscan(ruleset().rules)


def _as_view(text: str) -> str:
    return " ".join(fold(text).split())


def _hits(rules: tuple[Rule, ...], views: list[str]) -> set[tuple[int, int]]:
    """What ``regex`` would confirm, in views of the length the rule looks at."""
    return {
        (number, at)
        for number, view in enumerate(views)
        for at, own in enumerate(rules)
        if own.min_words <= view.count(" ") + 1 <= own.max_words and own.pattern.search(view)
    }


def _compiled(source: str) -> Rule:
    try:
        return rule(pattern=f"'''{source}'''")
    except RuleError:
        assume(False)
        raise


@settings(max_examples=150)
@given(patterns(), st.lists(_LETTERS, min_size=1, max_size=12))
def test_no_hit_of_a_generated_pattern_is_lost(source: str, views: list[str]) -> None:
    assume("'''" not in source)
    own = _compiled(source)
    assert _hits((own,), views) <= set(Hyperscan([own]).candidates(views))


@settings(max_examples=3)
@given(
    st.lists(
        st.lists(st.sampled_from([*PHRASES, *WORDS, *ODD, " "]), max_size=6).map("".join).map(_as_view), max_size=8
    )
)
def test_no_hit_of_a_shipped_rule_is_lost(views: list[str]) -> None:
    assert _hits(real_rules().rules, views) <= set(_real().candidates(views))


def test_no_hit_of_a_shipped_rule_on_its_examples_is_lost() -> None:
    """Its examples, also in capitals and with letters that only equal the pattern's when case does not count."""
    views, want = [], set()
    for number, own in enumerate(real_rules()):
        for text in own.remove:
            plain = page(text).views[0] if page(text).views else ""
            for view in (plain, plain.upper(), plain.replace("s", "ſ").replace("k", "\u212a"), plain.replace("i", "İ")):
                if _hits((own,), [view]):
                    want.add((len(views), number))
                views.append(view)
    assert len(want) > len(real_rules())
    assert want <= set(_real().candidates(views))


@settings(max_examples=3)
@given(st.lists(st.lists(st.sampled_from([*PHRASES, *WORDS]), max_size=90).map(" ".join).map(_as_view), max_size=8))
def test_the_tiers_only_save_time(views: list[str]) -> None:
    examples = [_as_view(example) for own in real_rules() for example in own.remove]
    views += [" ".join([example, *(WORDS * 9)[:most]]) for example in examples for most in (0, 20, 80)]
    found = list(_real().candidates(views))
    assert len({rule for _, rule in found}) > 0.9 * len(real_rules())
    assert list(_untiered().candidates(views)) == found


def test_case_beyond_ascii_is_folded_as_regex_folds_it() -> None:
    """Every character that has case, against every other that ``regex`` takes for the same."""
    cased = [
        c
        for c in map(chr, range(0x30, 0x1F000))
        if not 0xD800 <= ord(c) < 0xE000 and (c.lower() != c or c.upper() != c)
    ]
    joined = "".join(cased)
    rules = [
        rule(pattern=f"'x{c}'") for c in [*cased[::9], "i", "I", "s", "S", "k", "K", "İ", "ı", "ſ", "\u212a", "σ", "ß"]
    ]
    views: list[str] = []
    want = set()
    for number, own in enumerate(rules):
        for match in regex.finditer(own.source[1:], joined, regex.IGNORECASE):
            want.add((len(views), number))
            views.append("x" + match[0])
    assert len(want) > len(rules)
    assert want <= set(Hyperscan(rules).candidates(views))


@given(st.lists(texts(), max_size=4))
def test_both_prefilters_lead_to_the_same_cleaned_documents(documents: list[str]) -> None:
    with_hyperscan = cleaned_all(documents, prefilter=_small())
    assert with_hyperscan == cleaned_all(documents, prefilter=Everything(ruleset().rules))


@settings(max_examples=6)
@given(st.lists(texts(), max_size=2))
def test_both_prefilters_agree_on_the_shipped_rules(documents: list[str]) -> None:
    rules = real_rules()
    with_hyperscan = cleaned_all(documents, "markdown", rules, _real())
    assert with_hyperscan == cleaned_all(documents, "markdown", rules, Everything(rules.rules))
