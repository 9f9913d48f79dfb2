"""The file of weights, as text: one gram or one table a line, tab-separated, all weights in thousandths.

::

    cleaner weights 1
    bias    words   -412
    bias    sighted.near    103
    edges   sighted.near    words   2 3 5 8
    table   sighted.near    words   310 120 -5 -80 -200
    table   sighted.near    words × last    12 0 / -4 7
    gram    -1204   sign in
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.errors import RuleError
from cleaner.score.lexicon import Lexicon
from cleaner.score.rows import F64
from cleaner.score.scorer import Stack, Weights
from cleaner.score.tables import Names, Sum
from cleaner.tokens import I64

HEAD = "cleaner weights 1"
SUMS = ("sighted.near", "sighted.far", "blind.near", "blind.far")
_BETWEEN = " × "


def dump(weights: Weights) -> str:
    """The file's text; :func:`parse` gives the same weights back."""
    return "\n".join([HEAD, *_lines(weights), ""])


def _lines(weights: Weights) -> Iterator[str]:
    yield f"bias\twords\t{weights.lexicon.bias}"
    stacks = weights.sighted, weights.blind
    for name, own in zip(SUMS, (part for stack in stacks for part in (stack.near, stack.far)), strict=True):
        yield f"bias\t{name}\t{own.bias}"
        for column, edges in own.edges.items():
            yield f"edges\t{name}\t{column}\t{' '.join(f'{edge:g}' for edge in edges.tolist())}"
        for columns, table in own.tables.items():
            rows = [" ".join(map(str, row)) for row in np.atleast_2d(table).tolist()]
            yield f"table\t{name}\t{_BETWEEN.join(columns)}\t{' / '.join(rows)}"
    for gram, weight in weights.lexicon.weights.items():
        yield f"gram\t{weight}\t{gram}"


def parse(text: str, origin: str) -> Weights:
    """The weights of a file; ``origin`` is what errors name. Raises ``RuleError``."""
    head, _, rest = text.partition("\n")
    if head != HEAD:
        raise RuleError(f"{origin}: line 1: found {head[:40]!r}; allowed: {HEAD!r}")
    start = rest.find("gram\t")
    tables, grams = (rest, "") if start < 0 else (rest[:start], rest[start:])
    biases: dict[str, int] = {}
    edges: dict[str, dict[str, F64]] = {name: {} for name in SUMS}
    found: dict[str, dict[Names, I64]] = {name: {} for name in SUMS}
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
    sums = [_sum(name, biases, edges[name], found[name], origin) for name in SUMS]
    return Weights(_lexicon(grams, biases, origin), Stack(*sums[:2]), Stack(*sums[2:]))


def _table(text: str) -> I64:
    rows = [np.asarray([int(weight) for weight in row.split()], np.int64) for row in text.split(" / ")]
    return rows[0] if len(rows) == 1 else np.stack(rows)


def _sum(name: str, biases: dict[str, int], edges: dict[str, F64], tables: dict[Names, I64], origin: str) -> Sum:
    for names, table in tables.items():
        if any(column not in edges for column in names) or table.shape != tuple(len(edges[c]) + 1 for c in names):
            raise RuleError(f"{origin}: table {_BETWEEN.join(names)} of {name} does not fit the edges of its columns")
    if name not in biases:
        raise RuleError(f"{origin}: no bias of {name}")
    return Sum(biases[name], edges, tables)


def _lexicon(grams: str, biases: dict[str, int], origin: str) -> Lexicon:
    try:
        parts = [line.split("\t") for line in grams.split("\n") if line]
        return Lexicon({gram: int(weight) for _, weight, gram in parts}, biases["words"])
    except (ValueError, KeyError):
        raise RuleError(f"{origin}: found a line that is no `gram<TAB>weight<TAB>words`, or no bias of words") from None
