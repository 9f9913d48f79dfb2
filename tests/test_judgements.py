"""What people decided, in the cleaning: what they keep stays, what they remove goes, and nothing else changes."""

from __future__ import annotations

import pytest

from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors import standard
from cleaner.detectors.prefilter import Everything
from cleaner.fingerprint import fingerprint
from cleaner.judgements import Choice, Judgements
from cleaner.model import Cleaned, Document
from tests.files import SIGNUP, A, B, C
from tests.support import ruleset

HINT = "Please leave your address here."


def _judged(text: str, *choices: tuple[str, str, Choice]) -> Cleaned:
    """The text cleaned under choices of rule, text (empty for all of the rule's) and verdict."""
    judged = Judgements(
        {(rule, fingerprint(own)): choice for rule, own, choice in choices if own},
        {rule: choice for rule, own, choice in choices if not own},
    )
    rules = ruleset()
    policy = Policy(max_removed=1.0, min_kept_words=0, judged=judged)
    return clean([Document("a", text)], standard(rules, Everything(rules.rules)), policy)[0]


def _gone(result: Cleaned) -> list[str]:
    return [result.document.text[own.start : own.end].strip() for own in result.removals]


TEXT = f"{A}\n\n{SIGNUP}\n\n{B}\n\nSign up today!\n\n{C}\n\nAdvertisement\n"


@pytest.mark.parametrize(
    ("choices", "gone"),
    [
        ([], [SIGNUP, "Sign up today!", "Advertisement"]),
        ([("newsletter/signup", SIGNUP, "keep")], ["Sign up today!", "Advertisement"]),
        ([("newsletter/signup", "- **sign up** NOW", "keep")], ["Sign up today!", "Advertisement"]),
        ([("newsletter/hint", SIGNUP, "keep")], [SIGNUP, "Sign up today!", "Advertisement"]),
        ([("newsletter/signup", "", "keep")], ["Advertisement"]),
        ([("newsletter/signup", "", "keep"), ("newsletter/signup", SIGNUP, "remove")], [SIGNUP, "Advertisement"]),
        ([("promotion/certain-ad", "Advertisement", "keep")], [SIGNUP, "Sign up today!"]),
        ([("newsletter/signup", SIGNUP, "remove")], [SIGNUP, "Sign up today!", "Advertisement"]),
    ],
)
def test_what_is_kept_stays_and_nothing_else_changes(choices: list[tuple[str, str, Choice]], gone: list[str]) -> None:
    assert _gone(_judged(TEXT, *choices)) == gone


def test_what_was_accepted_goes_whatever_its_sum() -> None:
    text = f"{A}\n\n{HINT}\n\n{B}\n"
    assert _gone(_judged(text)) == []
    assert _gone(_judged(text, ("newsletter/hint", HINT, "remove"))) == [HINT]
    assert _gone(_judged(text, ("newsletter/signup", HINT, "remove"))) == [], "only as the rule that hits it"
    assert _gone(_judged(text, ("newsletter/hint", "", "remove"))) == [], "what a rule merely hits was not accepted"


def test_company_is_kept_too() -> None:
    text = f"{A}\n\n{SIGNUP}\n\n{HINT}\n\n{B}\n"
    assert _gone(_judged(text)) == [SIGNUP, HINT]
    assert _gone(_judged(text, ("newsletter/hint", HINT, "keep"))) == [SIGNUP]
    assert _gone(_judged(text, ("newsletter/signup", SIGNUP, "keep"))) == [], "what stays is no company"


def test_a_cut_inside_a_block() -> None:
    text = f"{A} Click here and see. {B}\n"
    assert _gone(_judged(text)) == ["Click here"]
    assert _gone(_judged(text, ("promotion/click", "Click here", "keep"))) == []
    assert _gone(_judged(text, ("promotion/click", "", "keep"))) == []


@pytest.mark.parametrize("rule", ["newsletter/label-between", "newsletter/emptied-heading"])
def test_what_follows_others_is_kept_too(rule: str) -> None:
    middle = "The Daily Letter" if "between" in rule else ""
    text = f"# On Herons\n\n{A}\n\n## Our letter\n\n{SIGNUP}\n\n{middle}\n\nSign up today!\n\n## {B}\n"
    kept = middle or "## Our letter"
    assert kept in _gone(_judged(text))
    left = _judged(text, (rule, kept, "keep"))
    assert kept in left.text
    assert SIGNUP not in left.text


@pytest.mark.parametrize("choices", [[("newsletter/signup", SIGNUP, "keep")], [("newsletter/signup", "", "keep")]])
def test_the_result_is_a_fixed_point(choices: list[tuple[str, str, Choice]]) -> None:
    once = _judged(TEXT, *choices)
    assert _judged(once.text, *choices).text == once.text
