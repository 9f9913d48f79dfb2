"""A sum of small trees: each asks up to three questions about a block's columns, and each answer moves its weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64
from cleaner.tokens import I64

#: A tree's questions, level by level: 1, 2 and 4. Those that follow question ``n`` are ``2n + 1`` and ``2n + 2``.
QUESTIONS = 7
#: What a tree says before the first question and after each answer, level by level: 1, 2, 4 and 8 weights.
WEIGHTS = 2 * QUESTIONS + 1
_LEAVES = QUESTIONS + 1
#: Values of a column: its bins are numbers of one byte.
_MOST = 255
#: Rows that are asked together: what they answer stays near the processor.
_ROWS = 1024

#: The bin of each block in each column: a row a column.
Bins = NDArray[np.uint8]
#: A column's name and a value: whether the column is below it.
Question = tuple[str, float]
_Answers = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sum:
    """Trees to add up. All weights are thousandths, above 0 where they speak for content.

    ``edges``: for each column the values that are asked for; a bin begins at each. ``columns`` and ``below``: for each
    tree and question the number of the column, and the bin under which the answer is yes. ``weights``: for each tree
    what it says at its start and after each answer; yes stands before no.
    """

    bias: int
    edges: Mapping[str, F64]
    columns: I64
    below: Bins
    weights: I64

    @classmethod
    def of(cls, bias: int, questions: Sequence[Sequence[Question]], weights: I64) -> Sum:
        """The sum of trees of :data:`QUESTIONS` questions and :data:`WEIGHTS` weights each.

        Raises ``ValueError`` if a column is asked about at more values than a bin's number can tell apart.
        """
        asked = sorted({question for tree in questions for question in tree})
        edges = {name: np.asarray([value for _, value in own]) for name, own in groupby(asked, itemgetter(0))}
        for name, own in edges.items():
            if len(own) > _MOST:
                raise ValueError(f"found {len(own)} values at which {name!r} is asked about; allowed: {_MOST}")
        column = np.repeat(np.arange(len(edges)), [len(own) for own in edges.values()])
        bins = np.concatenate([np.empty(0, np.int64), *(np.arange(1, len(own) + 1) for own in edges.values())])
        number = {question: at for at, question in enumerate(asked)}
        at = np.fromiter((number[question] for tree in questions for question in tree), np.int64).reshape(-1, QUESTIONS)
        return cls(bias, edges, column[at], bins[at].astype(np.uint8), np.reshape(weights, (-1, WEIGHTS)))

    @property
    def questions(self) -> list[list[Question]]:
        """What each tree asks, as :meth:`of` takes it."""
        names, edges = list(self.edges), list(self.edges.values())
        return [
            [(names[column], float(edges[column][below - 1])) for column, below in zip(*tree, strict=True)]
            for tree in zip(self.columns.tolist(), self.below.tolist(), strict=True)
        ]

    def bins(self, columns: Mapping[str, NDArray[np.floating] | I64], at: I64) -> Bins:
        """The bins of the blocks ``at`` in all columns that are asked about."""
        result = np.empty((len(self.edges), len(at)), np.uint8)
        for own, (name, edges) in zip(result, self.edges.items(), strict=True):
            values = columns[name]
            # quicker than a search for the bin: edges are few, and its branches cannot be foretold
            reached = (values if len(values) == len(at) else values[at]) >= edges[:, np.newaxis]
            reached.sum(0, dtype=np.uint8, out=own)
        return result

    def total(self, bins: Bins) -> I64:
        """The sum of each block."""
        result = np.full(bins.shape[1], self.bias, np.int64)
        pairs, starts = self._pairs
        for first in range(0, len(result), _ROWS):
            leaves = self._leaves(bins[:, first : first + _ROWS])
            at = _LEAVES * leaves[::2] + leaves[1::2] + starts
            result[first : first + _ROWS] += pairs.take(at).sum(0, dtype=np.int64)
        return result

    def told(self, bins: Bins) -> I64:
        """What the answers about each column add to the sum of each block: a row a column.

        With the bias and what the trees say before any question they add up to the total.
        """
        result = np.empty((len(self.edges), bins.shape[1]), np.int64)
        trees = np.arange(len(self.weights))[:, np.newaxis] * _LEAVES
        for first in range(0, bins.shape[1], _ROWS):
            part = result[:, first : first + _ROWS]
            leaves = self._leaves(bins[:, first : first + _ROWS])[: len(self.weights)] + trees
            places, count = np.arange(part.shape[1]), part.shape[1]
            total = np.zeros(part.size)
            for column, gained in self._steps:
                at = column.take(leaves)
                at *= count
                at += places
                total += np.bincount(at.ravel(), gained.take(leaves).ravel(), part.size)
            part[:] = np.rint(total).reshape(part.shape)
        return result

    def _leaves(self, bins: Bins) -> NDArray[np.uint8]:
        """The number of the leaf, from 0, where each block ends: a row a tree, and one of zeros if trees are odd."""
        first, *others = (
            bins[column] < below[:, np.newaxis] for column, below in zip(self.columns.T, self.below.T, strict=True)
        )
        second = _chosen(first, *others[:2])
        third = _chosen(first, _chosen(second, *others[2:4]), _chosen(second, *others[4:]))
        leaves = np.zeros((len(first) + len(first) % 2, bins.shape[1]), np.uint8)
        leaves[: len(first)] = QUESTIONS - (4 * first.view(np.uint8) + 2 * second.view(np.uint8) + third)
        return leaves

    @cached_property
    def _steps(self) -> list[tuple[I64, F64]]:
        """For each level and each leaf of all trees the column asked about on the way, and what its answer adds."""
        steps = []
        node = np.arange(QUESTIONS, WEIGHTS)
        while node[0]:
            over = (node - 1) // 2
            gained = self.weights[:, node] - self.weights[:, over]
            steps.append((self.columns[:, over].ravel(), gained.ravel().astype(np.float64)))
            node = over
        return steps

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int32], I64]:
        """The weights of all pairs of leaves of two trees, which halves the look-ups; where each two's start."""
        ends = self.weights[:, QUESTIONS:].astype(np.int32)
        ends = np.concatenate((ends, np.zeros((len(ends) % 2, _LEAVES), np.int32)))
        pairs = ends[::2, :, np.newaxis] + ends[1::2, np.newaxis]
        return pairs.ravel(), np.arange(len(pairs))[:, np.newaxis] * _LEAVES**2


def _chosen(which: _Answers, yes: _Answers, no: _Answers) -> _Answers:
    result: _Answers = no ^ (which & (yes ^ no))
    return result
