from __future__ import annotations

import pytest

from cleaner.detectors import BUILT_IN, standard
from cleaner.detectors.prefilter import Everything
from tests.score.weights import SMALL
from tests.support import ruleset


def _with(*names: str) -> list[str]:
    own = standard(ruleset(), Everything(()), lambda name: name in names, SMALL)
    return [type(detector).__name__ for detector in own]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("duplicate/exact", "Repeats"),
        ("promotion/owner-plug", "Plugs"),
        ("comments/thread", "Threads"),
        ("comments/replies", "Replies"),
        ("navigation/contents", "Contents"),
        ("boilerplate/learned", "Learned"),
    ],
)
def test_of_detectors_in_code_those_are_there_of_which_a_rule_is_chosen(name: str, kind: str) -> None:
    assert _with(name) == ["Patterns", kind]


def test_all_are_there_in_their_order_if_all_are_chosen() -> None:
    assert _with(*BUILT_IN) == ["Patterns", "Repeats", "Plugs", "Threads", "Replies", "Contents", "Learned"]
