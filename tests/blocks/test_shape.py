from __future__ import annotations

import pytest

from cleaner.blocks.shape import front_matter_end, looks_like_heading, runs_on, wrap_width


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("---\na: b\n---\nText", "Text"),
        ("---\r\na: b\r\n---\r\nText", "Text"),
        ("+++\na = 1\n+++\nText", "Text"),
        ("---\na: b\n...\nText", "Text"),
        ("\ufeff---\na: b\n---\nText", "Text"),
        ("---\n---\nText", "Text"),
        ("---\na: b\n---", ""),
        ("---\na: b\n--- \t\nText", "Text"),
    ],
)
def test_front_matter(text: str, rest: str) -> None:
    assert text[front_matter_end(text) :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text",
        "---",
        "---\nText\n",
        "--- x\n---\n",
        "\n---\na\n---\n",
        "---\na\n+++\n",
        "----\na\n----\n",
        "---\n" + "a\n" * 201 + "---\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert front_matter_end(text) == 0


def test_a_rule_at_the_top_of_a_text_with_windows_line_ends_is_read_once() -> None:
    """This took time exponential in the number of lines."""
    assert front_matter_end("---\r\n" + "a line\r\n" * 190) == 0


@pytest.mark.parametrize(
    "line", ["The Mill", "Why did it stop?", "2019", '"The Mill"', "[The Mill]", "Share →", "漢字"]
)
def test_headings(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "It stopped.",
        "the mill",
        "First,",
        "As follows:",
        "And so\u2026",
        'He said "no."',
        "A " * 60,
        "a " + "b " * 20,
    ],
)
def test_no_headings(line: str) -> None:
    assert not looks_like_heading(line)


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        ([], 0),
        (["a"], 0),
        (["x" * 50] * 5, 50),
        (["x" * 50] * 4, 0),
        (["x" * 200] * 9, 0),
        (["x" * 20] * 9, 0),
        (["x " * 24 + "x", "y y y"] * 5, 0),
        (["x" * 49 + "."] * 9, 0),
        (["x" * 49 + ".", "x" * 50, "x" * 50] * 3, 50),
        (["", *["x" * 50] * 6, ""], 50),
    ],
)
def test_wrap_width(rows: list[str], width: int) -> None:
    assert wrap_width(rows) == width


@pytest.mark.parametrize(
    ("row", "after", "expected"), [("x" * 50, "y", True), ("x" * 30, "y z", False), ("x" * 30, "y" * 20, True)]
)
def test_runs_on(row: str, after: str, expected: bool) -> None:
    assert runs_on(row, after, 50) is expected
