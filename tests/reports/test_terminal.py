from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Cleaned
from cleaner.reports.columns import columns
from cleaner.reports.terminal import document, share
from tests.files import SIGNUP, A, B, C
from tests.support import PROSE, cleaned, ruleset


def _rows(text: str, **options: object) -> list[str]:
    return document("a.txt", cleaned(text), **options).splitlines()[1:]  # type: ignore[arg-type]


def test_what_goes_stands_between_what_stays_with_the_reason_beside_it() -> None:
    text = "\n\n".join([*PROSE, SIGNUP, *PROSE]) + "\n"
    shown = document("a.txt", cleaned(text, rules=ruleset()), width=100).splitlines()
    assert shown[0].startswith("a.txt  -")
    assert shown[1:5] == [
        "        … 4 lines kept",
        "    9   When the bridge was finally mended, three families on the far bank came to the market again.",
        "   11 - Sign up now.                                    │ +6.0 newsletter/signup",
        "                                                        │ asks to sign up (Sign up now)",
    ]


def test_in_a_narrow_terminal_the_reason_stands_under_it() -> None:
    shown = _rows(f"{A}\n\n{SIGNUP}\n\n{B}\n", width=60)
    assert shown[1:4] == [
        "    3 - Sign up now.",
        "          +6.0 newsletter/signup",
        "          asks to sign up (Sign up now)",
    ]


@pytest.mark.parametrize(("context", "kept"), [(0, 0), (1, 2), (2, 4), (9, 9)])
def test_context(context: int, kept: int) -> None:
    text = "\n\n".join([A, B, C, *PROSE[3:], SIGNUP, *(f"{n} {own}" for n, own in enumerate(PROSE[:4]))]) + "\n"
    assert sum(re.match(r" +\d+   ", line) is not None for line in _rows(text, context=context)) == kept


def test_pieces_that_touch_are_shown_together() -> None:
    shown = _rows(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")
    assert shown[1].startswith("    3 - Sign up now.")
    assert shown[3].startswith("    5 - Advertisement")
    assert shown[3].endswith("│ certain promotion/certain-ad")


def test_long_removals_are_shown_whole() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    shown = _rows(f"{A}\n\nSign up now {words}\n\n{B}\n")
    gone = [line.partition(" │ ")[0].strip() for line in shown if line[6:7] == "-"]
    assert " ".join(line.lstrip("0123456789 -") for line in gone) == f"Sign up now {words}"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The ferry stayed, click here and see, at rest.", "The ferry stayed, [-click here-]and see, at rest."),
        ("Click here and the ferry stays at its berth.", "[-Click here-]and the ferry stays at its berth."),
        ("The ferry stays at its berth (click here).", "The ferry stays at its berth [-(click here)-]."),
        (
            f"{A} {A} click here {B} {B}",
            "… the village would move it for the mail. [-click here-]The miller counted sacks by candle light …",
        ),
    ],
)  # fmt: skip
def test_a_cut_inside_a_line_is_marked_in_its_line(text: str, marked: str) -> None:
    shown = _rows(f"{C}\n\n{text}\n\n{B}\n", words=True, width=160)
    row = next(line for line in shown if line[6:7] == "~")
    assert row.partition(" │ ")[0][8:].rstrip() == marked
    assert not any(line[6:7] == "~" for line in _rows(f"{C}\n\n{text}\n\n{B}\n")), "only where it is asked for"


def test_with_marked_words_whole_lines_stay_what_they_are() -> None:
    shown = _rows(f"{A}\n\n{SIGNUP}\n\n{B}\n", words=True)
    assert [line[6] for line in shown if line[6:7].strip()] == ["-"]


def test_control_characters_and_colours() -> None:
    result = cleaned(f"{A} \x1b[2J\n\nSign up now \x1b]0;x\x07\n")
    marks = document("a\x1b.txt", result, lambda text, role: f"<{role}>{text}</>")
    assert "\x1b" not in marks
    roles = set(re.findall(r"<([a-z]+(?:/[a-z]+)?)>", marks))
    assert roles == {"path", "kept", "gone/newsletter", "rule/newsletter", "why", "fold"}


def test_held_documents_say_so() -> None:
    shown = _rows(f"{A}\n\n{SIGNUP}\n")
    assert not any("left whole" in line for line in shown)
    held = document("a", cleaned(f"{A}\n\n{SIGNUP}\n", max_removed=0.01))
    assert "left whole: would lose" in held
    assert f"- {SIGNUP}" in held


def test_share() -> None:
    result = cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")
    gone = len(result.document.text) - len(result.text)
    assert share(result).startswith(f"-{gone} of {len(result.document.text)} characters (")
    assert share(result).endswith("): newsletter 1, promotion 1")


_LINES = st.lists(
    st.sampled_from([A, B, SIGNUP, "Advertisement", "漢字" * 40, "x" * 200, "go click here now", "\x1b[31m\u202e", ""]),
    min_size=1,
    max_size=8,
)


@given(_LINES, st.sampled_from(["\n", "\n\n", "\r\n"]), st.integers(40, 130), st.booleans())
def test_every_removal_is_shown_and_no_line_is_too_wide(parts: list[str], end: str, width: int, words: bool) -> None:
    result: Cleaned = cleaned(end.join(parts))
    shown = document("a", result, width=width, words=words).splitlines()[1:]
    assert sum("newsletter/signup" in line for line in shown) == sum(
        removal.rule == "newsletter/signup" for removal in result.removals
    )
    assert all(columns(line) <= width for line in shown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", "".join(shown))
