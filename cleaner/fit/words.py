"""The lexicon's fit: a logistic regression on the grams of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from cleaner.fit.examples import Chunk
from cleaner.score.lexicon import END, MOST_DIGITS, START, Grams, Lexicon
from cleaner.score.rows import Flags
from cleaner.tokens import I64, U64

#: A gram must stand in so many pages.
_PAGES = 5
#: Inverse strength of the penalty.
_C = 0.5
#: Weights below so many thousandths are not worth their line.
_SMALLEST = 60

_WORD = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")


def fit_lexicon(data: Sequence[Chunk], chosen: Flags, forms: Sequence[str]) -> Lexicon:
    """A lexicon from the forms named ``forms`` of the pages ``chosen``, a flag a page."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    picked = [_pick(chunk, chosen, forms) for chunk in data]
    pairs = list(zip(data, picked, strict=True))
    vocabulary = _vocabulary((c.grams.hashes[grams], c.page_of[c.grams.views[grams]]) for c, (_, grams) in pairs)
    matrices, label, weight = [], [], []
    for chunk, (rows, grams) in pairs:
        hashes, views = chunk.grams.hashes[grams], chunk.grams.views[grams]
        number = np.minimum(np.searchsorted(vocabulary, hashes), len(vocabulary) - 1)
        known = vocabulary[number] == hashes
        root = np.sqrt(np.bincount(views, minlength=chunk.rows.count))[views[known]]
        cells = (1 / root).astype(np.float32), (views[known], number[known])
        matrices.append(sparse.csr_matrix(cells, shape=(chunk.rows.count, len(vocabulary)))[rows])
        label.append(chunk.label[rows])
        weight.append(chunk.weight[rows])
    own = np.concatenate(weight)
    model = LogisticRegression(C=_C, max_iter=60, tol=1e-3)
    model.fit(sparse.vstack(matrices), np.concatenate(label), sample_weight=own / own.mean())
    weights = np.rint(1000 * model.coef_[0]).astype(np.int64)
    heard = np.abs(weights) >= _SMALLEST
    names = _names(data, vocabulary[heard])
    kept = {names[h]: w for h, w in zip(vocabulary[heard].tolist(), weights[heard].tolist(), strict=True) if h in names}
    return Lexicon(dict(sorted(kept.items())), round(1000 * float(model.intercept_[0])))


def _pick(chunk: Chunk, chosen: Flags, forms: Sequence[str]) -> tuple[I64, I64]:
    """Numbers of the rows to fit on, and of their grams."""
    of_page = chosen[chunk.page] & np.isin(chunk.names, forms)
    wanted = of_page[chunk.rows.page] & (chunk.batch.tokens.counts > 0)
    return np.flatnonzero(wanted), np.flatnonzero(wanted[chunk.grams.views])


def _vocabulary(occurrences: Iterable[tuple[U64, I64]]) -> U64:
    """The hashes of the grams that stand in enough pages, sorted."""
    seen = [np.unique(np.stack((hashes, pages.astype(np.uint64))), axis=1)[0] for hashes, pages in occurrences]
    # the forms of a page lie in one chunk or two, so a page counts once, seldom twice
    hashes, counts = np.unique(np.concatenate(seen), return_counts=True)
    result: U64 = hashes[counts >= _PAGES]
    return result


def _names(data: Sequence[Chunk], wanted: U64) -> dict[int, str]:
    """The text of each gram by its hash."""
    names: dict[int, str] = {}
    missing = wanted
    for chunk in data:
        if not len(missing):
            break
        hashes, places = np.unique(chunk.grams.hashes, return_index=True)
        _, _, here = np.intersect1d(missing, hashes, assume_unique=True, return_indices=True)
        for gram in places[here].tolist():
            names[int(chunk.grams.hashes[gram])] = _name(chunk, gram)
        missing = np.setdiff1d(missing, hashes, assume_unique=True)
    return names


def _name(chunk: Chunk, gram: int) -> str:
    grams: Grams = chunk.grams
    table, view = chunk.batch.tokens, int(grams.views[gram])
    words = _WORD.findall(chunk.batch.views[view].lower().encode("utf-8", "replace"))
    at = int(grams.at[gram] - table.first[view])
    shown = [_shown(word) for word in words[at : at + 2]]
    total, inside = len(table.words), int(np.count_nonzero(table.view_of[:-1] == table.view_of[1:]))
    edges = (len(grams.hashes) - total - inside) // 2
    if gram < total:
        return shown[0]
    if gram < total + inside:
        return " ".join(shown)
    return f"{START} {shown[0]}" if gram < total + inside + edges else f"{shown[0]} {END}"


def _shown(word: bytes) -> str:
    return "0" * min(len(word), MOST_DIGITS) if word[:1].isdigit() else word.decode("utf-8", "replace")
