from __future__ import annotations

import pytest

from cleaner.model import Removal
from cleaner.reports.filter import Filter, doubt
from tests.files import SIGNUP, A, B
from tests.support import cleaned


def _removal(rule: str = "newsletter/signup", score: float = 6.0, certain: bool = False) -> Removal:
    return Removal(0, 1, rule, rule.split("/")[0], "because", score, certain=certain)


@pytest.mark.parametrize(
    ("chosen", "takes"),
    [
        (Filter(), True),
        (Filter(categories=frozenset({"newsletter"})), True),
        (Filter(categories=frozenset({"legal", "newsletter"})), True),
        (Filter(categories=frozenset({"legal"})), False),
        (Filter(rules=frozenset({"newsletter/signup"})), True),
        (Filter(rules=frozenset({"signup"})), True),
        (Filter(rules=frozenset({"sign"})), False),
        (Filter(rules=frozenset({"legal/signup"})), False),
        (Filter(below=6.1), True),
        (Filter(below=6.0), False),
        (Filter(frozenset({"newsletter"}), frozenset({"signup"}), 7.0), True),
        (Filter(frozenset({"newsletter"}), frozenset({"other"}), 7.0), False),
    ],
)
def test_what_is_shown(chosen: Filter, takes: bool) -> None:
    assert chosen.takes(_removal()) is takes


def test_what_is_certain_is_under_nothing() -> None:
    assert not Filter(below=100).takes(_removal(score=0.0, certain=True))


def test_a_document_keeps_its_text_and_shows_what_is_chosen() -> None:
    result = cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")
    shown = Filter(categories=frozenset({"promotion"})).of(result)
    assert [removal.category for removal in shown.removals] == ["promotion"]
    assert shown.text == result.text
    assert Filter().of(result) is result


def test_doubt_is_the_smallest_sum_that_is_one() -> None:
    assert doubt(cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")) == 6.0
    assert doubt(cleaned(f"{A}\n\nAdvertisement\n\n{B}\n")) == float("inf")
