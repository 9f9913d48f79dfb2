"""What the array kernels of cleaner/dedup/ must give, against datasketch, Python's sets and going one by one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dedup import signatures as signing
from cleaner.dedup.candidates import PIVOTS, distinct, pairs
from cleaner.dedup.clusters import components, stars
from cleaner.dedup.sets import Sets, jaccard
from cleaner.dedup.signatures import signatures
from cleaner.tokens import I64, U64, TokenTable
from tests.property.strategies import one_line

_hash = st.integers(0, 2**64 - 1)
_few = st.sampled_from([*range(6), 2**64 - 1])
_sets = st.lists(st.lists(st.one_of(_hash, _few), max_size=12), max_size=6)
_links = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


def _flat(sets: Sequence[Sequence[int]]) -> tuple[U64, I64]:
    hashes = np.array([value for own in sets for value in own], np.uint64)
    return hashes, np.cumsum([0, *map(len, sets)], dtype=np.int64)


def _by_datasketch(hashes: Sequence[int], **how: int) -> list[int]:
    own = MinHash(128, scheme="affine32", hashfunc=lambda value: value & 0xFFFFFFFF, **how)
    own.update_batch(hashes)
    return own.hashvalues.tolist()


@given(st.lists(one_line(), max_size=6))
def test_signatures_of_texts_are_datasketchs(views: list[str]) -> None:
    hashes, owners = TokenTable.of(views).shingles
    first = np.searchsorted(owners, np.arange(len(views) + 1))
    own = [hashes[start:end].tolist() for start, end in itertools.pairwise(first.tolist())]
    assert signatures(hashes, first).tolist() == [_by_datasketch(values) for values in own]


@given(_sets, st.integers(1, 9), st.integers(0, 3))
def test_signatures_are_datasketchs_however_they_are_cut_in_chunks(
    sets: list[list[int]], chunk: int, seed: int
) -> None:
    with patch.object(signing, "_CHUNK", chunk):
        made = signatures(*_flat(sets), seed=seed)
    assert made.tolist() == [_by_datasketch(own, seed=seed) for own in sets]


@given(_sets.filter(bool), st.data())
def test_jaccard_is_that_of_pythons_sets(sets: list[list[int]], data: st.DataObject) -> None:
    numbers = st.integers(0, len(sets) - 1)
    chosen = data.draw(st.lists(st.tuples(numbers, numbers), max_size=12))
    hashes, first = _flat(sets)
    owners = np.repeat(np.arange(len(sets)), np.diff(first))
    order = np.array(data.draw(st.permutations(range(len(hashes)))), np.int64)
    gathered = Sets.gathered(hashes[order], owners[order], len(sets))
    listed = Sets.of([np.unique(np.array(own, np.uint64)) for own in sets])
    assert gathered.values.tolist() == listed.values.tolist()
    assert gathered.first.tolist() == listed.first.tolist()
    expected = [len(set(sets[a]) & set(sets[b])) / max(1, len(set(sets[a]) | set(sets[b]))) for a, b in chosen]
    with patch("cleaner.dedup.sets._CHUNK", data.draw(st.integers(1, 40))):
        assert jaccard(gathered, np.array(chosen, np.int64).reshape(-1, 2)).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=150))
def test_pairs_are_all_of_a_bucket_and_of_a_large_one_those_with_its_first(postings: list[tuple[int, int]]) -> None:
    keys, members = (np.array(column, np.int64) for column in zip(*postings, strict=True)) if postings else ([], [])
    rows = list(pairs(np.array(keys, np.uint64), np.array(members, np.int64)))
    found = distinct(np.concatenate(rows)) if rows else []
    expected = set()
    for key in {key for key, _ in postings}:
        bucket = sorted(member for own, member in postings if own == key)
        expected |= {(a, b) for place, a in enumerate(bucket[:PIVOTS]) for b in bucket[place + 1 :] if a != b}
    assert [tuple(row) for row in found] == sorted(expected)


@given(_links)
def test_components_are_those_of_a_walk(links: list[tuple[int, int]]) -> None:
    root = list(range(15))
    for _ in root:
        for a, b in links:
            root[a] = root[b] = min(root[a], root[b])
    assert components(np.array(links, np.int64).reshape(-1, 2), 15).tolist() == root


@given(_links)
def test_stars_are_those_of_going_one_by_one(links: list[tuple[int, int]]) -> None:
    near = {frozenset(link) for link in links if link[0] != link[1]}
    star: list[int] = []
    for member in range(15):
        smaller = [other for other in range(member) if star[other] == other and {member, other} in near]
        star.append(min(smaller, default=member))
    rows = np.array([link for link in links if link[0] != link[1]], np.int64).reshape(-1, 2)
    assert stars(rows, 15).tolist() == star
