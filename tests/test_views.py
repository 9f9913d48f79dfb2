from __future__ import annotations

import pytest

from cleaner.model import Block
from cleaner.text import fold
from cleaner.views import locate, views


def _view(text: str) -> str:
    return views(fold(text), [Block(0, len(text), len(text), "paragraph")])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Sign up", "Sign up"),
        ("1. Sign up", "Sign up"),
        ("## Sign up", "Sign up"),
        ("> > Sign up", "Sign up"),
        ("  * # Sign up", "Sign up"),
        ("**Sign** _up_ `now`", "Sign up now"),
        ("[Sign up](https://x.org/a_(b) 'title') now", "Sign up now"),
        ("![logo](x.png) Sign up", "logo Sign up"),
        ("<b>Sign</b> up<br/>", "Sign up"),
        ("Sign\r\nup", "Sign up"),
        ("Sign \u00a0 up", "Sign up"),
        ("\ufeff# Sign up", "Sign up"),
        ("~~Sign~~ up", "Sign up"),
        ("Sign <br/> up", "Sign up"),
        ("Sign up <br/>", "Sign up"),
        ("Sign up\ufeff", "Sign up"),
        ("\ufeff", ""),
        ("<b> Sign </b> <i>up</i>", "Sign up"),
        ("Sign ** ** up **", "Sign up"),
        ("* * * Sign up * * *", "Sign up"),
        ("don\u2019t \u2014 so", "don't - so"),
    ],
)
def test_marks_are_gone(text: str, expected: str) -> None:
    assert _view(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "2019 was a year",
        "-5 degrees",
        "#hashtag",
        "1.5 litres",
        "a < b and c > d",
        "[sic] he said",
        "half a link](x.org)click here",
        "f(x)",
        "e-mail",
        "",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert _view(text) == text


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("Please click here now", "click here", "click here"),
        ("Please **click here** now", "click here", "**click here**"),
        ("Please [click here](http://x.org) now", "click here", "[click here](http://x.org)"),
        ("- click here", "click here", "- click here"),
        ("## click here", "click here", "## click here"),
        ("- click here now", "click here", "click here"),
        ("- **click here** now", "click here", "**click here**"),
        ("\ufeffclick here* now", "click here", "click here*"),
        ("Please *click* here", "click here", "click* here"),
        ("half a link](http://x.org)click here", "click here", "click here"),
        ("\u201cclick here\u201d", "click here", "click here"),
    ],
)
def test_locate(text: str, part: str, expected: str) -> None:
    seen = _view(text)
    at = seen.index(part)
    start, end = locate(fold(text), Block(0, len(text), len(text), "paragraph"), at, at + len(part))
    assert text[start:end] == expected
