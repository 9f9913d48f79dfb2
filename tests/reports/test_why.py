from __future__ import annotations

import pytest

from cleaner.model import Removal, Term
from cleaner.reports.why import addends, certainty, reason


def _removal(*terms: tuple[str, float], evidence: str = "", certain: bool = False) -> Removal:
    made = tuple(Term(name, weight) for name, weight in terms)
    return Removal(0, 5, "legal/a", "legal", "be\x1bcause", sum(w for _, w in terms), made, evidence, certain)


def test_the_largest_terms_have_names_and_the_rest_a_sum() -> None:
    terms = [("legal/a", 3.0), ("words of a menu: 'sign in'", -4.0), *((f"small {n}", 0.1) for n in range(20))]
    assert addends(_removal(*terms), most=3) == [
        ("-4.0", "words of a menu: 'sign in'"), ("+3.0", "a"), ("+0.1", "small 0"), ("+1.9", "in 19 smaller terms"),
    ]  # fmt: skip


@pytest.mark.parametrize("terms", [[], [("legal/a", 5.0)], [("legal/a", 5.0), ("x", 0.0)]])
def test_a_sum_of_one_is_not_spelled_out(terms: list[tuple[str, float]]) -> None:
    assert addends(_removal(*terms)) == []


def test_certainty() -> None:
    assert certainty(_removal(("a", 5.25))) == "+5.2"
    assert certainty(_removal(("a", 2.0), certain=True)) == "certain"


@pytest.mark.parametrize(
    ("evidence", "text", "shown"),
    [("", "x", "be\\x1bcause"), ("Sign up", " Sign up\n", "be\\x1bcause"), ("up", "Sign up", "be\\x1bcause (up)")],
)
def test_evidence_is_shown_unless_it_is_all_of_the_text(evidence: str, text: str, shown: str) -> None:
    assert reason(_removal(evidence=evidence), text) == shown
