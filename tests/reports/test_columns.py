from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.reports.columns import columns, cut, filled, wrap
from cleaner.reports.safe import visible


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("漢字", 4), ("é", 1), ("e\u0301", 1), ("ｗ", 2), ("→…", 2)]
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width
    assert columns(filled(text, 9)) == 9


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("漢字漢字", 5, "漢字…"), ("漢字漢", 4, "漢…"),
        ("ab", 1, "…"), ("ab", 0, ""),
    ],
)  # fmt: skip
def test_cut(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 7, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢", 1, ["漢"]),
        ("abcd   ", 4, ["abcd"]),
        ("", 5, [""]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert list(wrap(text, width)) == lines


@given(st.text(), st.integers(2, 30))
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str, width: int) -> None:
    text = visible(text).replace("\n", " ").replace("\t", " ")
    lines = list(wrap(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width for line in lines)
