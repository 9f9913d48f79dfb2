"""The trees' fit: gradient boosting, its trees small enough that each asks three questions at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.fit.examples import sample
from cleaner.score.rows import F64, Flags
from cleaner.score.trees import QUESTIONS, WEIGHTS, Question, Sum

#: Bins a column, and rows to fit on.
_BINS, _ROWS = 32, 200_000
_OPTIONS: dict[str, Any] = {
    "max_depth": 3, "max_leaf_nodes": QUESTIONS + 1, "min_samples_leaf": 150,
    "l2_regularization": 30.0, "max_bins": 255, "early_stopping": False, "random_state": 0,
}  # fmt: skip


def fit_sum(columns: Mapping[str, NDArray[np.float32]], label: Flags, weight: F64, trees: int, pace: float) -> Sum:
    """So many trees that tell ``label`` from the columns; ``weight`` is what a row counts.

    ``pace`` is the learning rate times the number of trees: more of them say less each.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows, weight = sample(weight, _ROWS)
    edges = {name: own for name, column in columns.items() if len(own := _edges(column[rows]))}
    bins = np.stack([own.searchsorted(columns[name][rows], side="right") for name, own in edges.items()], 1)
    model = HistGradientBoostingClassifier(**_OPTIONS, max_iter=trees, learning_rate=pace / trees)
    model.fit(bins.astype(np.uint8), label[rows], sample_weight=weight)
    made = [_tree(tree.nodes, list(edges.items())) for (tree,) in model._predictors]
    bias = round(1000 * float(model._baseline_prediction.item()))
    return Sum.of(bias, [asked for asked, _ in made], np.asarray([weights for _, weights in made], np.int64))


def _edges(column: NDArray[np.float32]) -> F64:
    """Where bins begin: at every value of a column of few, else at quantiles."""
    values = np.unique(column)
    if len(values) > _BINS:
        # values that many rows share keep a bin of their own
        values = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[:-1], method="higher"))
    return np.unique([float(f"{value:.5g}") for value in values[1:].tolist()])


def _tree(nodes: Any, edges: list[tuple[str, F64]]) -> tuple[list[Question], list[int]]:
    """What the tree asks, and what it says before and after each answer, level by level.

    Before the last answer it says the mean of what it goes on to say, over the rows it was fitted on. Where it is at
    an end early, it asks its first question again and says the same after either answer.
    """
    means: dict[int, float] = {}

    def mean(node: int) -> float:
        if node not in means:
            own = nodes[node]
            sides = [] if own["is_leaf"] else [int(own["left"]), int(own["right"])]
            counts = [int(nodes[side]["count"]) for side in sides]
            total = sum(count * mean(side) for count, side in zip(counts, sides, strict=True))
            means[node] = total / sum(counts) if sides else float(own["value"])
        return means[node]

    questions: list[Question] = []
    places = [0]  # the node at each place, level by level
    while len(places) < WEIGHTS:
        own = nodes[places[len(questions)]]
        name, values = edges[int((nodes[0] if own["is_leaf"] else own)["feature_idx"])]
        last = int(np.floor((nodes[0] if own["is_leaf"] else own)["num_threshold"]))  # the last bin that goes left
        questions.append((name, float(values[last])))
        places += 2 * [places[len(questions) - 1]] if own["is_leaf"] else [int(own["left"]), int(own["right"])]
    return questions, [round(1000 * mean(node)) for node in places]
