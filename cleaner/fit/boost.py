"""The tables' fit: boosted trees that each ask about one column or a named pair of columns, read off as tables.

A sum of such trees is a sum of functions of one or two binned columns, so it is written down as tables exactly.
Which pairs are worth a table is found by a first fit with free pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.fit.examples import sample
from cleaner.score.rows import F64, Flags
from cleaner.score.tables import Names, Sum

#: Bins a column, columns' pairs, and rows to fit on.
_BINS, _PAIRS, _ROWS = 24, 60, 200_000
_ROUNDS, _FREE_ROUNDS = 200, 150
_OPTIONS: dict[str, Any] = {
    "learning_rate": 0.12, "min_samples_leaf": 60, "l2_regularization": 5.0, "max_bins": 32,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip


def fit_sum(columns: Mapping[str, NDArray[np.float32]], label: Flags, weight: F64) -> Sum:
    """Tables that tell ``label`` from the columns; ``weight`` is what a row counts."""
    rows, weight = sample(weight, _ROWS)
    names = list(columns)
    edges = {name: _edges(column[rows]) for name, column in columns.items()}
    bins = np.stack([np.searchsorted(edges[n], columns[n][rows], side="right") for n in names], 1).astype(np.float32)
    y = label[rows]
    free = _trees(bins, y, weight, None, max_iter=_FREE_ROUNDS, max_leaf_nodes=4, max_depth=2)
    pairs = _strongest(free)
    cst = [set(pair) for pair in pairs] + [{n} for n in range(len(names))]
    model = _trees(bins, y, weight, cst, max_iter=_ROUNDS, max_leaf_nodes=6, max_depth=4)
    return _tables(model, names, edges, pairs, bins, weight)


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


def _strongest(model: Any) -> list[tuple[int, int]]:
    """The pairs of columns that do most together: what splits by one under a split by the other gain."""
    gains: Counter[tuple[int, int]] = Counter()
    for (tree,) in model._predictors:
        root = tree.nodes[0]
        for side in () if root["is_leaf"] else (root["left"], root["right"]):
            below = tree.nodes[side]
            pair = sorted((int(root["feature_idx"]), int(below["feature_idx"])))
            if not below["is_leaf"] and pair[0] != pair[1]:
                gains[pair[0], pair[1]] += below["gain"]
    return sorted(gains, key=lambda pair: (-gains[pair], pair))[:_PAIRS]


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
