from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cleaner.batch import Batch
from cleaner.model import Document
from cleaner.score.scorer import Looks, Scores
from cleaner.score.trees import Sum
from tests.score.weights import BLIND, SMALL

LONG = "seven herons stand in the muddy ford"
#: A second look that calls everything boilerplate.
HARSH = replace(SMALL, blind=Looks(BLIND, Sum.of(-9000, BLIND.questions, BLIND.weights)))


@pytest.mark.parametrize(
    ("pages", "looked_at_again"),
    [
        ([[LONG, LONG]], [False, False]),
        ([[LONG, "sign in"]], [True, True]),
        ([[LONG], [LONG, "sign in"], [LONG]], [False, True, True, False]),
        ([[]], []),
    ],
)
def test_a_page_that_is_surely_content_is_looked_at_once(pages: list[list[str]], looked_at_again: list[bool]) -> None:
    batch = Batch([Document(str(number), "\n".join(page)) for number, page in enumerate(pages)])
    scores = Scores(HARSH, batch, [[]] * len(pages))
    assert (scores.total < -2000).tolist() == looked_at_again
    for row, number in enumerate(scores.part.tolist()):
        part = scores.parts[number]
        at = np.flatnonzero(part.at == row)
        assert part.sum.total(part.bins[:, at]).tolist() == [scores.total[row]]


def test_without_a_second_look_the_first_decides() -> None:
    once = replace(HARSH, blind=Looks(BLIND))
    scores = Scores(once, Batch([Document("d", f"{LONG}\nsign in")]), [[]])
    assert scores.total.tolist()[0] > 2000
    assert [part.sum for part in scores.parts] == [BLIND]
