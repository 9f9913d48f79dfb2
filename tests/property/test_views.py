from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Block
from cleaner.text import fold
from cleaner.views import locate, views

PIECES = ["*", "**", "_", "`", "~~", "[", "![", "](x)", "](y z)", "<b>", "</b>", "<", "# ", "- ", "1. ", "> "]
PIECES += [" ", "  ", "a", "b.", "x_y", "é", "\u200b", "\ufeff", "\u201c", "→", "1"]


@given(text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_each_character_of_a_view_is_found_in_its_block(text: str) -> None:
    folded, block = fold(text), Block(0, len(text), len(text), "paragraph")
    (view,) = views(folded, [block])
    found = [locate(folded, block, at, at + 1) for at in range(len(view))]
    assert [char in folded[start:end] for char, (start, end) in zip(view, found, strict=True)] == [True] * len(view)
    assert [end for _, end in found] == sorted(end for _, end in found)


@given(text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_single_spaces_stand_between_words_and_none_at_the_ends(text: str) -> None:
    (view,) = views(fold(text), [Block(0, len(text), len(text), "paragraph")])
    assert view == " ".join(view.split())
