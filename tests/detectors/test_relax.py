from __future__ import annotations

import pytest

from cleaner.detectors.literals import plain_case
from cleaner.detectors.relax import relax


@pytest.mark.parametrize(
    "source",
    [
        r"^(?=.*foo)(?=.*bar)",
        r"\b\w+\b",
        ".*",
        "(?i)foo",
        "(?:foo){e<=1}",
        r"(foo)\1",
        r"\N{DIGIT ONE}",
        "[[:alpha:]]+",
        r"\X",
        "(?R)",
        "(",
        "[",
        "\\",
        "a|",
        r"\p{Lu",
        "(?:x|" * 3000,
    ],
)
def test_patterns_that_have_to_be_searched_everywhere(source: str) -> None:
    assert relax(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "no spam",
        "^newsletter$",
        r"(?x) \b sign [- ]? up \b # c",
        r"\pL+ subscribe{2}",
        "(?:share|tweet) this",
        r"\u0061bcdef",
    ],
)
def test_patterns_that_can_be_looked_for(source: str) -> None:
    assert relax(source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Sign UP", b"sign up"), ("ſİıK", b"siik"), ("É", "é".encode()), ("\ud800", b"?"), ("", b"")],
)
def test_plain_case(text: str, expected: bytes) -> None:
    assert [line.lower() for line in plain_case([text, text])] == [expected, expected]
