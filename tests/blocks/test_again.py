from __future__ import annotations

import pytest

from cleaner.batch import Page
from cleaner.blocks import split
from cleaner.blocks.again import remaining
from cleaner.edits import apply
from cleaner.gaps import block_spans
from cleaner.model import Document

WRAPPED = "\n".join(
    ["a line that was wrapped where it was full of", "words, as mail and old pages of text have it"] * 4
)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("One.\nTwo.\nThree.", {1}),
        ("One.\n\nTwo.\n\nThree.\n", {0, 2}),
        ("Title\n=====\n\nOne.\n\n> said\n> again\n\nTwo.", {1}),
        ("---\na: b\n---\n\nOne.\n\nTwo.\n\nThree.", {2}),
        ("```\ncode\n\nmore\n```\n\nOne.\n\n| a | b |\n| c | d |", {1}),
        ("One.\n\nScore \u2192Written by\n\nTwo.", {0}),
    ],
)
def test_blocks_that_stay_are_not_looked_for(text: str, gone: set[int]) -> None:
    page = Page(Document("d", text))
    cuts = [span for _, span in block_spans(page, sorted(gone))]
    left = apply(text, cuts)
    assert remaining(text, page.blocks, gone, cuts, left) == split(left)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("> said\nOne.\n> again", {1}),  # two quotes become one
        ("One.\n\nScore \u2192Written by", {1}),  # a part of a line
        ("One.\r\nTwo.\r\nThree.", {1}),
        ("\ufeffOne.\nTwo.", {1}),
        ("timeline\nOne.\n  Two.", {1}),  # a diagram after all
        ("One.\n\n+++\nTwo.\n+++\n", {0}),  # front matter
        (f"{WRAPPED}\n\nOne.\n\nTwo.", {1}),
        ("One.", {0}),
    ],
)
def test_blocks_that_may_change_are_looked_for(text: str, gone: set[int]) -> None:
    page = Page(Document("d", text))
    cuts = [span for _, span in block_spans(page, sorted(gone))]
    assert remaining(text, page.blocks, gone, cuts, apply(text, cuts)) is None
