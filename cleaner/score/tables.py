"""A sum of tables: a column's value falls into a bin, and the bin, or two columns' bins together, has a weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64
from cleaner.tokens import I64

#: One column's name, or two.
Names = tuple[str, ...]
#: The bin of each block in each column: a row a column.
Bins = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sum:
    """An additive model. All weights are thousandths, above 0 where they speak for content.

    ``edges``: for each column the values from which its next bin begins. ``tables``: for one column a weight a bin,
    for two a row a bin of the first and in it a weight a bin of the second.
    """

    bias: int
    edges: Mapping[str, F64]
    tables: Mapping[Names, I64]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row that each column has among the bins."""
        return {name: place for place, name in enumerate(self.edges)}

    def bins(self, columns: Mapping[str, NDArray[np.floating] | I64], at: I64) -> Bins:
        """The bins of the blocks ``at`` in all columns that have edges."""
        result = np.empty((len(self.edges), len(at)), np.intp)
        for own, (name, edges) in zip(result, self.edges.items(), strict=True):
            own[:] = edges.searchsorted(columns[name][at], side="right")
        return result

    def total(self, bins: Bins) -> I64:
        """The sum of each block."""
        weights, ones, others, widths, starts = self._joined
        at = bins[ones]
        at *= widths
        at += bins[others]
        at += starts
        result: I64 = weights.take(at).sum(0)
        result += self.bias
        return result

    @cached_property
    def _joined(self) -> tuple[I64, I64, I64, I64, I64]:
        """All tables in a row, for one look-up a block and pair of columns, and what tells where to look.

        The table of one column is added to the first of two in which that column has a part. With each table: its two
        columns, its width, and where it starts.
        """
        pairs = {names: table.astype(np.int64) for names, table in self.tables.items() if len(names) == 2}
        for names, table in self.tables.items():
            if len(names) == 1:
                whole = next((pair for pair in pairs if names[0] in pair), None)
                if whole is None:
                    pairs[names[0], names[0]] = np.diag(table)
                else:
                    pairs[whole] += table[:, np.newaxis] if whole[0] == names[0] else table
        tables = list(pairs.values())
        places = np.asarray([[self.places[name] for name in pair] for pair in pairs], np.intp).reshape(-1, 2)
        widths = np.asarray([table.shape[1] for table in tables], np.intp)
        starts = np.cumsum([0, *(table.size for table in tables)])[:-1]
        weights = np.concatenate([np.empty(0, np.int64), *(table.ravel() for table in tables)])
        return weights, places[:, 0], places[:, 1], widths[:, np.newaxis], starts[:, np.newaxis]

    def part(self, chosen: Iterable[Names]) -> Sum:
        """The sum over some of the tables, without the bias."""
        return Sum(0, self.edges, {names: self.tables[names] for names in chosen})
