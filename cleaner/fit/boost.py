"""The tables' fit: boosted trees that each ask about one column or a named pair of columns, read off as tables.

A sum of such trees is a sum of functions of one or two binned columns, so it is written down as tables exactly.
Which pairs are worth a table is found by a first fit with free pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64, Flags
from cleaner.score.tables import Names, Sum

#: Bins a column, columns' pairs, and rows to fit on.
_BINS, _PAIRS, _ROWS = 24, 28, 100_000
_ROUNDS, _FREE_ROUNDS = 200, 60
_OPTIONS: dict[str, Any] = {
    "learning_rate": 0.12, "min_samples_leaf": 60, "l2_regularization": 5.0, "max_bins": 32,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip


def fit_sum(columns: Mapping[str, NDArray[np.float32]], label: Flags, weight: F64) -> Sum:
    """Tables that tell ``label`` from the columns; ``weight`` is what a row counts."""
    rows, weight = _sample(weight)
    names = list(columns)
    edges = {name: _edges(column[rows]) for name, column in columns.items()}
    bins = np.stack([np.searchsorted(edges[n], columns[n][rows], side="right") for n in names], 1).astype(np.float32)
    y = label[rows]
    free = _trees(bins, y, weight, None, max_iter=_FREE_ROUNDS, max_leaf_nodes=4, max_depth=2)
    pairs = _strongest(free, bins)
    cst = [set(pair) for pair in pairs] + [{n} for n in range(len(names))]
    model = _trees(bins, y, weight, cst, max_iter=_ROUNDS, max_leaf_nodes=6, max_depth=4)
    return _tables(model, names, edges, pairs, bins, weight)


def _sample(weight: F64) -> tuple[NDArray[np.int64], F64]:
    """Rows drawn as they count, and what each then counts: many short lines count little, and few of them do."""
    low, high = 0.0, float(weight.sum())
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(1, weight / middle).sum() > _ROWS else (low, middle)
    chance = np.minimum(1, weight / high)
    rows = np.flatnonzero(np.random.default_rng(0).random(len(weight)) < chance)
    own = weight[rows] / chance[rows]
    return rows, own / own.mean()


def _edges(column: NDArray[np.float32]) -> F64:
    """Where bins begin: at every value of a column of few, else at quantiles."""
    values = np.unique(column)
    if len(values) > _BINS:
        # values that many rows share keep a bin of their own
        values = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[:-1], method="higher"))
    return np.asarray([float(f"{value:.5g}") for value in values[1:].tolist()])


def _trees(bins: NDArray[np.float32], label: Flags, weight: F64, cst: Any, **options: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**_OPTIONS, **options, interaction_cst=cst)
    return model.fit(bins, label, sample_weight=weight)


def _strongest(model: Any, bins: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The pairs of columns that do most together: mixed differences of the model between common and rarer values."""
    count = bins.shape[1]
    middle = np.quantile(bins, 0.5, axis=0, method="nearest")
    tried = [np.quantile(bins, q, axis=0, method="nearest") for q in (0.1, 0.3, 0.7, 0.9)]
    pairs = list(combinations(range(count), 2))
    singles = np.stack([_with(middle, {n: t[n]}) for n in range(count) for t in tried])
    alone = model.decision_function(singles).reshape(count, len(tried)) - model.decision_function(middle[None])[0]
    force = np.zeros(len(pairs))
    base = model.decision_function(middle[None])[0]
    for a, one in enumerate(tried):
        for b, other in enumerate(tried):
            points = np.repeat(middle[None], len(pairs), 0)
            at = np.arange(len(pairs))
            i, j = np.asarray(pairs).T
            points[at, i], points[at, j] = one[i], other[j]
            force += np.abs(model.decision_function(points) - base - alone[i, a] - alone[j, b])
    return [pairs[n] for n in np.argsort(-force, kind="stable")[:_PAIRS]]


def _with(point: NDArray[np.float32], values: Mapping[int, float]) -> NDArray[np.float32]:
    changed = point.copy()
    for column, value in values.items():
        changed[column] = value
    return changed


def _tables(
    model: Any,
    names: list[str],
    edges: Mapping[str, F64],
    pairs: list[tuple[int, int]],
    bins: NDArray[np.float32],
    weight: F64,
) -> Sum:
    """The model as tables: differences from one point, exact for sums of functions of at most two columns.

    Each table is then centred on the rows fitted on, so that a term tells how a block differs from the common one.
    """
    zero = np.zeros(len(names), np.float32)
    origin = float(model.decision_function(zero[None])[0])
    sizes = [len(edges[name]) + 1 for name in names]
    singles = []
    for n, size in enumerate(sizes):
        points = np.repeat(zero[None], size, 0)
        points[:, n] = np.arange(size)
        singles.append(model.decision_function(points) - origin)
    tables: dict[Names, F64] = {}
    base = origin
    shares = [np.bincount(bins[:, n].astype(int), weight, size) / weight.sum() for n, size in enumerate(sizes)]
    for i, j in pairs:
        points = np.repeat(zero[None], sizes[i] * sizes[j], 0)
        points[:, i], points[:, j] = np.repeat(np.arange(sizes[i]), sizes[j]), np.tile(np.arange(sizes[j]), sizes[i])
        own = (model.decision_function(points) - origin).reshape(sizes[i], sizes[j])
        own = own - own[:, :1] - own[:1, :]  # row 0 and column 0 are the single tables
        along, across = own @ shares[j], shares[i] @ own
        mean = float(along @ shares[i])
        singles[i], singles[j], base = singles[i] + along - mean, singles[j] + across - mean, base + mean
        own = own - along[:, None] - across[None, :] + mean
        if np.abs(own).max() >= 0.02:
            tables[names[i], names[j]] = own
    for n, name in enumerate(names):
        mean = float(singles[n] @ shares[n])
        base += mean
        tables[(name,)] = singles[n] - mean
    milli = {key: np.rint(1000 * table).astype(np.int64) for key, table in tables.items()}
    milli = {key: table for key, table in milli.items() if table.any()}
    used = {name for key in milli for name in key}
    return Sum(
        round(1000 * base), {name: own for name, own in edges.items() if name in used}, dict(sorted(milli.items()))
    )
