from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.score.rows import FAR, Rows, running

PAGES = Rows([3, 0, 2])
VALUES = np.asarray([1, 2, 3, 10, 20])


def test_sums_stay_in_their_page() -> None:
    sums = running(VALUES)
    assert PAGES.between(sums, 1, 0).tolist() == [1, 3, 5, 10, 30]
    assert PAGES.between(sums, -1, 1).tolist() == [2, 3, 0, 20, 0]
    assert PAGES.before(sums).tolist() == [0, 1, 3, 0, 10]
    assert PAGES.after(sums).tolist() == [5, 3, 0, 20, 0]
    assert PAGES.whole(sums).tolist() == [6, 6, 6, 30, 30]


def test_distances_stay_in_their_page() -> None:
    marked = np.asarray([False, True, False, False, True])
    assert PAGES.since(marked).tolist() == [FAR, 0, 1, FAR, 0]
    assert PAGES.until(marked).tolist() == [1, 0, FAR, 1, 0]


def _best_through(gains: list[int], at: int) -> int:
    return max(sum(gains[a:b]) for a in range(at + 1) for b in range(at + 1, len(gains) + 1))


@given(st.lists(st.lists(st.integers(-50, 50), max_size=8), max_size=5))
def test_runs_are_those_of_trying_all(pages: list[list[int]]) -> None:
    rows = Rows([len(page) for page in pages])
    found = rows.run_share(np.asarray([gain for page in pages for gain in page], np.int64))
    expected = []
    for page in pages:
        through = [_best_through(page, at) for at in range(len(page))]
        expected += [own / max(max(through), 1) for own in through]
    assert found.tolist() == expected
