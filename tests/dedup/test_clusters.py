from __future__ import annotations

import numpy as np
import pytest

from cleaner.dedup.candidates import PIVOTS, distinct, pairs
from cleaner.dedup.clusters import components, stars
from cleaner.dedup.sets import Sets, jaccard


@pytest.mark.parametrize(
    ("links", "roots", "standing"),
    [
        ([], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
        ([(3, 1)], [0, 1, 2, 1, 4], [0, 1, 2, 1, 4]),
        ([(0, 1), (1, 2), (2, 3), (3, 4)], [0, 0, 0, 0, 0], [0, 0, 2, 2, 4]),  # ends of a chain are not alike
        ([(4, 0), (4, 1), (4, 2)], [0, 0, 0, 3, 0], [0, 1, 2, 3, 0]),
        ([(0, 1), (0, 1), (1, 0)], [0, 0, 2, 3, 4], [0, 0, 2, 3, 4]),
    ],
)
def test_clusters(links: list[tuple[int, int]], roots: list[int], standing: list[int]) -> None:
    rows = np.array(links, np.int64).reshape(-1, 2)
    assert components(rows, 5).tolist() == roots
    assert stars(rows, 5).tolist() == standing


def test_a_long_chain_is_one_component() -> None:
    order = np.random.default_rng(3).permutation(20_000)
    assert not components(np.column_stack((order[1:], order[:-1])), 20_000).any()


def test_a_bucket_of_everything_gives_pairs_in_proportion_to_its_size() -> None:
    rows = np.concatenate(list(pairs(np.zeros(10_000, np.uint64), np.arange(10_000))))
    assert len(rows) < PIVOTS * 10_000
    assert set(rows[:, 0].tolist()) == set(range(PIVOTS))
    assert not components(distinct(rows), 10_000).any()


def test_no_sets_no_pairs() -> None:
    empty = Sets.of([])
    assert jaccard(empty, np.empty((0, 2), np.int64)).tolist() == []
    assert len(Sets.gathered(np.empty(0, np.uint64), np.empty(0, np.int64), 3).sizes) == 3
    two = Sets.of([np.empty(0, np.uint64), np.array([5], np.uint64)])
    assert jaccard(two, np.array([[0, 0], [0, 1], [1, 1]])).tolist() == [0.0, 0.0, 1.0]
