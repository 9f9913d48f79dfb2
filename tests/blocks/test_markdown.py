from __future__ import annotations

import pytest

from cleaner.blocks import markdown, split
from tests.blocks.cases import cases, shown
from tests.support import PROSE


@pytest.mark.parametrize(("title", "text", "blocks"), cases("markdown.txt"))
def test_golden(title: str, text: str, blocks: str) -> None:
    assert shown(text, "markdown") == blocks, title


def _kinds(text: str) -> list[str]:
    return [f"{block.kind}{block.level or ''}" for block in split(text, "markdown")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    text = end.join(["# A", "", "- one", "- two", "", "```", "x", "```", ""])
    assert _kinds(text) == ["heading1", "list_item", "list_item", "code"]
    assert [block.line for block in split(text, "markdown")] == [1, 3, 4, 6]


@pytest.mark.parametrize("blank", ["\xa0", "\x0c", "\u2028", "\u3000 "])
def test_a_row_of_odd_white_space_is_no_block(blank: str) -> None:
    rows = [row for prose in PROSE for row in (prose[:60], prose[60:])]
    text = "\n".join([*rows[:4], blank, *rows[4:]])
    blocks = split(text, "markdown")
    assert all(text[block.start : block.stop].strip() for block in blocks)
    assert len(blocks) >= 2


@pytest.mark.parametrize("text", ["\ufeff# A\n", "\ufeff---\na: b\n---\n\n# A\n"])
def test_a_byte_order_mark_hides_nothing(text: str) -> None:
    assert _kinds(text)[-1] == "heading1"
    assert _kinds("\ufeff```\nx\n```\n\ny z.\n") == ["code", "paragraph"]


@pytest.mark.parametrize(
    "text", ["\x00", "[a]: b", "```", "- ", "1.", ">" * 50, "* " * 40, "<!--", "\ud800# a", "|a|\n|-|", "a\n\x0c\n=\n"]
)
def test_every_character_is_in_some_block(text: str) -> None:
    assert "".join(text[block.start : block.end] for block in split(text, "markdown")) == text


def test_a_long_list_is_read_once() -> None:
    """Looking for a nested list must not go on to the end of the document for every item."""
    tokens = markdown._parser().parse("- a\n" * 50)
    items = [n for n, token in enumerate(tokens) if token.type == "list_item_open"]

    class Counted(list):  # type: ignore[type-arg]
        looks = 0

        def __getitem__(self, at: object) -> object:
            Counted.looks += 1
            return super().__getitem__(at)  # type: ignore[index]

    counted = Counted(tokens)
    assert [markdown._own_end(counted, n, row, row + 1) for row, n in enumerate(items)] == list(range(1, 51))
    assert Counted.looks < 20 * len(items)
