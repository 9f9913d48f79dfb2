"""What detectors look at: documents with their blocks and views, several at a time.

Python runs per block once, here; what counts words runs over the batch as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat

import numpy as np

from cleaner.blocks import split
from cleaner.blocks.again import remaining
from cleaner.edits import Span, apply
from cleaner.keepmarks import kept
from cleaner.language import foreign_to
from cleaner.model import Annotation, Block, Document
from cleaner.text import fold
from cleaner.tokens import I64, TokenTable
from cleaner.views import views

#: What counts as the head and the tail of a document: a share of its characters, or a number of blocks.
HEAD_SHARE, HEAD_BLOCKS = 0.25, 8
TAIL_SHARE, TAIL_BLOCKS = 0.40, 12

#: Keeps what is hashed of a batch's pages apart: an odd number, so that no two pages share a multiple of it.
PAGE_STEP = 0x9E3779B97F4A7C15

#: View → rule number → what the rule's pattern matched there.
Matches = dict[str, dict[int, str | None]]


class Page:
    """A document cut into blocks, with each block's view (empty for code, diagrams and front matter)."""

    __slots__ = ("_foreign", "annotations", "blocks", "document", "first", "folded", "kept", "views")

    def __init__(self, document: Document, first: int = 0, rest: Rest | None = None) -> None:
        """``rest`` tells of which page the document is what is left, and spares most a look at their lines."""
        self.document = document
        self.folded: str
        self._foreign: frozenset[str] | None = None
        blocks = rest.blocks(document) if rest else None
        if rest and blocks is not None:
            self.folded, self.views = rest.folded(), rest.views()
        else:
            self.folded = fold(document.text)
            blocks = split(document.text, document.media)
            self.views = views(self.folded, blocks)
        self.blocks: list[Block] = blocks
        #: for each block what the source said of the line in which it begins
        self.annotations: list[Annotation | None] = (
            self._annotations() if document.annotations else [None] * len(self.blocks)
        )
        #: what its author keeps
        self.kept = kept(document, self.blocks, self.annotations if document.annotations else ())
        #: the number of its first view in the batch
        self.first = first

    @property
    def foreign(self) -> frozenset[str]:
        """Languages whose rules the text does not need. Seldom asked for: only for a rule of another language."""
        if self._foreign is None:
            self._foreign = foreign_to(self.folded)
        return self._foreign

    def _annotations(self) -> list[Annotation | None]:
        own = self.document.annotations
        starts = [annotation.start for annotation in own]
        places = (bisect_right(starts, block.start) - 1 for block in self.blocks)
        return [
            own[place] if place >= 0 and block.start < own[place].end else None
            for place, block in zip(places, self.blocks, strict=True)
        ]

    def in_head(self, block: int) -> bool:
        """True if the block stands where mastheads and bylines do."""
        return block < HEAD_BLOCKS or self.blocks[block].start < HEAD_SHARE * len(self.folded)

    def in_tail(self, block: int) -> bool:
        """True if the block stands where an article ends or its page goes on without it."""
        start = self.blocks[block].start
        return block >= len(self.blocks) - TAIL_BLOCKS or start >= (1 - TAIL_SHARE) * len(self.folded)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a page: ``gone`` are the blocks that went, with the ``cuts`` that took them out.

    Nothing may have gone: a page that one detector has left as it is is looked at by others.
    """

    page: Page
    gone: Set[int]
    cuts: Sequence[Span]

    def blocks(self, document: Document) -> list[Block] | None:
        """The blocks of the document that is left; None if they have to be looked for."""
        if not self.cuts:
            return self.page.blocks
        if document.media != "text" or document.annotations:
            return None
        return remaining(self.page.document.text, self.page.blocks, self.gone, self.cuts, document.text)

    def folded(self) -> str:
        """What is left of the folded text."""
        return apply(self.page.folded, self.cuts)

    def views(self) -> list[str]:
        """The views of the blocks that stay."""
        if not self.cuts:
            return self.page.views
        return [self.page.views[number] for number in self.stays()]

    def stays(self) -> list[int]:
        """The numbers of the blocks that stay."""
        return [number for number in range(len(self.page.views)) if number not in self.gone]


class Batch:
    """Pages that are looked at together. Nothing a detector finds depends on which share a batch.

    ``matches`` stores for each view which rules may match and what they matched, by rule number. It saves the
    passes after the first, and lines that many documents share, from being searched again. ``rests`` tells of each
    document of which page it is left, if that is known. ``before`` is the batch of most of those pages: what depends on
    a view alone is taken over from it.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        matches: Matches | None = None,
        before: Batch | None = None,
        rests: Iterable[Rest | None] = repeat(None),
    ) -> None:
        self.matches: Matches = {} if matches is None else matches
        self._before = before if before and before.pages else None
        self._told: dict[Hashable, I64] = {}
        self._rests = list(islice(rests, len(documents)))
        self.pages: list[Page] = []
        count = 0
        for document, rest in zip(documents, self._rests, strict=True):
            page = Page(document, count, rest)
            count += len(page.blocks)
            self.pages.append(page)

    @cached_property
    def views(self) -> list[str]:
        """The views of all pages, one after the other."""
        return [view for page in self.pages for view in page.views]

    @cached_property
    def tokens(self) -> TokenTable:
        """The words of all views."""
        if self._before is None:
            return TokenTable.of(self.views)
        new, places = self._since
        return self._before.tokens.joined(new).take(places)

    @cached_property
    def page_of(self) -> I64:
        """For each view the number of its page."""
        return np.repeat(np.arange(len(self.pages)), [len(page.blocks) for page in self.pages])

    @cached_property
    def alike(self) -> tuple[I64, I64]:
        """For each view the first of its page with the same words in the same order, and how many there are."""
        own = self.tokens.blocks + self.page_of.astype(np.uint64) * np.uint64(PAGE_STEP)
        _, first, inverse, counts = np.unique(own, return_index=True, return_inverse=True, return_counts=True)
        return first[inverse], counts[inverse]

    def of_views(self, key: Hashable, tell: Callable[[TokenTable], I64]) -> I64:
        """What ``tell`` says of views, of each by itself: a column a view. It is asked once under a ``key``."""
        if key not in self._told:
            if self._before is None:
                self._told[key] = tell(self.tokens)
            else:
                new, places = self._since
                self._told[key] = np.concatenate((self._before.of_views(key, tell), tell(new)), 1)[:, places]
        return self._told[key]

    @cached_property
    def _since(self) -> tuple[TokenTable, I64]:
        """The words of the views that are new, and for each view its place among those before, then the new ones."""
        before = self._before or Batch([])
        held, count = set(map(id, before.pages)), len(before.views)
        new: list[str] = []
        places: list[int] = []
        for page, rest in zip(self.pages, self._rests, strict=True):
            if rest and id(rest.page) in held and page.views == rest.views():
                first = rest.page.first
                places += [first + number for number in rest.stays()]
            else:
                places += range(count + len(new), count + len(new) + len(page.views))
                new += page.views
        return TokenTable.of(new), np.asarray(places, np.int64)
