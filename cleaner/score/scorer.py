"""The two sums of a batch: ``words``, then ``blocks`` over it; and the bar each page sets for its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.batch import Batch
from cleaner.model import Finding
from cleaner.score.bars import bars
from cleaner.score.context import context, heard
from cleaner.score.features import KINDS, Columns, features
from cleaner.score.lexicon import Grams, Lexicon
from cleaner.score.rows import Flags, Rows, running
from cleaner.score.tables import Bins, Sum
from cleaner.tokens import I64

#: A page of which less than this share of the words is known, in thousandths, is scored by the sum without words.
KNOWN = 550
#: … and keeps more: a bar lower by so many thousandths.
_UNSEEN = 500


@dataclass(frozen=True)
class Weights:
    """All that is fitted: for pages whose words are known and, without the lexicon, for others."""

    lexicon: Lexicon
    sighted: Sum
    blind: Sum


def headings(columns: Columns) -> Flags:
    """True where a heading stands, marked or guessed."""
    kinds = np.asarray(columns["kind"], np.int64)
    result: Flags = (kinds == KINDS.index("heading")) | (kinds == len(KINDS))
    return result


def word_columns(rows: Rows, columns: Columns, lexicon: Lexicon, voices: I64, known: I64) -> Columns:
    """The columns that need a lexicon: what its words say around each block, and how many of them it knows."""
    words, heads = np.asarray(columns["words"], np.int64), headings(columns)
    score = heard(rows, voices, words, heads, lexicon.bias)
    result: Columns = {f"words: {name}": column for name, column in context(rows, score, words, heads).items()}
    sums, counts = running(known * words), running(words)
    return result | {"words: known in page": rows.whole(sums) / np.maximum(rows.whole(counts), 1)}


class Scores:
    """The sums of a batch, in thousandths, above 0 where a block is content; and what they are made of.

    ``bar``: what the total of a block must reach on its page to stay, in thousandths.
    """

    def __init__(self, weights: Weights, batch: Batch, found: Sequence[Sequence[Finding]]) -> None:
        self.weights, self.batch = weights, batch
        self.rows = rows = Rows([len(page.blocks) for page in batch.pages])
        table = batch.tokens
        self.grams = Grams(table)
        voices, known = weights.lexicon.heard(table, self.grams)
        columns = features(rows, batch, found)
        columns |= word_columns(rows, columns, weights.lexicon, voices, known)
        self.sighted: Flags = columns["words: known in page"] >= KNOWN
        self.total = np.zeros(rows.count, np.int64)
        self.bins: dict[bool, tuple[I64, Bins]] = {}
        for sighted, own in ((True, weights.sighted), (False, weights.blind)):
            at = np.flatnonzero(self.sighted == sighted)
            if len(at):
                self.bins[sighted] = at, own.bins(columns, at)
                self.total[at] = own.total(self.bins[sighted][1])
        self.bar = bars(rows, self.total, table.counts) - np.where(self.sighted, 0, _UNSEEN)

    def loudest(self, rows: I64) -> list[list[str]]:
        """For each row the word and the pair (or word at an edge) that speak loudest against its block."""
        return self.weights.lexicon.loudest(self.batch.tokens, self.grams, rows)
