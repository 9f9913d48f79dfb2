from __future__ import annotations

import numpy as np
import pytest

from cleaner.dedup.bands import Shape, band_keys


@pytest.mark.parametrize(
    ("threshold", "shape"), [(0.5, (42, 3)), (0.7, (25, 5)), (0.8, (16, 8)), (0.9, (10, 12)), (1.0, (1, 128))]
)
def test_the_shape_for_a_threshold(threshold: float, shape: tuple[int, int]) -> None:
    assert Shape.of(threshold) == shape
    assert Shape.of(threshold).chance(threshold) >= 0.94


def test_the_chance_of_meeting_is_as_said() -> None:
    assert Shape(16, 8).chance(0.8) == pytest.approx(0.947, abs=0.001)
    assert Shape(14, 8).chance(0.8) == pytest.approx(0.924, abs=0.001)


def test_a_key_stands_for_the_rows_of_its_band() -> None:
    one = np.arange(128, dtype=np.uint32)
    other = one.copy()
    other[8 * 3 + 5] += 1
    keys = band_keys(np.array([one, other, one[::-1]]), Shape(16, 8))
    assert keys.shape == (3, 16)
    assert (keys[0] != keys[1]).nonzero()[0].tolist() == [3]
    assert not (keys[0] == keys[2]).any()


def test_bands_share_no_keys() -> None:
    keys = band_keys(np.zeros((1, 128), np.uint32), Shape(16, 8))
    assert len(set(keys[0].tolist())) == 16


def test_the_order_of_rows_counts_and_rows_beyond_do_not() -> None:
    rows = np.array([[1, 2, 3, 4, 9], [2, 1, 3, 4, 9], [1, 2, 3, 4, 8]], np.uint32)
    keys = band_keys(rows, Shape(2, 2))
    assert keys[0].tolist() == keys[2].tolist()
    assert (keys[0] == keys[1]).tolist() == [False, True]
