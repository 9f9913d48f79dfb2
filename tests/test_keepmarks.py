"""What an author keeps by marks in markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files import SIGNUP, A, B, C, cleaner, put
from tests.support import cleaned

KEEP, END = "<!-- cleaner: keep -->", "<!-- cleaner: end -->"
AD = "Advertisement"


def _md(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize(
    ("blocks", "kept", "idle"),
    [
        ((A, KEEP, SIGNUP, AD, END, B), (A, KEEP, SIGNUP, AD, END, B), ()),
        ((A, KEEP, SIGNUP, END, AD, B), (A, KEEP, SIGNUP, END, B), ()),
        ((A, KEEP, SIGNUP, B, AD), (A, KEEP, SIGNUP, B, AD), ()),
        ((A, f"{KEEP} {SIGNUP} {END}", AD, B), (A, f"{KEEP} {SIGNUP} {END}", B), ()),
        ((A, f"{KEEP}\n{SIGNUP}\n{END}", B), (A, f"{KEEP}\n{SIGNUP}\n{END}", B), ()),
        ((A, KEEP, "Please click here.", END, B), (A, KEEP, "Please click here.", END, B), ()),
        ((A, KEEP, KEEP, SIGNUP, END, AD), (A, KEEP, KEEP, SIGNUP, END), ()),
        ((A, KEEP, B, END, AD, C), (A, KEEP, B, END, C), (3,)),
        ((A, END, AD, C), (A, END, C), (3,)),
        ((A, KEEP, SIGNUP, END, B, KEEP, C, END), (A, KEEP, SIGNUP, END, B, KEEP, C, END), (11,)),
        ((A, "<!--cleaner:keep-->", SIGNUP), (A, "<!--cleaner:keep-->", SIGNUP), ()),
        ((A, "<!-- keep -->", SIGNUP, B), (A, "<!-- keep -->", B), ()),
        ((A, f"```\n{KEEP}\n```", SIGNUP, B), (A, f"```\n{KEEP}\n```", B), ()),
        ((A, KEEP, "## Read next", "- One title", "- Another", END, B), None, ()),
    ],
)
def test_what_stands_between_marks_stays(blocks: tuple[str, ...], kept: tuple[str, ...] | None, idle: object) -> None:
    result = cleaned(_md(*blocks), "markdown")
    assert result.text == _md(*(kept or blocks))
    assert result.idle_marks == idle
    assert cleaned(result.text, "markdown").text == result.text


def test_marks_in_plain_text_are_text() -> None:
    assert cleaned(_md(A, KEEP, SIGNUP, B)).text == _md(A, KEEP, B)


def test_a_heading_over_what_is_kept_stays() -> None:
    text = _md("# On herons", A, "## Offers", KEEP, SIGNUP, END, "## More", B)
    assert cleaned(text, "markdown").text == text


def test_a_copy_of_what_is_kept_goes_and_a_kept_copy_stays() -> None:
    assert cleaned(_md(KEEP, A, END, B, A), "markdown").text == _md(KEEP, A, END, B)
    text = _md(A, B, KEEP, A, END, C)
    assert cleaned(text, "markdown").text == text


def test_check_names_a_mark_that_keeps_nothing_and_fix_leaves_what_is_kept(project: Path) -> None:
    put(project, {"a.md": _md(A, KEEP, SIGNUP, END, B), "b.md": _md(A, KEEP, B, END, C, AD), "c.md": _md(A, KEEP, B)})
    result = cleaner("check", "--fix", "a.md", "b.md", "c.md")
    assert result.stdout.startswith("b.md:11: promotion/certain-ad")
    assert result.stderr.splitlines() == [
        f"cleaner: warning: {name}.md:3: this mark keeps nothing that would go; remove it" for name in "bc"
    ]
    assert (project / "a.md").read_text() == _md(A, KEEP, SIGNUP, END, B)
    assert (project / "b.md").read_text() == _md(A, KEEP, B, END, C)


def test_explain_says_that_it_is_kept(project: Path) -> None:
    put(project, {"a.md": _md(A, KEEP, SIGNUP, END, B)})
    (line,) = [line for line in cleaner("explain", "a.md").stdout.splitlines() if SIGNUP in line]
    assert line.endswith("Sign up now.  [kept]")
    assert " keep " in line


def _page(*blocks: str) -> str:
    body = "".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    return f"<html><body><article><h1>On herons</h1>{body}</article></body></html>"


@pytest.mark.parametrize(
    ("blocks", "kept", "gone"),
    [
        ((A, KEEP, SIGNUP, END, B, AD, C), [SIGNUP], [AD]),
        ((A, f"<div>{KEEP}<p>{SIGNUP}</p></div>{END}", AD, B), [SIGNUP], [AD]),
        ((A, f"<p>{KEEP}{SIGNUP}{END}</p>", AD, B), [SIGNUP], [AD]),
        ((A, f"<p>{A[:40]} {KEEP} {SIGNUP} {END} {B}</p>", AD, B), [SIGNUP], [AD]),
        ((A, SIGNUP, B, KEEP, AD, C), [AD], [SIGNUP]),
        ((A, END, SIGNUP, B, C), [], [SIGNUP]),
        ((A, f"<script>{KEEP}</script>", SIGNUP, B, C), [], [SIGNUP]),
        ((A, "<!-- a comment -->", SIGNUP, B, C), [], [SIGNUP]),
        ((A, f"<nav>{KEEP}<a href='/'>Home</a>{END}</nav>", SIGNUP, B), ["Home"], [SIGNUP]),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_stands_between_marks_of_a_page_stays(
    project: Path, blocks: tuple[str, ...], kept: list[str], gone: list[str], form: str
) -> None:
    put(project, {"in/a.html": _page(*blocks)})
    cleaner("clean", "in", "-o", "out", "--html-format", form)
    (path,) = [path for path in (project / "out").iterdir() if path.is_file()]
    text = path.read_text()
    assert [part for part in [*kept, *gone] if part in text] == kept
    assert "cleaner" not in text, "the marks are the page's, not the text's"


def test_a_mark_of_a_page_that_keeps_nothing_is_named(project: Path) -> None:
    put(project, {"a.html": _page(A, KEEP, SIGNUP, END, B), "b.html": _page(A, KEEP, B, END, C)})
    result = cleaner("check", "a.html", "b.html", code=None)
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "cleaner: warning: b.html:5: this mark keeps nothing that would go; remove it"
    ]
