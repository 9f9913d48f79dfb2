"""One sum on the other, with no page shown to weights that were fitted on it.

The pages are dealt into folds by site. Each fold's first sums come from a lexicon of the other folds, its second sums
from tables of the other folds, and the last tables are fitted on those; so each sum learns how far to trust the one
below it on pages that one has not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cleaner.detectors import Detector
from cleaner.fit.boost import fit_sum
from cleaner.fit.examples import Chunk, chunks
from cleaner.fit.forms import Labelled
from cleaner.fit.words import fit_lexicon
from cleaner.score.features import Columns
from cleaner.score.lexicon import Lexicon
from cleaner.score.rows import Flags
from cleaner.score.scorer import Stack, Weights, first_columns, last_columns
from cleaner.score.tables import Sum
from cleaner.tokens import I64

FOLDS = 5
_THREADS = 2

Table = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Fitted:
    """The weights of all pages, and for each fold those of the others, with the fold of each page."""

    weights: Weights
    others: Sequence[Weights]
    fold: Sequence[int]


def folds(pages: Sequence[Labelled]) -> list[int]:
    """A fold a page; pages of one group share it, and folds are of like size."""
    sizes = Counter(page.group for page in pages)
    held = [0] * FOLDS
    of: dict[str, int] = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        of[group] = held.index(min(held))
        held[of[group]] += size
    return [of[page.group] for page in pages]


def fit(pages: Sequence[Labelled], detectors: Sequence[Detector], tell: Callable[[str], None]) -> Fitted:
    """Fits everything. ``detectors`` are those that come before the learned score."""
    fold = folds(pages)
    order = sorted(range(len(pages)), key=lambda number: fold[number])
    pages = [pages[number] for number in order]
    dealt = np.asarray([fold[number] for number in order])
    data: list[list[Chunk]] = []
    for k in range(FOLDS):
        own = [page for page, where in zip(pages, dealt, strict=True) if where == k]
        data.append([_from(chunk, int(np.searchsorted(dealt, k))) for chunk in chunks(own, detectors)])
    flat = [chunk for own in data for chunk in own]
    whole = list(pages[0].texts)
    tell(f"{len(pages)} pages, {sum(chunk.rows.count for chunk in flat)} blocks in all their forms")
    lexica = [fit_lexicon(flat, dealt != k, whole) for k in range(FOLDS)]
    lexicon = fit_lexicon(flat, dealt >= 0, whole)
    tell(f"{len(lexicon.weights)} weights of words and pairs")
    seen = _Stacks(data, lexica, blind=False)
    sighted = seen.fit(lexicon)
    tell("tables fitted")
    unseen = _Stacks(data, lexica, blind=True)
    blind = unseen.fit(lexicon)
    tell("tables for unknown languages fitted")
    near, far = sighted
    others = [Weights(lexica[k], Stack(near[k], far[k]), Stack(blind[0][k], blind[1][k])) for k in range(FOLDS)]
    weights = Weights(lexicon, Stack(near[-1], far[-1]), Stack(blind[0][-1], blind[1][-1]))
    return Fitted(weights, others, fold)


def _from(chunk: Chunk, first: int) -> Chunk:
    return replace(chunk, page=chunk.page + first)


class _Stacks:
    """The second and last sums, with or without the first."""

    def __init__(self, data: Sequence[Sequence[Chunk]], lexica: Sequence[Lexicon], *, blind: bool) -> None:
        self.data, self.lexica, self.blind = data, lexica, blind
        self.fold = np.concatenate([np.full(c.rows.count, k) for k, own in enumerate(data) for c in own])
        flat = [chunk for own in data for chunk in own]
        self.label = np.concatenate([chunk.label for chunk in flat])
        self.weight = np.concatenate([chunk.weight for chunk in flat])
        self.some = np.concatenate([chunk.batch.tokens.counts > 0 for chunk in flat])

    def fit(self, lexicon: Lexicon) -> tuple[list[Sum], list[Sum]]:
        """For each fold the sums of the others, and last those of all."""
        columns = _joined(self._first())
        near = self._sums(columns)
        score = np.zeros(len(self.fold), np.int64)
        for k in range(FOLDS):
            here = self.fold == k
            own = {name: column[here] for name, column in columns.items()}
            score[here] = near[k].total(near[k].bins(own), int(here.sum()))
        far = self._sums(_joined(self._last(columns, score)))
        return near, far

    def _first(self) -> Iterator[Table]:
        for k, own in enumerate(self.data):
            for chunk in own:
                if self.blind:
                    score = known = None
                else:
                    score, known = self.lexica[k].score(chunk.batch.tokens, chunk.grams)
                yield _thin(first_columns(chunk.rows, chunk.batch, chunk.found, score, known))

    def _last(self, columns: Table, score: I64) -> Iterator[Table]:
        at = 0
        for own in self.data:
            for chunk in own:
                here = slice(at, at + chunk.rows.count)
                at = here.stop
                own_columns = {name: column[here] for name, column in columns.items()}
                yield _thin(last_columns(chunk.rows, own_columns, score[here]))

    def _sums(self, columns: Table) -> list[Sum]:
        with ThreadPoolExecutor(_THREADS) as pool:
            return list(pool.map(lambda k: self._sum(columns, self.some & (self.fold != k)), (*range(FOLDS), FOLDS)))

    def _sum(self, columns: Table, rows: Flags) -> Sum:
        own = {name: column[rows] for name, column in columns.items()}
        return fit_sum(own, self.label[rows], self.weight[rows])


def _thin(columns: Columns) -> Table:
    return {name: np.asarray(column, np.float32) for name, column in columns.items()}


def _joined(tables: Iterator[Table]) -> Table:
    parts = list(tables)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
