"""A sum of tables: a column's value falls into a bin, and the bin, or two columns' bins together, has a weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64
from cleaner.tokens import I64

#: One column's name, or two.
Names = tuple[str, ...]
Bins = dict[str, NDArray[np.intp]]


@dataclass(frozen=True)
class Sum:
    """An additive model. All weights are thousandths, above 0 where they speak for content.

    ``edges``: for each column the values from which its next bin begins. ``tables``: for one column a weight a bin,
    for two a row a bin of the first and in it a weight a bin of the second.
    """

    bias: int
    edges: Mapping[str, F64]
    tables: Mapping[Names, I64]

    def bins(self, columns: Mapping[str, NDArray[np.floating] | I64]) -> Bins:
        """The bin of every row in each column that has edges."""
        return {name: np.searchsorted(edges, columns[name], side="right") for name, edges in self.edges.items()}

    def total(self, bins: Bins, rows: int) -> I64:
        """The sum of each row."""
        result = np.full(rows, self.bias, np.int64)
        for names, table in self.tables.items():
            result += self._looked_up(bins, names, table)
        return result

    def parts(self, bins: Bins, at: Sequence[int] | I64) -> I64:
        """What each table adds to the rows ``at``: a row a table, in their order."""
        some = {name: own[at] for name, own in bins.items()}
        return np.stack([self._looked_up(some, names, table) for names, table in self.tables.items()])

    @staticmethod
    def _looked_up(bins: Bins, names: Names, table: I64) -> I64:
        if len(names) == 1:
            return table[bins[names[0]]]
        one, other = names
        result: I64 = table.ravel()[bins[one] * table.shape[1] + bins[other]]
        return result
