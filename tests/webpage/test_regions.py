from __future__ import annotations

import numpy as np

from cleaner.webpage.lines import Line, lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.regions import Regions

BODY = (
    '<div><a href="/">one two</a><p>three</p></div>'
    "<div><p>Four five six seven eight nine ten eleven twelve thirteen.</p></div>"
)
#: Numbers of elements, of which there are: html, body, div, a, p, div, p.
PAGE, FIRST, SECOND = 1, 3, 6
WORDS = np.array([2.0, 1.0, 10.0])


def _lines() -> list[Line]:
    return lines_of(tree_of(f"<html><body>{BODY}</body></html>", "a.html"))


def _regions(kept: list[float] | None) -> Regions:
    return Regions.of(_lines(), WORDS, np.array([1.0, 0.0, 0.0]), None if kept is None else np.array(kept))


def test_elements_hold_what_their_lines_hold() -> None:
    regions = _regions([0, 1, 1])
    assert regions.kept is not None
    for element, sums in {PAGE: (13, 2, 10, 11), FIRST: (3, 2, 0, 1), SECOND: (10, 0, 10, 10)}.items():
        assert tuple(own[element] for own in (regions.words, regions.linked, regions.prose, regions.kept)) == sums


def test_shares_are_of_the_page_and_of_the_element_further_out() -> None:
    share, link, prose, kept = (own.tolist() for own in _regions([0, 1, 1]).shares(1))
    assert share == [1, 3 / 13, 10 / 13]  # of the body, of the first div, of the second
    assert link == [2 / 13, 2 / 3, 0]
    assert prose == [10 / 13, 0, 1]
    assert kept == [11 / 13, 1 / 3, 1]
    assert len(_regions(None).shares(1)) == 3


def test_what_is_further_out_than_the_page_is_the_page() -> None:
    assert {tuple(own.tolist()) for own in _regions([1, 1, 1]).shares(9)} == {(1, 1, 1), (2 / 13,) * 3, (10 / 13,) * 3}


def test_the_body_is_the_innermost_of_the_smallest_elements_that_hold_enough() -> None:
    assert {name: own.tolist() for name, own in _regions([0, 1, 1]).bodies().items()} == {
        "html_in_prose_body": [False, False, True],
        "html_in_half_kept": [False, False, True],
        "html_in_most_kept": [False, False, True],
        "html_in_all_kept": [True, True, True],
    }


def test_without_kept_text_or_a_verdict_only_the_prose_has_a_body() -> None:
    assert list(_regions([0, 0, 0]).bodies()) == list(_regions(None).bodies()) == ["html_in_prose_body"]
