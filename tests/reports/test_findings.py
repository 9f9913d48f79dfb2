from __future__ import annotations

import json

import pytest

from cleaner.model import Cleaned, Document, Removal
from cleaner.reports.findings import Found, as_github, as_json, as_text, findings
from tests.files import SIGNUP, A, B
from tests.support import cleaned

HOSTILE = Found("a,b:c%\n\x1b.txt", 3, 4, "x/y", "x", "be\x1bcause", 1.0, False, 'say "hi"\r\n::error::x\u202e')


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{A}\n\n{SIGNUP}\n\n{B}\n\nAdvertisement\n", [3, 7]),
        (f"{SIGNUP}\n\n{A}\n", [1]),
        (f"{A}\n\n\n\n{SIGNUP}", [5]),
        (f"{A}\r\n\r\n{SIGNUP}\r\n", [3]),
        (f"{A}\n", []),
    ],
)
def test_a_finding_has_its_line(text: str, lines: list[int]) -> None:
    found = list(findings("a.txt", None, cleaned(text)))
    assert [own.line for own in found] == lines
    assert all(own.text in (SIGNUP, "Advertisement") for own in found)
    assert [own.line for own in findings("a.jsonl", 12, cleaned(text))] == [12] * len(lines)


def test_what_is_held_has_no_findings() -> None:
    assert list(findings("a", None, cleaned(f"{A}\n\n{SIGNUP}\n", max_removed=0.01))) == []


def test_a_finding_has_its_last_line() -> None:
    text = f"{A}\n\nSign up now and\nnever miss a letter.\n\n\n{B}\n"
    removal = Removal(text.index("\n\nSign"), text.index(B), "a/b", "a", "because", 6.0)
    (found,) = findings("a.txt", None, Cleaned(Document("a", text), "", (removal,)))
    assert (found.line, found.end_line) == (3, 4)
    (found,) = findings("a.jsonl", 9, cleaned(f"{A}\n\n{SIGNUP}\n"))
    assert (found.line, found.end_line) == (9, 9)


def test_text() -> None:
    found = list(findings("a b.txt", None, cleaned(f"{A}\n\n{SIGNUP}\n")))
    assert as_text(found) == 'a b.txt:3: newsletter/signup: asks to sign up: "Sign up now."'
    assert as_text([HOSTILE]) == 'a,b:c% \\x1b.txt:3: x/y: be\\x1bcause: "say "hi" ::error::x\\u202e"'
    assert as_text([]) == ""


def test_github() -> None:
    assert as_github([HOSTILE]) == (
        '::warning file=a%2Cb%3Ac%25%0A\\x1b.txt,line=3,endLine=4,title=x/y::be\\x1bcause: "say "hi" ::error::x\\u202e"'
    )


def test_json() -> None:
    raw = as_json([HOSTILE, HOSTILE])
    assert raw.isascii()
    assert raw.count("\n") == 1, "a line a finding"
    own = json.loads(raw)
    assert own["version"] == 1
    assert own["findings"][0]["text"] == HOSTILE.text
    assert json.loads(as_json([])) == {"version": 1, "findings": []}
