"""Labelled pages → rows to fit on: columns, labels and weights of every block of every form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.batch import Batch, Matches
from cleaner.detectors import Detector
from cleaner.fit.forms import Labelled, forms
from cleaner.fit.gold import judged
from cleaner.model import Document, Finding
from cleaner.score.features import features
from cleaner.score.lexicon import Grams
from cleaner.score.rows import F64, Columns, Flags, Rows
from cleaner.score.scorer import headings
from cleaner.score.vocabulary import Vocabulary
from cleaner.tokens import I64

_BATCH = 64
#: A form of a page: its name, the number of its page, and the form.
_Form = tuple[str, int, Document]


@dataclass(frozen=True)
class Chunk:
    """Some forms looked at together. ``page``: for each form the number of its page."""

    batch: Batch
    rows: Rows
    grams: Grams
    columns: Columns
    vocabulary: Vocabulary
    names: Sequence[str]
    page: I64
    label: Flags
    weight: F64

    @property
    def headings(self) -> Flags:
        return headings(self.columns)

    @property
    def page_of(self) -> I64:
        """For each row the number of its page."""
        return self.page[self.rows.page]


def chunks(pages: Sequence[Labelled], detectors: Sequence[Detector]) -> Iterator[Chunk]:
    """The rows of all forms of the pages; ``detectors`` are those before the learned score."""
    matches: Matches = {}
    queue: list[_Form] = []
    for number, page in enumerate(pages):
        queue += [(name, number, document) for name, document in forms(page)]
        if len(queue) >= _BATCH or number == len(pages) - 1:
            yield _chunk(queue, pages, detectors, matches)
            queue = []
        if len(matches) > 50_000:
            matches.clear()


def _chunk(
    queue: Sequence[_Form],
    pages: Sequence[Labelled],
    detectors: Sequence[Detector],
    matches: Matches,
) -> Chunk:
    batch = Batch([document for _, _, document in queue], matches)
    found: list[list[Finding]] = [[] for _ in queue]
    for detector in detectors:
        for own, more in zip(found, detector.detect(batch, found), strict=True):
            own += more
    marks = [judged(page, pages[number].gold) for page, (_, number, _) in zip(batch.pages, queue, strict=True)]
    rows = Rows([len(page.blocks) for page in batch.pages])
    return Chunk(
        batch,
        rows,
        Grams(batch.tokens),
        features(rows, batch, found, vocabulary := Vocabulary(rows, batch.tokens)),
        vocabulary,
        [name for name, _, _ in queue],
        np.asarray([number for _, number, _ in queue], np.int64),
        np.concatenate([label for label, _ in marks]),
        np.concatenate([weight for _, weight in marks]),
    )


def sample(weight: F64, most: int) -> tuple[I64, F64]:
    """About ``most`` rows, drawn as they count, and what each then counts: of short lines few are drawn."""
    low, high = 0.0, float(weight.sum())
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(1, weight / middle).sum() > most else (low, middle)
    chance = np.minimum(1, weight / high)
    rows = np.flatnonzero(np.random.default_rng(0).random(len(weight)) < chance)
    own = weight[rows] / chance[rows]
    return rows, own / own.mean()
