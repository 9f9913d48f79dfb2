"""The lexicon's fit: a logistic regression on the grams of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from cleaner.fit.examples import Chunk, sample
from cleaner.score.context import sources
from cleaner.score.lexicon import END, MOST_DIGITS, START, VOICES, Grams, Lexicon
from cleaner.score.rows import Flags
from cleaner.tokens import I64, U64

#: A gram must stand in so many pages.
_PAGES = 5
#: … and in so many to speak of the blocks around it, with so much of a voice.
_VOICED_PAGES, _VOICE = 12, 0.7
#: Rows to fit on.
_ROWS = 150_000
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
    vocabulary, pages = _vocabulary(
        (c.grams.hashes[of[c.grams.views]], c.page_of[c.grams.views[of[c.grams.views]]]) for c, of in pairs
    )
    wide = np.flatnonzero(pages >= _VOICED_PAGES)
    rows, weight = sample(np.concatenate([np.where(of, chunk.weight, 0) for chunk, of in pairs]), _ROWS)
    matrices, first = [], 0
    for chunk in data:
        own = rows[(rows >= first) & (rows < first + chunk.rows.count)] - first
        first += chunk.rows.count
        matrices.append(_voiced(chunk, own, vocabulary, wide))
    label = np.concatenate([chunk.label for chunk in data])[rows]
    model = LogisticRegression(C=_C, max_iter=80, tol=1e-3)
    model.fit(sparse.vstack(matrices), label, sample_weight=weight)
    voices = np.zeros((len(VOICES), len(vocabulary)))
    voices[0] = model.coef_[0][: len(vocabulary)]
    voices[1:, wide] = _VOICE * model.coef_[0][len(vocabulary) :].reshape(len(VOICES) - 1, -1)
    whole = np.rint(1000 * voices).astype(np.int64)
    telling = np.abs(whole).max(0) >= _SMALLEST
    names = _names(data, vocabulary[telling])
    heard = zip(vocabulary[telling].tolist(), whole[:, telling].T, strict=True)
    kept = {names[hash_]: own for hash_, own in heard if hash_ in names}
    order = sorted(kept)
    voiced = np.asarray([kept[name] for name in order], np.int64).reshape(-1, len(VOICES))
    return Lexicon(order, voiced, round(1000 * float(model.intercept_[0])))


def _pick(chunk: Chunk, chosen: Flags, forms: Sequence[str]) -> Flags:
    """The rows to fit on."""
    of_page = chosen[chunk.page] & np.isin(chunk.names, forms)
    picked: Flags = of_page[chunk.rows.page] & (chunk.batch.tokens.counts > 0)
    return picked


def _voiced(chunk: Chunk, rows: I64, vocabulary: U64, wide: I64) -> Any:
    """A matrix of what is heard by each of the rows: its own grams and, of those in enough pages, its neighbours'."""
    from scipy import sparse

    grams, count = chunk.grams, chunk.rows.count
    number = np.minimum(np.searchsorted(vocabulary, grams.hashes), len(vocabulary) - 1)
    known = vocabulary[number] == grams.hashes
    root = np.sqrt(np.bincount(grams.views, minlength=count))[grams.views[known]]
    cells = (1 / root).astype(np.float32), (grams.views[known], number[known])
    own = sparse.csr_matrix(cells, shape=(count + 1, len(vocabulary)))  # the last row is of no block, and empty
    others = _VOICE * own[:, wide]
    heard = [others[source[rows]] for source in sources(chunk.rows, chunk.batch.tokens.counts, chunk.headings)]
    return sparse.hstack([own[rows], *heard]).tocsr()


def _vocabulary(occurrences: Iterable[tuple[U64, I64]]) -> tuple[U64, I64]:
    """The hashes of the grams that stand in enough pages, sorted, and in how many each does."""
    seen = [np.unique(np.stack((hashes, pages.astype(np.uint64))), axis=1)[0] for hashes, pages in occurrences]
    # the forms of a page lie in one chunk or two, so a page counts once, seldom twice
    hashes, counts = np.unique(np.concatenate(seen), return_counts=True)
    enough = counts >= _PAGES
    return hashes[enough], counts[enough]


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
