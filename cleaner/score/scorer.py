"""The sums of a batch: that of the words, those of trees over it in two looks; and the bar each page sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from cleaner.batch import Batch
from cleaner.model import Finding
from cleaner.score.again import again
from cleaner.score.bars import bars
from cleaner.score.context import context, heard
from cleaner.score.features import KINDS, features
from cleaner.score.lexicon import VOICES, Grams, Lexicon
from cleaner.score.rows import Columns, Flags, Rows, running
from cleaner.score.trees import Bins, Sum
from cleaner.score.vocabulary import Vocabulary
from cleaner.score.web import has_verdict, web_columns
from cleaner.tokens import I64

#: A page of which less than this share of the words is known, in thousandths, is scored by the sum without words.
KNOWN = 550
#: Makes of pages, each with sums of its own.
MAKES = ("sighted", "blind", "web")
SIGHTED, BLIND, WEB = range(len(MAKES))
#: What the bar of pages of each make is moved by, in thousandths: those of unknown words keep more.
_MOVED = np.asarray([0, -450, 0], np.int64)
#: A page whose blocks are all so far above its bar at first look, in thousandths, is content without a second.
_SURE = 1000


@dataclass(frozen=True)
class Looks:
    """The sum of a first look, and that of a second, which knows what the first said of a block and around it.

    Of web pages one look is enough: their source says what a second would find out.
    """

    first: Sum
    again: Sum | None = None


@dataclass(frozen=True)
class Weights:
    """All that is fitted: the words, and the sums of two looks for each make of page.

    ``sighted`` is for texts whose words are known, ``blind`` for others, ``web`` for web pages of whose lines
    trafilatura's verdict is known; without it they are judged as texts.
    """

    lexicon: Lexicon
    sighted: Looks
    blind: Looks
    web: Looks | None = None

    @property
    def looks(self) -> tuple[Looks, ...]:
        """The looks, in the order of :data:`MAKES`."""
        return (self.sighted, self.blind) if self.web is None else (self.sighted, self.blind, self.web)


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


@cache
def columns_of(make: str, is_again: bool) -> frozenset[str]:
    """The names of the columns that a sum of this make and look may ask about."""
    nothing, none = Batch([]), np.zeros((len(VOICES), 0), np.int64)
    rows = Rows([])
    vocabulary = Vocabulary(rows, nothing.tokens)
    columns = features(rows, nothing, [], vocabulary)
    columns |= word_columns(rows, columns, Lexicon([], none), none, none[0])
    if make == MAKES[WEB]:
        columns |= web_columns(rows, nothing)
    if is_again:
        columns |= again(rows, vocabulary, none[0], none[0], none[0] > 0, none[0] > 0)
    return frozenset(columns)


@dataclass(frozen=True, eq=False)
class Part:
    """Rows of a make that a sum has judged, and their bins in its columns."""

    make: int
    sum: Sum
    at: I64
    bins: Bins


class Scores:
    """The sums of a batch, in thousandths, above 0 where a block is content; and what they are made of.

    ``parts``: what was looked at and how; ``part``: for each row the number of the last that judged it. ``bar``: what
    the total of a block must reach on its page to stay, in thousandths.
    """

    def __init__(self, weights: Weights, batch: Batch, found: Sequence[Sequence[Finding]]) -> None:
        self.weights, self.batch = weights, batch
        self.rows = rows = Rows([len(page.blocks) for page in batch.pages])
        words, lexicon = batch.tokens.counts, weights.lexicon
        *voices, known = batch.of_views(lexicon, lambda views: np.vstack(lexicon.heard(Grams(views))))
        vocabulary = Vocabulary(rows, batch.tokens)
        columns = features(rows, batch, found, vocabulary)
        columns |= word_columns(rows, columns, lexicon, np.asarray(voices), known)
        make: I64 = np.where(columns["words: known in page"] >= KNOWN, SIGHTED, BLIND)
        if weights.web is not None and any(web := [has_verdict(page.document) for page in batch.pages]):
            make[np.asarray(web)[rows.page]] = WEB
            columns |= web_columns(rows, batch)
        self.total = np.zeros(rows.count, np.int64)
        self.part = np.zeros(rows.count, np.int64)
        self.parts: list[Part] = []
        self._look(columns, make, [looks.first for looks in weights.looks])
        self.bar = bars(rows, self.total, words) + _MOVED[make]
        unsure = rows.any((words > 0) & (self.total < self.bar + _SURE))
        twice = unsure & np.asarray([looks.again is not None for looks in weights.looks])[make]
        if twice.any():
            columns |= again(rows, vocabulary, self.total, words, headings(columns), twice)
            self._look(columns, np.where(twice, make, -1), [looks.again for looks in weights.looks])
            self.bar = bars(rows, self.total, words) + _MOVED[make]

    def _look(self, columns: Columns, make: I64, sums: Sequence[Sum | None]) -> None:
        """Takes the total of each row from the sum of its make, where there is one."""
        for number, own in enumerate(sums):
            at = np.flatnonzero(make == number)
            if own and len(at):
                self.part[at] = len(self.parts)
                self.parts.append(Part(number, own, at, own.bins(columns, at)))
                self.total[at] = own.total(self.parts[-1].bins)

    def loudest(self, rows: I64) -> list[list[str]]:
        """For each row the word and the pair (or word at an edge) that speak loudest against its block."""
        return self.weights.lexicon.loudest(Grams(self.batch.tokens.take(rows)))
