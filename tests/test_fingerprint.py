from __future__ import annotations

import pytest

from cleaner.fingerprint import DIGITS, fingerprint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sign up now.", "sign up now"),
        ("Sign up now.", "\u201cSign\u00a0up\r\n now\u201d"),
        ("- **Sign up** now \u2192", "Sign up now"),
        ("STRASSE", "stra\u00dfe"),
        ("\u2192", "  \u2192\n"),
    ],
)
def test_the_same_words_have_the_same_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sign up now", "Sign up"), ("now up", "up now"), ("up now", "upnow"), ("\u2192", "***"), ("a", ""), ("1", "2")],
)
def test_other_words_have_another(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_it_does_not_change_between_versions() -> None:
    """Baselines and decisions are files of our users: another hash would orphan all of them."""
    assert fingerprint("Sign up now.") == "57b986d3900c51f7"
    assert len(fingerprint("\ud800 lone")) == DIGITS
