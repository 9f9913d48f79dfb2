from __future__ import annotations

import numpy as np
import pytest

from cleaner.score.trees import QUESTIONS, WEIGHTS, Question, Sum

NAMES = ("words", "place", "last")


def _made(trees: int, rows: int) -> tuple[Sum, list[list[Question]], np.ndarray, dict[str, np.ndarray]]:
    chance = np.random.default_rng(trees)
    questions = [
        [(NAMES[chance.integers(3)], float(chance.integers(1, 9))) for _ in range(QUESTIONS)] for _ in range(trees)
    ]
    weights = chance.integers(-900, 900, (trees, WEIGHTS))
    columns = {name: chance.integers(0, 10, rows).astype(float) for name in NAMES}
    return Sum.of(12, questions, weights), questions, weights, columns


def _by_hand(questions: list[Question], weights: np.ndarray, row: dict[str, float]) -> tuple[int, dict[str, int]]:
    """What one tree says of a row in the end, and what each column moved."""
    node, moved = 0, dict.fromkeys(NAMES, 0)
    while node < QUESTIONS:
        name, value = questions[node]
        after = 2 * node + (1 if row[name] < value else 2)
        moved[name] += int(weights[after] - weights[node])
        node = after
    return int(weights[node]), moved


@pytest.mark.parametrize(("trees", "rows"), [(1, 5), (2, 300), (7, 40), (0, 3), (4, 0)])
def test_trees_are_asked_as_by_hand(trees: int, rows: int) -> None:
    own, questions, weights, columns = _made(trees, rows)
    bins = own.bins(columns, np.arange(rows))
    totals, told = own.total(bins), own.told(bins)
    for at in range(rows):
        row = {name: float(column[at]) for name, column in columns.items()}
        answers = [_by_hand(*tree, row) for tree in zip(questions, weights, strict=True)]
        assert totals[at] == 12 + sum(said for said, _ in answers)
        moved = {name: sum(columns[name] for _, columns in answers) for name in NAMES}
        assert dict(zip(own.edges, told[:, at].tolist(), strict=True)) == {name: moved[name] for name in own.edges}
    assert (told.sum(0) + 12 + weights[:, 0].sum() == totals).all()


def test_a_column_has_no_more_values_than_bins_have_numbers() -> None:
    questions = [[("words", float(7 * tree + at)) for at in range(QUESTIONS)] for tree in range(37)]
    with pytest.raises(ValueError, match="found 259 values at which 'words' is asked about; allowed: 255"):
        Sum.of(0, questions, np.zeros((37, WEIGHTS), np.int64))


def test_questions_and_weights_can_be_had_back() -> None:
    own, questions, weights, _ = _made(5, 0)
    assert own.questions == questions
    assert own.weights.tolist() == weights.tolist()


def test_only_the_rows_asked_for_have_bins() -> None:
    own, _, _, columns = _made(3, 20)
    assert (
        own.total(own.bins(columns, np.asarray([4, 9]))) == own.total(own.bins(columns, np.arange(20)))[[4, 9]]
    ).all()
