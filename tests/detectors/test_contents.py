from __future__ import annotations

import pytest

from cleaner.batch import Batch
from cleaner.detectors.contents import Contents
from cleaner.model import Document
from tests.support import PROSE

TITLES = ["The ford", "The mill", "The river's bed", "Bees and honey", "The bridge"]
BODY = [line for title, text in zip(TITLES, PROSE, strict=True) for line in (title, text)]


def _found(blocks: list[str]) -> list[int]:
    batch = Batch([Document("other", "One line."), Document("d", "\n\n".join(blocks))])
    assert len(batch.pages[1].blocks) == len(blocks)
    nothing, findings = Contents().detect(batch, [[], []])
    assert nothing == []
    return [finding.block for finding in findings]


def test_lines_that_stand_again_as_headings_below_are_contents() -> None:
    assert _found(["A village", *TITLES, *BODY]) == [1, 2, 3, 4, 5]


def test_one_other_line_may_stand_between() -> None:
    assert _found([*TITLES[:2], "Photos", *TITLES[2:], *BODY]) == [0, 1, 2, 3, 4, 5]


def test_the_evidence_says_where_the_first_stands_again() -> None:
    batch = Batch([Document("d", "\n\n".join([*TITLES, *BODY]))])
    assert Contents().detect(batch, [[]])[0][0].evidence == "5 lines, the first again in line 11"


@pytest.mark.parametrize(
    "blocks",
    [
        [*TITLES[:3], *BODY],
        [*TITLES[::-1], *BODY],
        [*TITLES, *TITLES, PROSE[0]],
        [*TITLES, *PROSE],
        [*BODY, *BODY[:1], *TITLES],
        [TITLES[0], "Photos", "Maps", *TITLES[1:4], "Shop", "Login", TITLES[4], *BODY[:4]],
    ],
    ids=["too few", "in another order", "a list twice", "only once", "below", "here and there"],
)
def test_what_is_no_table_of_contents(blocks: list[str]) -> None:
    assert _found(blocks) == []


def test_a_line_that_stands_again_and_again_is_none() -> None:
    assert _found([*["Share"] * 20_000, PROSE[0]]) == []
