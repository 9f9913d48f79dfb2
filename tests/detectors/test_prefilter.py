from __future__ import annotations

import pytest

from cleaner.detectors.prefilter import Everything, Hyperscan
from cleaner.ruleset import Rule
from tests.support import rule, ruleset

pytest.importorskip("hyperscan")

UNREADABLE = rule(pattern=r"'(foo)\1'")


def test_everything_leaves_out_views_without_text() -> None:
    assert list(Everything([rule(), rule()]).candidates(["", "a"])) == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("rules", "views", "expected"),
    [
        ([], ["foo"], []),
        ([rule()], [], []),
        ([rule()], [""], []),
        ([rule()], ["foo"], [(0, 0)]),
        ([rule()], ["", "", "a foo", "", "FOO"], [(2, 0), (4, 0)]),
        ([rule()], ["fo", "o"], []),
        ([rule(pattern="'^foo$'")], ["foo", "a foo", "foo a"], [(0, 0)]),
        ([UNREADABLE], ["x", "", "y"], [(0, 0), (2, 0)]),
        ([UNREADABLE, rule()], ["foo"], [(0, 0), (0, 1)]),
        ([rule()], ["漢字 😀", "foo 漢字", "\ud800 foo"], [(1, 0), (2, 0)]),
        ([rule(pattern="'harbour.{0,9}lantern'")], ["harbour lantern", "lantern harbour", "harbour"], [(0, 0)]),
        ([rule(pattern="'harbour(?: .*lantern|s.*heron)'")], ["harbour heron", "harbours, heron"], [(1, 0)]),
        ([rule(pattern="'lantern+ harbour'")], ["lanternnn harbour", "lantern heron"], [(0, 0)]),
    ],
)
def test_candidates(rules: list[Rule], views: list[str], expected: list[tuple[int, int]]) -> None:
    assert sorted(Hyperscan(rules).candidates(views)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "foo^bar|baz",
        "x(?:a$b|foo)",
        "(?:^a|foo)+c?",
        "a{0}foo",
        r"\pL*foo",
        r"\ud800|foo",
        "(?:)foo",
        r"[\d-x]foo",
        "^?foo",
        "(?:foo|^x)",
    ],
)
def test_no_pattern_breaks_the_others(source: str) -> None:
    own = [rule(pattern=f"'{source}'"), *ruleset()]
    views = ["xfoo c", "1foo", "advertisement"]
    want = {(v, r) for v, view in enumerate(views) for r, each in enumerate(own) if each.pattern.search(view)}
    assert want
    assert want <= set(Hyperscan(own).candidates(views))
