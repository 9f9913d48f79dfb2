from __future__ import annotations

import numpy as np

from cleaner.score.again import again
from cleaner.score.rows import Columns, Rows
from cleaner.score.vocabulary import Vocabulary
from cleaner.tokens import TokenTable

PAGE = [
    "seagulls rob the bakery again",
    "the bakery shuts its windows against seagulls",
    "yesterday seagulls carried a whole loaf away",
    "subscribe for weather alerts",
    "weather alerts by telephone",
    "seagulls seen near the bakery",
]
FIRST = np.asarray([4000, 4000, 4000, -4000, -4000, 0])


def _columns(views: list[str], first: np.ndarray) -> Columns:
    table, rows = TokenTable.of(views), Rows([len(views)])
    return again(
        rows, Vocabulary(rows, table), first, table.counts, np.zeros(len(views), bool), np.ones(len(views), bool)
    )


def test_words_speak_as_the_other_places_where_they_stand() -> None:
    columns = _columns(PAGE, FIRST)
    content, over = columns["shared: in content"], columns["shared: over page"]
    assert content[5] > 700 > 400 > content[4]
    assert over[5] > 0 > over[4]


def test_a_block_does_not_speak_for_itself() -> None:
    sure, unsure = _columns(PAGE, FIRST), _columns(PAGE, np.where(np.arange(6) == 3, 4000, FIRST))
    # what its words say changes by the page's mean only
    assert abs(sure["shared: in content"][3] - unsure["shared: in content"][3]) < 100


def test_words_that_stand_once_say_nothing() -> None:
    columns = _columns(["one two", "three four"], np.asarray([1000, -1000]))
    assert columns["shared: in content"].tolist() == [-1, -1]
    assert columns["shared: over page"].tolist() == [0, 0]
    assert columns["shared: words"].tolist() == [0, 0]


def test_blocks_without_words_count_as_neither() -> None:
    assert _columns(["one two", ""], np.asarray([1000, 5000]))["first: own"].tolist() == [1000, 0]
