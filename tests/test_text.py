from __future__ import annotations

import pytest

from cleaner.text import fold, is_terminated, lines, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb", ["a", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\r\r\nb", ["a", "", "b"]),
        ("a\x0cb\u2028c\x85d\x0be", ["a\x0cb\u2028c\x85d\x0be"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u201cDon\u2019t\u201d", '"Don\'t"'),
        ("a\u2014b\u2013c\u2212d", "a-b-c-d"),
        ("a\u00a0b\u2028c\r\nd\ufeff", "a b c  d "),
        ("\u201eGut\u201c, \u2033", '"Gut", "'),
        ("plain - 'text' \"so\"", "plain - 'text' \"so\""),
        ("\u00ab\u00bb\u2026\u200b\u00ad", "\u00ab\u00bb\u2026\u200b\u00ad"),
        ("ſ İ ß 😀 \ud800", "ſ İ ß 😀 \ud800"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", True),
        ('"He left."', True),
        ("Really?)", True),
        ("as follows:", True),
        ("然。", True),
        ("He left", False),
        ("v1.2", False),
        ("(He left)", False),
        ("", False),
        ("Stop. →", False),
    ],
)
def test_is_terminated(text: str, expected: bool) -> None:
    assert is_terminated(text) is expected


@pytest.mark.parametrize(("view", "words"), [("One two three.", 3), ("One two three", 0), ("One two.", 0), ("", 0)])
def test_a_sentence_has_words_enough_and_an_end(view: str, words: int) -> None:
    assert sentence(view, 3) == words
