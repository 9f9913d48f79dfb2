from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.shuffle import Spool
from cleaner.tokens import U64

_numbers = st.integers(0, 2**64 - 1)
_rows = st.lists(st.tuples(st.one_of(st.integers(0, 3), _numbers), _numbers), max_size=80)


def _spool(rows: Sequence[Sequence[int]], cut: int = 0) -> Spool:
    spool = Spool(2)
    own = _array(rows)
    spool.add(own[:cut])
    spool.add(own[cut:])
    return spool


def _array(rows: Sequence[Sequence[int]]) -> U64:
    return np.array(rows, np.uint64).reshape(-1, 2)


@given(_rows, st.integers(0, 80), st.integers(1, 90))
def test_rows_come_back_as_they_were_added(rows: list[tuple[int, int]], cut: int, most: int) -> None:
    spool = _spool(rows, cut)
    slices = list(spool.slices(most))
    assert len(spool) == len(rows)
    assert [tuple(row) for part in slices for row in part.tolist()] == rows
    assert all(0 < len(part) <= most for part in slices)
    numbers = np.arange(0, len(rows), 3)
    assert [tuple(row) for row in spool.take(numbers).tolist()] == rows[::3]


@given(_rows, st.integers(0, 40))
def test_parts_hold_everything_once_and_no_key_twice(rows: list[tuple[int, int]], most: int) -> None:
    parts = [part.tolist() for part in _spool(rows).parts(most)]
    assert sorted(tuple(row) for part in parts for row in part) == sorted(rows)
    keys = [key for part in parts for key in {row[0] for row in part}]
    assert len(keys) == len(set(keys))


def test_parts_are_no_larger_than_asked_for() -> None:
    rows = np.random.default_rng(5).integers(0, 2**63, (50_000, 2)).astype(np.uint64)
    sizes = [len(part) for part in _spool(rows.tolist()).parts(300)]
    assert sum(sizes) == 50_000
    assert max(sizes) <= 300


def test_a_key_that_fills_more_than_a_part_stays_together() -> None:
    rows = [(7, number) for number in range(500)] + [(number, 0) for number in range(100, 200)]
    parts = list(_spool(rows).parts(50))
    assert sorted(map(len, parts))[-1] == 500
    assert sum(map(len, parts)) == 600


def test_the_disk_is_given_back_with_the_last_part() -> None:
    spool = _spool([(number, 0) for number in range(100)])
    list(spool.parts(10))
    with pytest.raises(ValueError, match="closed file"):
        spool.read(0, 1)


def test_a_file_cut_short_is_an_error_not_an_endless_read() -> None:
    spool = _spool([(1, 2), (3, 4)])
    spool.read(0, 2)
    spool._file.truncate(16)
    with pytest.raises(OSError, match="shorter"):
        spool.read(0, 2)
