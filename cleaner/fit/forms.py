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
from cleaner.fit.gold import labels, matched_words
from cleaner.model import Document

#: Shares of the boilerplate that half-clean forms keep, in runs of so many blocks.
_LEFT, _RUN = (0.15, 0.4), 3


@dataclass(frozen=True)
class Labelled:
    """A page with its content as a person marked it.

    ``texts``: the page's text by the name of its field; the first is the one of which forms with boilerplate are made.
    """

    id: str
    group: str
    texts: Mapping[str, str]
    content: str
    kind: str = "page"


def forms(page: Labelled) -> Iterator[tuple[str, str]]:
    """The forms' names and texts."""
    seed = int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:8], "big")
    for number, (name, text) in enumerate(page.texts.items()):
        yield name, text
        cut = Page(Document(page.id, text))
        counts, matched = matched_words(text, cut.blocks, page.content)
        good = labels(counts, matched) | (counts == 0)
        yield f"{name} clean", _kept(cut, good)
        for share in _LEFT if number == 0 else ():
            chance = np.random.default_rng([seed, int(share * 100)]).random(len(good) // _RUN + 1)
            left = np.repeat(chance < share, _RUN)[: len(good)]
            yield f"{name} {share:.0%}", _kept(cut, good | left)


def _kept(page: Page, keep: np.ndarray) -> str:
    text = page.document.text
    return "".join(text[b.start : b.end] for b, kept in zip(page.blocks, keep.tolist(), strict=True) if kept)
