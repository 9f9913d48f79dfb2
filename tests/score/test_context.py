from __future__ import annotations

import numpy as np

from cleaner.score.bars import bars, spared
from cleaner.score.context import heard, likely
from cleaner.score.rows import Rows

#: Two pages; row 1 has no words, rows 0 and 4 are headings.
ROWS = Rows([4, 2])
WORDS = np.asarray([2, 0, 9, 5, 1, 7])
HEADINGS = np.asarray([True, False, False, False, True, False])


def test_a_block_hears_itself_its_neighbours_with_words_and_its_heading() -> None:
    own, after, before, under = (np.zeros(6, np.int64) for _ in range(4))
    own[:], after[0], after[3], before[2], before[4], under[0] = 1, 10, 20, 100, 200, 1000
    voices = np.stack((own, after, before, under))
    # row 3 speaks of the next block, which is on another page; row 4 of the last, which is too
    assert heard(ROWS, voices, WORDS, HEADINGS, 5).tolist() == [106, 0, 1016, 1006, 6, 6]


def test_chances_are_those_of_the_logistic_function() -> None:
    assert likely(np.asarray([-(10**9), -6000, 0, 1000, 10**9])).tolist() == [2, 2, 500, 731, 998]


def test_a_page_that_is_told_well_has_a_bar_of_about_one_half_and_another_keeps_more() -> None:
    sure, words = np.asarray([5000, 5000, -5000, -5000]), np.asarray([50, 50, 50, 50])
    unsure = np.asarray([300, -700, -700, -900])
    bar = bars(Rows([4, 4]), np.concatenate((sure, unsure)), np.concatenate((words, words)))
    assert len(set(bar[:4].tolist())) == len(set(bar[4:].tolist())) == 1
    assert -100 <= bar[0] <= 0
    assert bar[4] < -500


def test_the_bar_is_where_the_expected_f1_is_best() -> None:
    score, words = np.asarray([900, 400, -200, -1500, -2500]), np.asarray([20, 9, 14, 30, 12])
    chance = likely(score) / 1000
    best = max(
        2 * (chance * words)[:kept].sum() / (words[:kept].sum() + (chance * words).sum()) for kept in range(1, 6)
    )
    (bar,) = set(bars(Rows([5]), score, words).tolist())
    assert abs(likely(np.asarray([bar]))[0] / 1000 - best / 2) < 0.02


def test_a_page_that_is_mostly_content_keeps_more() -> None:
    assert spared(np.asarray([0, 700, 825, 950, 1000])).tolist() == [0, 0, 250, 500, 500]
    scores, words = np.asarray([5000, 5000, 5000, -900]), np.asarray([50, 50, 50, 3])
    (clean,) = set(bars(Rows([4]), scores, words).tolist())
    (mixed,) = set(bars(Rows([4]), scores, words * [1, 1, 1, 50]).tolist())
    assert clean < -400 < mixed
