from __future__ import annotations

import pytest

from cleaner.blocks import layout, split
from tests.blocks.cases import cases, shown
from tests.support import PROSE


@pytest.mark.parametrize(("title", "text", "blocks"), cases("plain.txt"))
def test_golden(title: str, text: str, blocks: str) -> None:
    assert shown(text, "text") == blocks, title


def _kinds(text: str) -> list[str]:
    return [f"{block.kind}{block.level or ''}" for block in split(text)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("# A", "heading1"),
        ("###### A", "heading6"),
        ("####### A.", "paragraph"),
        ("#hashtag is here.", "paragraph"),
        ("- a.", "list_item"),
        ("• a.", "list_item"),
        ("12) a.", "list_item"),
        ("1999. a.", "paragraph"),
        ("-5 degrees.", "paragraph"),
        ("> a", "quote"),
        ("| a | b |", "table"),
        ("|x| is small.", "paragraph"),
        ("* * *", "break"),
        ("-----", "break"),
        ("A Title Line", "heading"),
        ("A sentence that ends.", "paragraph"),
        ("\ufeff# A", "heading1"),
        ("```", "code"),
    ],
)
def test_kind_of_a_row(row: str, kind: str) -> None:
    assert _kinds(row) == [kind]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    text = end.join(["# A", "", "One.", "- two", "```", "x", "```", "Three."])
    assert _kinds(text) == ["heading1", "paragraph", "list_item", "code", "paragraph"]
    assert [block.line for block in split(text)] == [1, 3, 4, 5, 8]


def test_a_byte_order_mark_hides_no_fence() -> None:
    assert _kinds("\ufeff```\nSign up\n```\nText.") == ["code", "paragraph"]


def test_layout() -> None:
    assert layout("\n".join(PROSE)) == "lines"
    words = " ".join(PROSE * 2).split()
    rows, row = [], ""
    for word in words:
        if len(row) + len(word) > 60:
            rows.append(row)
            row = ""
        row = f"{row} {word}".strip()
    assert layout("\n".join(rows)) == "wrapped"
    assert len(split("\n".join(rows))) == 1
