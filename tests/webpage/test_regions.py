from __future__ import annotations

import numpy as np

from cleaner.webpage.lines import Line, lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.regions import Regions

BODY = (
    '<div><a href="/">one two</a><p>three</p></div>'
    "<div><p>Four five six seven eight nine ten eleven twelve thirteen.</p></div>"
)
#: Numbers of the elements: html, body, div, a, p, div, p.
PAGE, BODY_, FIRST, SECOND, PROSE = 1, 2, 3, 6, 7
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


def test_shares_are_of_the_page_and_of_the_element() -> None:
    assert _regions([0, 1, 1]).shares()[FIRST] == (3 / 13, 2 / 3, 0, 1 / 3)
    assert _regions(None).shares()[FIRST] == (3 / 13, 2 / 3, 0)


def test_the_body_is_the_innermost_of_the_smallest_elements_that_hold_enough() -> None:
    assert _regions([0, 1, 1]).bodies() == {
        "html_in_prose_body": PROSE,
        "html_in_half_kept": PROSE,
        "html_in_most_kept": PROSE,
        "html_in_all_kept": BODY_,
    }


def test_without_kept_text_or_a_verdict_only_the_prose_has_a_body() -> None:
    assert _regions([0, 0, 0]).bodies() == _regions(None).bodies() == {"html_in_prose_body": PROSE}
