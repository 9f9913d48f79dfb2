from __future__ import annotations

import pytest

from cleaner.evidence import Evidence
from cleaner.judgements import Judgements
from cleaner.keepmarks import Kept
from cleaner.model import LEARNED, Finding, Term
from tests.support import PROSE, page

TEXT = f"# Newsletter\n\n# The Heron in the Ford\n\n{PROSE[0]}\n\n| a | b |\n| 1 | 2 |\n"


def _evidence(*findings: Finding, kept: tuple[Kept, ...] = ()) -> Evidence:
    return Evidence(page(TEXT), findings, 5.0, Judgements(), kept)


def _finding(block: int, weight: float, category: str = "ads", **more: object) -> Finding:
    return Finding(block, f"{category}/r", category, "because", weight, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        ([], 0),
        ([_finding(0, 1.0)], 1),
        ([_finding(0, -1.0)], 0),
        ([_finding(0, 0.0, certain=True)], 1),
        ([_finding(0, 4.9, LEARNED)], 0),
        ([_finding(0, 5.0, LEARNED)], 1),  # too short to be a title against the score
        ([_finding(0, 1.0), _finding(1, 5.0, LEARNED)], 1),
        ([_finding(0, 1.0), _finding(1, 1.0)], -1),
    ],
)
def test_the_title(findings: list[Finding], title: int) -> None:
    assert _evidence(*findings).title == title


def test_a_sum_is_what_its_terms_add_up_to() -> None:
    own = _evidence(_finding(2, 2.0), _finding(2, 1.5, LEARNED), _finding(2, 9.0, cut=(0, 1)))
    own.add(2, Term("company", 1.5))
    own.add(3, Term("label", 5.0))
    for block, total in ((2, 5.0), (3, 5.0), (0, 0.0)):
        assert own.score(block) == sum(term.weight for term in own.terms(block)) == total
    own.leave_rules(2)
    assert [finding.weight for finding in own.of[2]] == [2.0]


@pytest.mark.parametrize(("block", "is_protected"), [(0, True), (1, False), (2, False), (3, True), (4, True)])
def test_what_no_sum_removes(block: int, is_protected: bool) -> None:
    text = f"{TEXT}\n```\ncode\n```\n"
    own = Evidence(page(text), [], 5.0, Judgements(), ())
    assert own.is_protected(block) is is_protected


def test_what_an_author_keeps_leads_no_section() -> None:
    findings = [_finding(0, 6.0), _finding(1, 6.0, lead=0), _finding(2, 6.0, lead=1)]
    assert sorted(_evidence(*findings, kept=(Kept(0, 0, 1),)).of) == [0, 2]


def test_a_row_of_labels_is_no_title() -> None:
    text = f"Home | Science | About us\nHerons of the ford\n{PROSE[0]}"
    assert Evidence(page(text), [], 5.0, Judgements(), ()).title == 1
    assert Evidence(page(f"# {text}"), [], 5.0, Judgements(), ()).title == 0, "marked as one, it is"
