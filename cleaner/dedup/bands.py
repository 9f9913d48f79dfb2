"""Signatures → band keys: two sets that agree in all rows of a band meet in a bucket.

Two sets of Jaccard index ``j`` meet in one of ``b`` bands of ``r`` rows with the chance ``1 - (1 - j**r)**b``
(Leskovec, Rajaraman and Ullman, section 3.4).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.dedup.signatures import PERMUTATIONS, U32
from cleaner.tokens import U64, mix

#: Odd, so that no two bands and no two rows share a multiple of them.
_BAND_STEP, _ROW_STEP = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
#: Chance with which two sets just at the threshold have to meet. 16 bands of 8 rows give 0.947 at 0.8, and found
#: 99.5 % of all pairs above (benchmarks/duplicates.py).
_CHANCE = 0.94


class Shape(NamedTuple):
    """How a signature is cut: ``bands`` bands of ``rows`` rows; rows beyond are not used."""

    bands: int = 16
    rows: int = 8

    def chance(self, jaccard: float) -> float:
        """The chance with which two sets of this Jaccard index meet in one band at least."""
        return float(1 - (1 - jaccard**self.rows) ** self.bands)

    @classmethod
    def of(cls, threshold: float, permutations: int = PERMUTATIONS) -> Shape:
        """The bands of most rows, so with the fewest false proposals, that still find pairs at the threshold.

        >>> Shape.of(0.8)
        Shape(bands=16, rows=8)
        """
        shapes = (cls(permutations // rows, rows) for rows in range(permutations, 0, -1))
        return next((shape for shape in shapes if shape.chance(threshold) >= _CHANCE), cls(permutations, 1))


def band_keys(signatures: U32, shape: Shape) -> U64:
    """The keys, shape ``(sets, bands)``. A key holds for its band only: bands share no buckets."""
    used = signatures[:, : shape.bands * shape.rows].reshape(len(signatures), shape.bands, shape.rows)
    keys = np.zeros(used.shape[:2], np.uint64)
    for row in range(shape.rows):
        keys = keys * np.uint64(_ROW_STEP) + mix(used[:, :, row].astype(np.uint64))
    return mix(keys + np.arange(1, shape.bands + 1, dtype=np.uint64) * np.uint64(_BAND_STEP))
