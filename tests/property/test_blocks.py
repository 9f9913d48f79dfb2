from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch import Page, Rest
from cleaner.blocks import layout, split
from cleaner.edits import apply
from cleaner.gaps import block_spans
from cleaner.model import Document, Media
from cleaner.text import fold, lines
from cleaner.views import views
from tests.property.strategies import texts


@pytest.mark.parametrize("media", ["text", "markdown"])
@given(text=texts())
def test_blocks_tile(media: Media, text: str) -> None:
    blocks = split(text, media)
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.end == after.start for block, after in pairwise(blocks))
    for block in blocks:
        assert block.start <= block.stop <= block.end
        assert not text[block.stop : block.end].strip("\ufeff \t\r\n") or text[block.stop : block.end].isspace()


@pytest.mark.parametrize("media", ["text", "markdown"])
@given(text=texts())
def test_only_white_space_lies_between_blocks(media: Media, text: str) -> None:
    for block in split(text, media):
        gap = text[block.stop : block.end]
        assert not gap or gap.lstrip("\ufeff").isspace() or gap == "\ufeff"


@pytest.mark.parametrize("media", ["text", "markdown"])
@given(text=texts())
def test_blocks_hold_text_and_know_their_line(media: Media, text: str) -> None:
    starts = [start for start, _ in lines(text)]
    blocks = split(text, media)
    for block in blocks[1:]:
        assert block.start < block.stop
    for block in blocks:
        assert starts[block.line - 1] <= block.stop
    assert [block.line for block in blocks] == sorted(block.line for block in blocks)


@given(texts())
def test_a_line_end_of_another_kind_makes_no_other_blocks(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kinds = [(block.kind, block.level, block.line) for block in split(text)]
    assert [(block.kind, block.level, block.line) for block in split(text.replace("\n", "\r\n"))] == kinds


@given(texts())
def test_views_hold_no_line_ends_and_folding_keeps_places(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for view in views(folded, split(text)):
        assert not set("\r\n\u2028\x0c") & set(view)
    assert layout(text) in ("lines", "wrapped")


@pytest.mark.parametrize("media", ["text", "markdown"])
@given(text=texts())
def test_white_space_of_a_view_is_single_spaces_within(media: Media, text: str) -> None:
    folded = fold(text)
    for seen in views(folded, split(text, media)):
        assert "  " not in seen
        assert seen == seen.strip(" ")


_LINES = st.one_of(
    st.sampled_from(
        ["A title", "a line of some words", "- item", "> said", "| a | b |", "---", "===", "```", "timeline"]
    ),
    st.sampled_from(
        ["graph TD", "digraph {", "Score \u2192Written by", "\u2028 odd", "\t in", "  x", "", "", "**B** b"]
    ),
    st.sampled_from(
        ["it was a wrapped line of a text, one that was wrapped", "word " * 90 + "## Part " + "word " * 90]
    ),
)


@settings(max_examples=300)
@given(st.lists(_LINES, max_size=14).map("\n".join), st.data())
def test_what_is_left_of_a_page_is_the_page_of_what_is_left(text: str, data: st.DataObject) -> None:
    before = Page(Document("d", text))
    whole = [number for number, block in enumerate(before.blocks) if block.kind not in ("front_matter", "break")]
    gone = data.draw(st.sets(st.sampled_from(whole), min_size=1)) if whole else set()
    cuts = [span for _, span in block_spans(before, sorted(gone))]
    left = Document("d", apply(text, cuts))
    fresh, again = Page(left), Page(left, rest=Rest(before, gone, cuts))
    assert (again.folded, again.blocks, again.views) == (fresh.folded, fresh.blocks, fresh.views)
