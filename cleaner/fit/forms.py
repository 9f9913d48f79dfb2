"""The forms of a labelled page on which weights are fitted: whole, clean, and with a part of its boilerplate left.

A score that looks at neighbours sees others after a cut. Fitted on whole pages only it goes on cutting; fitted on
what a pass leaves as well, it stops.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from cleaner.batch import Page
from cleaner.cleaning import left
from cleaner.edits import apply, merge
from cleaner.evaluation import Gold
from cleaner.fit.gold import labels, matched_words
from cleaner.model import Document

#: Shares of the boilerplate that half-clean forms keep, in runs of so many blocks.
_LEFT, _RUN = (0.15, 0.4), 3


@dataclass(frozen=True)
class Labelled:
    """A page with what a person said of it. Pages of one ``group`` are of one site.

    ``documents``: the page by the name of its field; of the first forms with boilerplate are made.
    """

    group: str
    documents: Mapping[str, Document]
    gold: Gold


def forms(page: Labelled) -> Iterator[tuple[str, Document]]:
    """The forms' names and documents; the whole page alone where not all of it is labelled."""
    seed = int.from_bytes(hashlib.sha256(page.gold.id.encode()).digest()[:8], "big")
    for number, (name, document) in enumerate(page.documents.items()):
        yield name, document
        if page.gold.content is None:
            continue
        whole = Page(document)
        counts, matched = matched_words(document.text, whole.blocks, page.gold.content)
        good = labels(counts, matched) | (counts == 0)
        yield f"{name} clean", _kept(whole, good)
        for share in _LEFT if number == 0 else ():
            chance = np.random.default_rng([seed, int(share * 100)]).random(len(good) // _RUN + 1)
            spared = np.repeat(chance < share, _RUN)[: len(good)]
            yield f"{name} {share:.0%}", _kept(whole, good | spared)


def _kept(page: Page, keep: np.ndarray) -> Document:
    gone = merge((b.start, b.end) for b, kept in zip(page.blocks, keep.tolist(), strict=True) if not kept)
    return left(page.document, gone, apply(page.document.text, gone))
