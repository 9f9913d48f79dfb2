"""Numbers by name about the lines of a document, kept as one table.

A page has hundreds of lines and dozens of names. As a table they are made and read by array operations; each line still
has a mapping of its own, for whoever asks about one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class Table:
    """``values`` has a row a line and a column a name; ``columns`` says which.

    The values are told when somebody first asks for them.
    """

    __slots__ = ("_tell", "_values", "columns")

    def __init__(self, columns: Mapping[str, int], tell: Callable[[], Values]) -> None:
        self.columns = columns
        self._tell: Callable[[], Values] | None = tell
        self._values: Values | None = None

    @property
    def values(self) -> Values:
        """The numbers."""
        if self._tell is not None:
            self._values, self._tell = self._tell(), None
        assert self._values is not None
        return self._values

    def rows(self, lines: int) -> list[Row]:
        """A mapping for each of so many lines."""
        return [Row(self, number) for number in range(lines)]


class Row(Mapping[str, float]):
    """What a table says of one line: every name of the table, 0 where nothing is to be said."""

    __slots__ = ("number", "table")

    def __init__(self, table: Table, number: int) -> None:
        self.table, self.number = table, number

    def __getitem__(self, name: str) -> float:
        return float(self.table.values[self.number, self.table.columns[name]])

    def __contains__(self, name: object) -> bool:
        return name in self.table.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.table.columns)

    def __len__(self) -> int:
        return len(self.table.columns)

    def __repr__(self) -> str:
        return repr(dict(self))


def gathered(lines: Sequence[Mapping[str, float]], names: Sequence[str]) -> dict[str, Values]:
    """For each name what the lines say under it, an array a name; 0 for those that say nothing.

    Lines of one table that follow each other are read at once.
    """
    found = np.zeros((len(names), len(lines)))
    at = 0
    for table, group in groupby(lines, key=lambda own: own.table if isinstance(own, Row) else None):
        run = list(group)
        if table is None:
            for place, own in enumerate(run, at):
                if own:
                    found[:, place] = [own.get(name, 0.0) for name in names]
        else:
            told = [number for number, name in enumerate(names) if name in table.columns]
            rows = table.values[[own.number for own in run if isinstance(own, Row)]]
            found[told, at : at + len(run)] = rows[:, [table.columns[names[number]] for number in told]].T
        at += len(run)
    return dict(zip(names, found, strict=True))
