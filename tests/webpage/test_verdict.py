from __future__ import annotations

import pytest
from trafilatura import bare_extraction

from cleaner.webpage.lines import lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.verdict import by_trafilatura, held, words_of

_PROSE = "The heron stood in the ford at noon, and nobody who crossed the river that day had seen it come. " * 4
_BODY = f"<h1>The heron</h1><div class=menu><a href=/>Home</a></div><article><p>{_PROSE}</p></article>"


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        (["a b c"], "a b c", [True]),
        (["A, b!"], "a b", [True]),
        (["a b"], "b a", [False]),
        ([], "a", []),
        (["", "a"], "a", [False, True]),
        (["a"], "", [False]),
        # the text joins lines, or cuts them
        (["one two", "three"], "one two three", [True, True]),
        (["one two three"], "one two\nthree", [True]),
        # a short line that stands twice is the one in the right place
        (["share", "the heron stood in the ford", "share"], "the heron stood in the ford share", [False, True, True]),
        (["home", "the heron stood in the ford", "home"], "the heron stood in the ford", [False, True, False]),
        # a long line may have moved, or have lost a word
        (["it left the village by the old road", "the heron stood in the ford at noon"],
         "the heron stood in the ford at noon it left the village by the old road", [True, True]),
        (["the heron stood in the deep ford all of the long morning and slept"],
         "the heron stood in the deep ford all of the long morning", [True]),
        (["the heron stood in the ford at noon and in the evening"], "a crane flew over the lake", [False]),
    ],
)  # fmt: skip
def test_which_lines_a_text_holds(lines: list[str], text: str, expected: list[bool]) -> None:
    assert held([words_of(line) for line in lines], text) == expected


def test_short_lines_follow_the_longest_chain() -> None:
    lines = ["b", "a", "b", "c", "a"]
    assert held([words_of(line) for line in lines], "a b c") == [False, True, True, True, False]


def test_a_line_is_counted_once() -> None:
    assert held([["a"], ["a"], ["a"]], "a a").count(True) == 2


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>A</title><style>p {{}}</style><script>var a</script></head><body>{_BODY}</body></html>",
        _BODY.replace("noon,", "noon<script>var a</script>,<style>p {}</style> at<svg><text>a</text></svg> last"),
        # a page without text of its own in elements that count: its linked data has it
        f'<head><script type="application/ld+json">{{"articleBody": "{_PROSE}"}}</script></head><body><b>{_PROSE}</b>',
        f'<body><div>A</div><script type="application/ld+json">{{"articleBody": "{_PROSE}"}}</script><b>{_PROSE}</b>',
        # what says that posts are the page's text
        '<head><script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script></head>'
        f'<body><div id="comments"><p>{_PROSE}</p><p>{_PROSE[::-1]}</p></div>',
    ],
)
def test_what_trafilatura_does_not_get_makes_no_difference(page: str) -> None:
    lines = [words_of(line.text) for line in lines_of(tree_of(page, "page"))]
    whole = bare_extraction(tree_of(page, "page"), fast=True)
    verdict = by_trafilatura(tree_of(page, "page"), lines)
    assert verdict is not None
    assert any(verdict.kept)
    assert verdict.kept == held(lines, str(getattr(whole, "text", "")))
    assert verdict.comments == held(lines, str(getattr(whole, "comments", "") or ""))
