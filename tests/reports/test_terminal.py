from __future__ import annotations

import re

import pytest

from cleaner.reports.terminal import document, line_numbers, share
from tests.files import SIGNUP, A, B, C
from tests.support import PROSE, cleaned, ruleset


def test_what_goes_stands_between_what_stays() -> None:
    text = "\n\n".join([*PROSE, SIGNUP, *PROSE]) + "\n"
    shown = document("a.txt", cleaned(text, rules=ruleset()), width=40).splitlines()
    assert shown[0].startswith("a.txt  -")
    assert shown[1:5] == [
        "  … 4 lines kept",
        "  When the bridge was finally mended, t…",
        "- Sign up now.",
        "    newsletter/signup  +6.0  asks to sign up (Sign up now)",
    ]


@pytest.mark.parametrize(("context", "kept"), [(0, 0), (1, 2), (2, 4), (9, 9)])
def test_context(context: int, kept: int) -> None:
    text = "\n\n".join([A, B, C, *PROSE[3:], SIGNUP, *(f"{n} {own}" for n, own in enumerate(PROSE[:4]))]) + "\n"
    shown = document("a", cleaned(text), context=context).splitlines()[1:]
    assert sum(line.startswith("  ") and line[2] not in "… " for line in shown) == kept


def test_pieces_that_touch_are_shown_together() -> None:
    shown = document("a", cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")).splitlines()
    assert shown[2] == f"- {SIGNUP}"
    assert shown[4] == "- Advertisement"
    assert "certain" in shown[5]


def test_control_characters_and_colours() -> None:
    result = cleaned(f"{A} \x1b[2J\n\nSign up now \x1b]0;x\x07\n")
    marks = document("a\x1b.txt", result, lambda text, role: f"<{role}>{text}</>")
    assert "\x1b" not in marks
    assert re.findall(r"<(\w+)>", marks) == ["path", "kept", "gone", "why"]


def test_held_documents_say_so() -> None:
    shown = document("a", cleaned(f"{A}\n\n{SIGNUP}\n", max_removed=0.01))
    assert "left whole: would lose" in shown
    assert f"- {SIGNUP}" in shown


def test_share() -> None:
    result = cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")
    gone = len(result.document.text) - len(result.text)
    assert share(result).startswith(f"-{gone} of {len(result.document.text)} characters (")
    assert share(result).endswith("): newsletter 1, promotion 1")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", [1]), ("a\nb", [1, 1, 2, 2]), ("\n\n", [1, 2, 3]), ("a\r\nb\u2028c", [1, 1, 1, 2, 2, 2, 2])],
)
def test_line_numbers(text: str, lines: list[int]) -> None:
    assert [line_numbers(text)(at) for at in range(len(text) + 1)] == lines
