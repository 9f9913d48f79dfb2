"""Small weights for tests: words about signing in against everything else, by one tree or two each."""

from __future__ import annotations

import numpy as np

from cleaner.score.lexicon import Lexicon
from cleaner.score.scorer import Looks, Weights
from cleaner.score.trees import QUESTIONS, Question, Sum


def _tree(first: Question, others: Question, weights: list[int]) -> tuple[list[Question], list[int]]:
    """A tree of two questions; ``weights`` are those of the start, the first answers and the four second ones."""
    return [first, *[others] * (QUESTIONS - 1)], [*weights, *(weight for weight in weights[3:] for _ in range(2))]


def _sum(bias: int, *trees: tuple[list[Question], list[int]]) -> Sum:
    return Sum.of(bias, [questions for questions, _ in trees], np.asarray([weights for _, weights in trees]))


SIGHTED = _sum(10, _tree(("words", 3.0), ("words", 8.0), [0, -2000, 1000, -2000, -2000, 0, 2000]))
BLIND = _sum(
    -5,
    _tree(("words", 5.0), ("words", 5.0), [0, -3000, 3000, -3000, -3000, 3000, 3000]),
    _tree(("kind", 1.0), ("words", 5.0), [-200, -250, 3, 0, -500, 0, 7]),
)
LEXICON = Lexicon(["sign in", "the"], np.asarray([[-900, -300, 0, -20], [300, 0, 40, 0]]), 20)
SMALL = Weights(LEXICON, Looks(SIGHTED, SIGHTED), Looks(BLIND, BLIND))
