from __future__ import annotations

import pytest

from cleaner.model import Removal
from cleaner.reports.lines import first_character, line_numbers


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", [1]), ("a\nb", [1, 1, 2, 2]), ("\n\n", [1, 2, 3]), ("a\r\nb\u2028c", [1, 1, 1, 2, 2, 2, 2])],
)
def test_line_numbers(text: str, lines: list[int]) -> None:
    assert [line_numbers(text)(at) for at in range(len(text) + 1)] == lines


@pytest.mark.parametrize(("text", "span", "at"), [("a\n\nb\n", (1, 4), 3), ("ab", (0, 2), 0), ("a \n ", (1, 4), 3)])
def test_first_character(text: str, span: tuple[int, int], at: int) -> None:
    assert first_character(Removal(*span, "a/b", "a", "", 1.0), text) == at
