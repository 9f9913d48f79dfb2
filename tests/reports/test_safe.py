from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.reports.safe import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\rb", "a\\x0db"),
        ("\x9b2J", "\\x9b2J"),
        ("evil\u202etxt.exe", "evil\\u202etxt.exe"),
        ("\u2066a\u2069\u200b\ufeff", "\\u2066a\\u2069\\u200b\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\x00\x7f\x85", "\\x00\\x7f\\x85"),
        ("line\u2028end", "line\\u2028end"),
    ],
)
def test_what_could_do_harm_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["", "a\tb\nc", "Größe – „漢字“ 😀", "e\u0301", "a\xa0b", "\\x1b"])
def test_what_is_harmless_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_what_is_shown_can_be_printed_and_holds_no_control_characters(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("one\n two\t\tthree ", 80, "one two three"),
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abc", 1, "…"),
        ("abc", 0, "…"),
        ("", 0, ""),
        ("\x1b\x1b", 5, "\\x1b…"),
    ],
)
def test_one_line(text: str, width: int, line: str) -> None:
    assert one_line(text, width) == line
