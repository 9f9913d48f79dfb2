from __future__ import annotations

import numpy as np
import pytest

from cleaner.facts import Row, Table
from cleaner.webpage.evidence import COLUMNS, KEPT, evidence, told
from cleaner.webpage.lines import lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.verdict import Verdict
from cleaner.webpage.words import words_of
from tests.support import PROSE

BODY = (
    '<nav class="menu"><ul><li><a href="/">Home page</a></li><li><a href="/x">About us</a></li></ul></nav>'
    f"<main><article><h1>On herons</h1><div><p>{PROSE[0]}</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p></div></article></main>"
    '<footer id="legal"><p>Copyright by nobody at all.</p></footer>'
)
LINES = lines_of(tree_of(f"<html><body>{BODY}</body></html>", "a.html"))
KEEPS = [False, False, True, True, True, True, False]
NONE = [False] * 7


def _told(kept: list[bool], comments: list[bool], title: str = "") -> list[Row]:
    """The evidence of the lines, with which of them are kept and which are comments."""
    words = words_of([*(line.text for line in LINES), title])
    values = told(LINES, words.before(7), words.of(7), [np.array(kept), np.array(comments)])
    return Table(COLUMNS, lambda: values).rows(7)


def test_what_stands_in_the_line_and_around_it() -> None:
    home, _, title, first, *_, legal = _told(KEEPS, NONE)
    assert home["html_link_density"] == 1
    assert home["html_in_nav"] == home["html_in_item"] == 1
    assert home["html_class_nav"] == 0.5  # of an element further out
    assert title["html_in_title"] == title["html_in_article"] == 1
    assert first["html_in_paragraph"] == 1
    assert first["html_in_nav"] == 0
    assert legal["html_in_footer"] == 1
    assert [own[KEPT] for own in _told(KEEPS, NONE)] == [float(own) for own in KEEPS]


def test_the_tree_tells_what_company_a_line_is_in() -> None:
    home, about, title, first, _, _, legal = _told(KEEPS, NONE)
    assert home["html_around1_link"] == 1
    assert home["html_around1_kept"] == 0
    assert first["html_around1_prose"] == first["html_around1_kept"] == 1
    assert first["html_in_most_kept"] == first["html_in_prose_body"] == 1
    assert home["html_in_most_kept"] == legal["html_in_most_kept"] == 0
    assert title["html_in_all_kept"] == 1
    assert about["html_alike_kept"] == 0
    assert first["html_alike_kept"] == 1


def test_without_a_verdict_nothing_is_said_of_what_is_kept() -> None:
    for own in evidence(LINES, "On herons", None):
        assert "html_link_density" in own
        assert not any("kept" in name for name in own)


def test_comments_and_the_title_are_told() -> None:
    rows = _told(KEEPS, [number == 6 for number in range(7)], "On herons | The Heron Post")
    assert [own["html_comment_by_trafilatura"] for own in rows] == [number == 6 for number in range(7)]
    assert [own.get("html_like_title", 0) for own in rows][:3] == [0, 0, 2 / 5]


@pytest.mark.parametrize("kept", [KEEPS, NONE, [True] * 7])
@pytest.mark.parametrize("comments", [NONE, [True] * 7])
def test_all_numbers_are_shares(kept: list[bool], comments: list[bool]) -> None:
    for own in _told(kept, comments, "On herons"):
        assert all(0 <= value <= 1 for value in own.values())


def test_the_verdict_keeps_the_lines_that_its_texts_hold() -> None:
    own = evidence(LINES, "", Verdict("\n".join(("On herons", *PROSE[:3])), "Copyright by nobody at all."))
    assert [row[KEPT] for row in own] == [float(kept) for kept in KEEPS]
    assert [row["html_comment_by_trafilatura"] for row in own] == [0.0] * 6 + [1.0]
