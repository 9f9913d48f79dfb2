"""The file of weights, as text: one gram or one table a line, tab-separated, all weights in thousandths.

::

    cleaner weights 2
    bias    words   -412
    bias    sighted 103
    edges   sighted words   2 3 5 8
    table   sighted words   310 120 -5 -80 -200
    table   sighted words × last    12 0 / -4 7
    gram    -1204 -310 0 0  sign in

The four weights of a gram are those of :data:`.lexicon.VOICES`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from cleaner.errors import RuleError
from cleaner.score.lexicon import VOICES, Lexicon
from cleaner.score.rows import F64
from cleaner.score.scorer import MAKES, Weights
from cleaner.score.tables import Names, Sum
from cleaner.tokens import I64

HEAD = "cleaner weights 2"
_BETWEEN = " × "


def dump(weights: Weights) -> str:
    """The file's text; :func:`parse` gives the same weights back."""
    return "\n".join([HEAD, *_lines(weights), ""])


def _lines(weights: Weights) -> Iterator[str]:
    yield f"bias\twords\t{weights.lexicon.bias}"
    for name, own in zip(MAKES, weights.sums, strict=False):
        yield f"bias\t{name}\t{own.bias}"
        for column, edges in own.edges.items():
            yield f"edges\t{name}\t{column}\t{' '.join(f'{edge:g}' for edge in edges.tolist())}"
        for columns, table in own.tables.items():
            rows = [" ".join(map(str, row)) for row in np.atleast_2d(table).tolist()]
            yield f"table\t{name}\t{_BETWEEN.join(columns)}\t{' / '.join(rows)}"
    for gram, voices in zip(weights.lexicon.names, weights.lexicon.voices.tolist(), strict=True):
        yield f"gram\t{' '.join(map(str, voices))}\t{gram}"


def parse(data: bytes, origin: str, kept: bytes | None = None) -> Weights:
    """The weights of a file; ``origin`` is what errors name. Raises ``RuleError``.

    ``kept``: what :meth:`.Lexicon.kept` gave for the same file, if it is at hand. The grams, most of the file, are
    then not read before their names are asked for.
    """
    start = data.find(b"\ngram\t") + 1 or len(data)
    try:
        head, _, tables = data[:start].decode().partition("\n")
    except UnicodeDecodeError as error:
        raise RuleError(f"{origin}: cannot be read: {error}") from None
    if head != HEAD:
        raise RuleError(f"{origin}: line 1: found {head[:40]!r}; allowed: {HEAD!r}")
    grams = data[start:]
    biases: dict[str, int] = {}
    edges: dict[str, dict[str, F64]] = {name: {} for name in MAKES}
    found: dict[str, dict[Names, I64]] = {name: {} for name in MAKES}
    for number, line in enumerate(tables.rstrip("\n").split("\n"), 2):
        fields = line.split("\t")
        try:
            if fields[0] == "bias":
                biases[fields[1]] = int(fields[2])
            elif fields[0] == "edges":
                edges[fields[1]][fields[2]] = np.asarray([float(edge) for edge in fields[3].split()], np.float64)
            elif fields[0] == "table":
                found[fields[1]][tuple(fields[2].split(_BETWEEN))] = _table(fields[3])
            else:
                raise ValueError(fields[0])
        except (ValueError, KeyError, IndexError):
            raise RuleError(
                f"{origin}: line {number}: found {line[:40]!r}; allowed: bias, edges, table, gram"
            ) from None
    made = MAKES if "web" in biases else MAKES[:-1]
    sums = [_sum(name, biases, edges[name], found[name], origin) for name in made]
    if "words" not in biases:
        raise RuleError(f"{origin}: no bias of words")
    bias = biases["words"]
    lexicon = Lexicon.of_kept(_Names(grams), kept, bias) if kept else _lexicon(grams, bias, origin)
    return Weights(lexicon, *sums)


def _table(text: str) -> I64:
    """A row for each part between slashes, or one dimension if there are none. Raises ``ValueError``."""
    rows = text.count("/") + 1
    flat = _numbers(text.replace("/", " "))
    return flat.reshape(rows, -1) if rows > 1 else flat


def _numbers(text: str) -> I64:
    """Whole numbers between spaces. Raises ``ValueError``."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # what NumPy says of text that is no number
        try:
            return np.fromstring(text, np.int64, sep=" ")
        except DeprecationWarning as error:
            raise ValueError(text) from error


def _sum(name: str, biases: dict[str, int], edges: dict[str, F64], tables: dict[Names, I64], origin: str) -> Sum:
    for names, table in tables.items():
        if any(column not in edges for column in names) or table.shape != tuple(len(edges[c]) + 1 for c in names):
            raise RuleError(f"{origin}: table {_BETWEEN.join(names)} of {name} does not fit the edges of its columns")
    if name not in biases:
        raise RuleError(f"{origin}: no bias of {name}")
    return Sum(biases[name], edges, tables)


class _Names(Sequence[str]):
    """The grams at a file's end, looked up line by line: few are ever asked for."""

    def __init__(self, grams: bytes) -> None:
        self._data = grams.rstrip(b"\n") + b"\n" if grams else b""

    @cached_property
    def _ends(self) -> I64:
        return np.concatenate(([-1], np.flatnonzero(np.frombuffer(self._data, np.uint8) == 10)))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        line = self._data[int(self._ends[at]) + 1 : int(self._ends[at + 1])]
        return line.rpartition(b"\t")[2].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1


def _fields(grams: bytes) -> list[str]:
    return grams.decode().rstrip("\n").replace("\n", "\t").split("\t") if grams else []


def _lexicon(grams: bytes, bias: int, origin: str) -> Lexicon:
    try:
        fields = _fields(grams)
        if len(fields) % 3 or set(fields[::3]) - {"gram"}:
            raise ValueError
        voices = _numbers(" ".join(fields[1::3])).reshape(len(fields) // 3, len(VOICES))
        return Lexicon(fields[2::3], voices, bias)
    except (ValueError, OverflowError):
        raise RuleError(f"{origin}: found a line that is no `gram<TAB>{len(VOICES)} weights<TAB>words`") from None
