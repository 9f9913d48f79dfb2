"""The three sums of a batch: ``words``, then ``near``, then ``far``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.batch import Batch
from cleaner.model import Finding
from cleaner.score.context import context
from cleaner.score.features import KINDS, Column, Columns, features
from cleaner.score.lexicon import Grams, Lexicon
from cleaner.score.rows import Rows, running
from cleaner.score.tables import Bins, Sum
from cleaner.tokens import I64

#: Columns of blocks themselves that the last sum reads again, beside the second sum around them.
AGAIN = ("words", "kind", "last", "rules", "place", "blocks before", "blocks after", "words in page", "function words")
AGAIN_WORDS = ("words: own", "words: around 3")


#: A page of which less than this share of the words is known, in thousandths, is scored by the sums without words.
KNOWN = 550


@dataclass(frozen=True)
class Stack:
    """Two sums, the second over the first."""

    near: Sum
    far: Sum


@dataclass(frozen=True)
class Weights:
    """All that is fitted: for pages whose words are known and, without the lexicon, for others."""

    lexicon: Lexicon
    sighted: Stack
    blind: Stack


def first_columns(
    rows: Rows, batch: Batch, found: Sequence[Sequence[Finding]], score: I64 | None, known: I64 | None
) -> Columns:
    """The columns of the second sum: the blocks', and the first sum ``score`` around them, of ``known`` words."""
    columns = features(rows, batch, found)
    return columns if score is None or known is None else columns | word_columns(rows, columns, score, known)


def word_columns(rows: Rows, columns: Columns, score: I64, known: I64) -> Columns:
    """The columns that need a lexicon."""
    words = np.asarray(columns["words"], np.int64)
    result: Columns = {f"words: {name}": column for name, column in _around(rows, columns, score).items()}
    sums, counts = running(known * words), running(words)
    return result | {
        "words: known": known,
        "words: known in page": rows.whole(sums) / np.maximum(rows.whole(counts), 1),
    }


def last_columns(rows: Rows, columns: Mapping[str, Column], score: I64) -> Columns:
    """The columns of the last sum: the second sum ``score`` of the block and around it."""
    result: Columns = {name: columns[name] for name in (*AGAIN, *AGAIN_WORDS) if name in columns}
    return result | {f"near: {name}": column for name, column in _around(rows, columns, score).items()}


def _around(rows: Rows, columns: Mapping[str, Column], score: I64) -> Columns:
    kinds = np.asarray(columns["kind"], np.int64)
    headings = ((kinds == KINDS.index("heading")) | (kinds == len(KINDS))).astype(np.int64)
    return context(rows, score, np.asarray(columns["words"], np.int64), headings)


class Scores:
    """The sums of a batch, in thousandths, above 0 where a block is content; and what they are made of."""

    def __init__(self, weights: Weights, batch: Batch, found: Sequence[Sequence[Finding]]) -> None:
        self.weights, self.batch = weights, batch
        self.rows = rows = Rows([len(page.blocks) for page in batch.pages])
        table = batch.tokens
        self.grams = Grams(table)
        self.words, known = weights.lexicon.score(table, self.grams)
        columns = first_columns(rows, batch, found, self.words, known)
        self.sighted = columns["words: known in page"] >= KNOWN
        self.total = np.zeros(rows.count, np.int64)
        self.bins: dict[bool, tuple[Bins, Bins]] = {}
        for sighted, stack in ((True, weights.sighted), (False, weights.blind)):
            if (self.sighted == sighted).any():
                near = stack.near.bins(columns)
                own = {n: c for n, c in columns.items() if sighted or not n.startswith("words: ")}
                far = stack.far.bins(last_columns(rows, own, stack.near.total(near, rows.count)))
                self.total = np.where(self.sighted == sighted, stack.far.total(far, rows.count), self.total)
                self.bins[sighted] = near, far

    def loudest(self, rows: I64) -> list[list[str]]:
        """For each row the word and the pair (or word at an edge) that speak loudest against its block."""
        return self.weights.lexicon.loudest(self.batch.tokens, self.grams, rows)
