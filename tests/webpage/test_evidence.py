from __future__ import annotations

import pytest

from cleaner.webpage.evidence import KEPT, evidence
from cleaner.webpage.lines import lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.verdict import Verdict, words_of
from tests.support import PROSE

BODY = (
    '<nav class="menu"><ul><li><a href="/">Home page</a></li><li><a href="/x">About us</a></li></ul></nav>'
    f"<main><article><h1>On herons</h1><div><p>{PROSE[0]}</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p></div></article></main>"
    '<footer id="legal"><p>Copyright by nobody at all.</p></footer>'
)
LINES = lines_of(tree_of(f"<html><body>{BODY}</body></html>", "a.html"))
WORDS = [words_of(line.text) for line in LINES]
ALL = Verdict([False, False, True, True, True, True, False], [False] * 7)


def test_what_stands_in_the_line_and_around_it() -> None:
    home, _, title, first, *_, legal = evidence(LINES, WORDS, ALL)
    assert home["html_link_density"] == 1
    assert home["html_in_nav"] == home["html_in_item"] == 1
    assert home["html_class_nav"] == 0.5  # of an element further out
    assert title["html_in_title"] == title["html_in_article"] == 1
    assert first["html_in_paragraph"] == 1
    assert first["html_in_nav"] == 0
    assert legal["html_in_footer"] == 1
    assert [own[KEPT] for own in evidence(LINES, WORDS, ALL)] == [float(own) for own in ALL.kept]


def test_the_tree_tells_what_company_a_line_is_in() -> None:
    home, about, title, first, _, _, legal = evidence(LINES, WORDS, ALL)
    assert home["html_around1_link"] == 1
    assert home["html_around1_kept"] == 0
    assert first["html_around1_prose"] == first["html_around1_kept"] == 1
    assert first["html_in_most_kept"] == first["html_in_prose_body"] == 1
    assert home["html_in_most_kept"] == legal["html_in_most_kept"] == 0
    assert title["html_in_all_kept"] == 1
    assert about["html_alike_kept"] == 0
    assert first["html_alike_kept"] == 1


def test_without_a_verdict_nothing_is_said_of_what_is_kept() -> None:
    for own in evidence(LINES, WORDS, None):
        assert "html_link_density" in own
        assert not any("kept" in name for name in own)


def test_comments_and_the_title_are_told() -> None:
    told = evidence(LINES, WORDS, Verdict(ALL.kept, [number == 6 for number in range(7)]), "On herons | The Heron Post")
    assert [own["html_comment_by_trafilatura"] for own in told] == [number == 6 for number in range(7)]
    assert [own.get("html_like_title", 0) for own in told][:3] == [0, 0, 2 / 5]


@pytest.mark.parametrize("verdict", [None, ALL, Verdict([True] * 7, [True] * 7), Verdict([False] * 7, [False] * 7)])
def test_all_numbers_are_shares(verdict: Verdict | None) -> None:
    for own in evidence(LINES, WORDS, verdict, "On herons"):
        assert all(0 <= value <= 1 for value in own.values())
