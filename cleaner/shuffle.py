"""Rows of numbers on disk, brought together by their first column in parts that fit into memory.

The grouping of a map-reduce on one machine: what has equal keys ends in one part, parts are as small as asked for
whatever the number of rows, and which rows meet does not depend on the parts. The files have no names, so that
nothing is left behind however the process ends; they lie in the system's folder for temporary files (``TMPDIR``).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import numpy as np

from cleaner.tokens import I64, U64, mix

#: Parts a file is divided into at a time, each with an open file and a buffer; parts still too large are divided again.
_FAN_OUT = 64
#: Bytes that are read at a time where rows are gone through.
_SLICE = 1 << 20


class Spool:
    """Rows of ``width`` unsigned 64-bit numbers, added at the end and read in any order."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the spool
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def close(self) -> None:
        """Gives the disk space back."""
        self._file.close()

    def add(self, rows: U64) -> None:
        """Adds rows, shape ``(n, width)`` or, of one column, ``(n,)``. Raises ``OSError``."""
        self._file.write(np.ascontiguousarray(rows, np.uint64).data)
        self._rows += len(rows)

    def read(self, start: int, stop: int) -> U64:
        """The rows ``start`` to ``stop``, shape ``(stop - start, width)``. Raises ``OSError``."""
        self._file.flush()
        at, end = start * self.width * 8, stop * self.width * 8
        rows = np.empty((stop - start, self.width), np.uint64)
        room = rows.data.cast("B") if rows.size else memoryview(b"")
        done = 0
        while at + done < end:
            count = os.preadv(self._file.fileno(), [room[done:]], at + done)
            if not count:
                raise OSError("a temporary file is shorter than what was written to it")
            done += count
        return rows

    def slices(self, most: int = 0) -> Iterator[U64]:
        """All rows in order, ``most`` at a time."""
        most = most or max(1, _SLICE // (self.width * 8))
        for start in range(0, self._rows, most):
            yield self.read(start, min(start + most, self._rows))

    def take(self, numbers: I64) -> U64:
        """The rows of these numbers, which ascend. What lies between them is passed over a slice at a time."""
        rows = np.empty((len(numbers), self.width), np.uint64)
        most = max(1, _SLICE // (self.width * 8))
        at = 0
        while at < len(numbers):
            start = int(numbers[at])
            end = int(np.searchsorted(numbers, start + most))
            own = numbers[at:end]
            rows[at:end] = self.read(start, int(own[-1]) + 1)[own - start]
            at = end
        return rows

    def parts(self, most: int, level: int = 0) -> Iterator[U64]:
        """All rows in parts of about ``most`` at the most; rows with equal first columns are in one part.

        More than that only if so many have one key. The spool is closed when its last part has been drawn.
        """
        if self._rows <= most:
            yield self.read(0, self._rows)
            self.close()
            return
        count = min(_FAN_OUT, 2 + self._rows // max(1, most))
        parts = [Spool(self.width) for _ in range(count)]
        try:
            for rows in self.slices():
                # the level is mixed in: what met in a part must come apart when that is divided again
                places = mix(mix(rows[:, 0]) + np.uint64(level + 1)) % np.uint64(count)
                for place in np.unique(places).tolist():
                    parts[place].add(rows[places == place])
            total = self._rows
            self.close()
            for part in parts:
                if len(part) == total:  # a single key: no division helps
                    yield part.read(0, total)
                else:
                    yield from part.parts(most, level + 1)
        finally:
            for part in parts:
                part.close()
