"""One sum on the other, with no page shown to weights that were fitted on it.

The pages are dealt into folds by site. Each fold's sum of words comes from a lexicon of the other folds, and the tables
are fitted on those; so they learn how far to trust the words on pages that the lexicon has not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cleaner.detectors import Detector
from cleaner.fit.boost import fit_sum
from cleaner.fit.examples import Chunk, chunks
from cleaner.fit.forms import Labelled
from cleaner.fit.words import fit_lexicon
from cleaner.score.lexicon import Lexicon
from cleaner.score.scorer import Weights, word_columns
from cleaner.score.tables import Sum

FOLDS = 5
#: The name of a judged block's text.
JUDGED = "text"
_THREADS = 2

Table = dict[str, NDArray[np.float32]]


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


def fit(
    pages: Sequence[Labelled],
    detectors: Sequence[Detector],
    tell: Callable[[str], None],
    judged: Sequence[Labelled] = (),
) -> Fitted:
    """Fits everything. ``detectors`` are those that come before the learned score.

    ``judged`` are single blocks that somebody kept or removed. They stand beside no others, so only the words learn.
    """
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
    said = [_from(chunk, len(pages)) for chunk in chunks(judged, detectors)]
    everywhere = np.ones(len(judged), bool)
    *lexica, lexicon = [
        fit_lexicon([*flat, *said], np.concatenate((dealt != k, everywhere)), [*whole, JUDGED])
        for k in (*range(FOLDS), FOLDS)
    ]
    tell(f"{len(lexicon.names)} words and pairs with weights")
    blind = _sums(data, _joined([_thin(chunk.columns) for chunk in flat]))
    tell("tables without words fitted")
    sighted = _sums(data, _joined([_sighted(chunk, lexica[k]) for k, own in enumerate(data) for chunk in own]))
    tell("tables fitted")
    others = [Weights(lexica[k], sighted[k], blind[k]) for k in range(FOLDS)]
    return Fitted(Weights(lexicon, sighted[-1], blind[-1]), others, fold)


def _from(chunk: Chunk, first: int) -> Chunk:
    return replace(chunk, page=chunk.page + first)


def _sums(data: Sequence[Sequence[Chunk]], columns: Table) -> list[Sum]:
    """For each fold the sum of the others, and last that of all."""
    flat = [chunk for own in data for chunk in own]
    fold = np.concatenate([np.full(chunk.rows.count, k) for k, own in enumerate(data) for chunk in own])
    label = np.concatenate([chunk.label for chunk in flat])
    weight = np.concatenate([chunk.weight for chunk in flat])
    some = np.concatenate([chunk.batch.tokens.counts > 0 for chunk in flat])

    def one(k: int) -> Sum:
        rows = some & (fold != k)
        return fit_sum({name: column[rows] for name, column in columns.items()}, label[rows], weight[rows])

    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(one, (*range(FOLDS), FOLDS)))


def _sighted(chunk: Chunk, lexicon: Lexicon) -> Table:
    voices, known = lexicon.heard(chunk.batch.tokens, chunk.grams)
    return _thin(chunk.columns | word_columns(chunk.rows, chunk.columns, lexicon, voices, known))


def _thin(columns: dict[str, NDArray[np.floating] | NDArray[np.int64]]) -> Table:
    return {name: np.asarray(column, np.float32) for name, column in columns.items()}


def _joined(tables: Sequence[Table]) -> Table:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
