"""One sum on the other, with no page shown to weights that were fitted on it.

The pages are dealt into folds by site. Each fold's sum of words comes from a lexicon of the other folds, and the trees
are fitted on those; so they learn how far to trust the words on pages that the lexicon has not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cleaner.detectors import Detector
from cleaner.fit.boost import fit_sum
from cleaner.fit.examples import Chunk, chunks
from cleaner.fit.forms import Labelled
from cleaner.fit.words import fit_lexicon
from cleaner.score.again import again
from cleaner.score.lexicon import Lexicon
from cleaner.score.rows import F64, Columns, Flags
from cleaner.score.scorer import Looks, Weights, word_columns
from cleaner.score.trees import Sum
from cleaner.score.web import has_verdict, web_columns
from cleaner.tokens import I64

FOLDS = 5
#: The name of a judged block's text.
JUDGED = "text"
_THREADS = 2

#: Trees and pace of a first look and of a second, and of the look at web pages, which have more columns and one look.
_FIRST, _AGAIN, _WEB = (150, 30.0), (200, 30.0), (200, 33.0)

_Table = dict[str, NDArray[np.float32]]
#: Some forms of pages with their fold and their columns.
_Part = tuple[int, Chunk, Columns]


@dataclass(frozen=True)
class Fitted:
    """The weights of all pages, and for each fold those of the others; ``fold`` says in which a group of pages is."""

    weights: Weights
    others: Sequence[Weights]
    fold: Mapping[str, int]


@dataclass(frozen=True)
class _Examples:
    """Rows to fit on; those of which nobody knows what they are weigh nothing."""

    columns: _Table
    label: Flags
    weight: F64
    fold: I64


def folds(*kinds: Sequence[Labelled]) -> dict[str, int]:
    """A fold for each group of pages; the folds are of like size in pages of each kind."""
    of: dict[str, int] = {}
    for pages in kinds:
        sizes = Counter(page.group for page in pages if page.group not in of)
        held = [0] * FOLDS
        for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
            of[group] = held.index(min(held))
            held[of[group]] += size
    return of


def fit(
    pages: Sequence[Labelled],
    detectors: Sequence[Detector],
    tell: Callable[[str], None],
    judged: Sequence[Labelled] = (),
    web: Sequence[Labelled] = (),
) -> Fitted:
    """Fits everything. ``detectors`` are those that come before the learned score.

    ``judged`` are single blocks that somebody kept or removed. They stand beside no others, so only the words learn.
    ``web`` are web pages; they have a sum of their own, over the same words.
    """
    fold = folds(pages, web)
    pages = sorted(pages, key=lambda page: fold[page.group])
    dealt = np.asarray([fold[page.group] for page in pages])
    data: list[list[Chunk]] = []
    for k in range(FOLDS):
        own = [page for page in pages if fold[page.group] == k]
        data.append([_from(chunk, int(np.searchsorted(dealt, k))) for chunk in chunks(own, detectors)])
    flat = [chunk for own in data for chunk in own]
    whole = list(pages[0].documents)
    tell(f"{len(pages)} pages, {sum(chunk.rows.count for chunk in flat)} blocks in all their forms")
    said = [_from(chunk, len(pages)) for chunk in chunks(judged, detectors)]
    everywhere = np.ones(len(judged), bool)
    *lexica, lexicon = [
        fit_lexicon([*flat, *said], np.concatenate((dealt != k, everywhere)), [*whole, JUDGED])
        for k in (*range(FOLDS), FOLDS)
    ]
    tell(f"{len(lexicon.names)} words and pairs with weights")
    blind = _looks([(k, chunk, chunk.columns) for k, own in enumerate(data) for chunk in own])
    tell("sums without words fitted")
    sighted = _looks([(k, chunk, _sighted(chunk, lexica[k])) for k, own in enumerate(data) for chunk in own])
    tell("sums fitted")
    del data, flat
    of_web: Sequence[Looks | None] = [None] * (FOLDS + 1)
    if web:
        of_web = list(map(Looks, _sums(_examples(_of_web(web, fold, detectors, lexica)), *_WEB)))
        tell(f"sums of {len(web)} web pages fitted")
    *others, weights = [Weights(*own) for own in zip((*lexica, lexicon), sighted, blind, of_web, strict=True)]
    return Fitted(weights, others, fold)


def _from(chunk: Chunk, first: int) -> Chunk:
    return replace(chunk, page=chunk.page + first)


def _of_web(
    pages: Sequence[Labelled], fold: Mapping[str, int], detectors: Sequence[Detector], lexica: Sequence[Lexicon]
) -> Iterator[_Part]:
    told = [page for page in pages if all(map(has_verdict, page.documents.values()))]
    for k in range(FOLDS):
        for chunk in chunks([page for page in told if fold[page.group] == k], detectors):
            yield k, chunk, _sighted(chunk, lexica[k]) | web_columns(chunk.rows, chunk.batch)


def _looks(parts: Sequence[_Part]) -> list[Looks]:
    """For each fold the two looks of the others, and last those of all.

    What a second look is fitted on, the first says of pages that it was not fitted on.
    """
    firsts = _sums(_examples(parts), *_FIRST)
    seconds = _sums(
        _examples((k, chunk, columns | _seen(chunk, columns, firsts[k])) for k, chunk, columns in parts), *_AGAIN
    )
    return list(map(Looks, firsts, seconds))


def _seen(chunk: Chunk, columns: Columns, first: Sum) -> Columns:
    said = first.total(first.bins(columns, chunk.rows.at))
    everywhere = np.ones(chunk.rows.count, bool)
    return again(chunk.rows, chunk.vocabulary, said, chunk.batch.tokens.counts, chunk.headings, everywhere)


def _examples(parts: Iterable[_Part]) -> _Examples:
    """Of each chunk, with its fold and its columns, the rows that have words."""
    tables: list[_Table] = []
    labels, weights, numbers = [], [], []
    for k, chunk, columns in parts:
        rows = chunk.batch.tokens.counts > 0
        tables.append({name: np.asarray(column[rows], np.float32) for name, column in columns.items()})
        labels.append(chunk.label[rows])
        weights.append(chunk.weight[rows])
        numbers.append(np.full(np.count_nonzero(rows), k))
    joined = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    return _Examples(joined, np.concatenate(labels), np.concatenate(weights), np.concatenate(numbers))


def _sums(data: _Examples, trees: int, pace: float) -> list[Sum]:
    """For each fold the sum of the others, and last that of all."""

    def one(k: int) -> Sum:
        rows = data.fold != k
        columns = {name: column[rows] for name, column in data.columns.items()}
        return fit_sum(columns, data.label[rows], data.weight[rows], trees, pace)

    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(one, (*range(FOLDS), FOLDS)))


def _sighted(chunk: Chunk, lexicon: Lexicon) -> Columns:
    voices, known = lexicon.heard(chunk.grams)
    return chunk.columns | word_columns(chunk.rows, chunk.columns, lexicon, voices, known)
