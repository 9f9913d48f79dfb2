from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH

from cleaner.dedup.signatures import EMPTY, permutations, signatures
from cleaner.tokens import TokenTable
from tests.support import PROSE


@pytest.mark.parametrize(("count", "seed"), [(128, 1), (64, 1), (16, 7)])
def test_permutations_are_datasketchs(count: int, seed: int) -> None:
    theirs = MinHash(count, seed=seed, scheme="affine32").permutations
    assert [own.tolist() for own in permutations(count, seed)] == theirs.tolist()


def test_rows_work_as_datasketchs_own() -> None:
    text = " ".join(PROSE)
    hashes, owners = TokenTable.of([text, text + " And so it went on.", PROSE[0]]).shingles
    made = signatures(hashes, np.searchsorted(owners, np.arange(4)))
    loaded = [MinHash(hashvalues=row, scheme="affine32") for row in made]
    index = MinHashLSH(threshold=0.8, num_perm=128)
    for number, own in enumerate(loaded):
        index.insert(number, own)
    assert sorted(index.query(loaded[0])) == [0, 1]
    assert 0.8 < loaded[0].jaccard(loaded[1]) < 1


def test_a_set_over_many_chunks_and_empty_ones_beside_it() -> None:
    hashes = np.arange(30_000, dtype=np.uint64)
    made = signatures(hashes, np.array([0, 0, 29_990, 29_990, 30_000, 30_000]))
    assert made.shape == (5, 128)
    assert [(row == EMPTY).all() for row in made] == [True, False, True, False, True]
    assert made[1].tolist() == signatures(hashes[:29_990], np.array([0, 29_990]))[0].tolist()


def test_no_sets() -> None:
    assert signatures(np.empty(0, np.uint64), np.zeros(1, np.int64)).shape == (0, 128)
