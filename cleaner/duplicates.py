"""Near-duplicate documents among files: a pass of the engine over all of them, then the clusters.

A document is judged by its cleaned text, so that boilerplate neither makes nor hides a copy. Docs: docs/duplicates.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import numpy as np

from cleaner.config import Config
from cleaner.dedup.bands import Shape
from cleaner.dedup.members import Cluster, Member
from cleaner.gathered import Gathered, Groups
from cleaner.index.sketches import Noted
from cleaner.indexsketches import Sketchbook
from cleaner.run import Done, End, outcomes
from cleaner.sources import Source
from cleaner.tokens import U64
from cleaner.work import Work

#: Bytes of memory to work in, if nothing else is said.
MEMORY = 1 << 29

#: What is known of a document: its source's number and its line, its words, and a digest of its bytes.
_FACTS = 4


@dataclass(frozen=True, slots=True)
class Drop:
    """Why a document is left out: the one that stands for it, as a ledger names it, and how similar the two are."""

    of: str
    similarity: float
    seen: bytes


#: The copies among the documents, by path and line.
Drops = Mapping[tuple[str, int | None], Drop]


@dataclass(slots=True)
class Found:
    """Clusters by the order in which their representatives were read; ``failed`` is what could not be judged."""

    documents: int = 0
    clusters: list[Cluster] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def copies(self) -> Drops:
        """Documents that are near copies of one that stays."""
        return {
            (member.path, member.line): Drop(cluster[member.copy_of].name, member.similarity, member.seen)
            for cluster in self.clusters
            for member in cluster
            if member.copy_of is not None
        }


def seen(raw: bytes) -> bytes:
    """A digest by which a unit's bytes are known again in a later pass."""
    return blake2b(raw, digest_size=8).digest()


def find(
    sources: Sequence[Source],
    config: Config,
    jobs: int,
    memory: int,
    work: Work,
    book: Sketchbook,
    advance: Callable[[int], object] = lambda _: None,
) -> Found:
    """The clusters among all documents of the sources, which ``work`` cleans (with ``every_document``).

    What the ``book`` knows is not read, and what it does not is noted there. ``advance`` hears of the bytes done.
    Raises ``OSError`` and ``IndexFileError``.

    Of a file that cannot be read to its end no document is judged: it may not be there to stand for others.
    """
    found = Found()
    gathered = Gathered(_FACTS)
    try:
        shape = Shape.of(config.duplicate_threshold)
        is_known = [book.knows(source) for source in sources]
        unread = [source for source, known in zip(sources, is_known, strict=True) if not known]
        stream = outcomes(unread, config, jobs, work=work, shape=shape)
        for number, source in enumerate(sources):
            first = len(gathered)
            for own in book.of(source, shape) if is_known[number] else _read(source, next(stream)[1], found, book):
                if own is None:
                    gathered.leave_out(first)
                else:
                    mark = int.from_bytes(own.seen, "little")
                    gathered.add(own.sketch, np.array([number, own.line, own.sketch.words, mark], np.uint64))
            advance(source.size)
        found.documents = len(gathered)
        groups = gathered.groups(config.duplicate_threshold, memory)
        found.clusters = _clusters(groups, gathered.facts.take(np.sort(groups.number)), sources)
    finally:
        gathered.close()
    return found


def _read(source: Source, events: Iterable[Done | End], found: Found, book: Sketchbook) -> Iterator[Noted | None]:
    """The documents of a file that have words, noted in the book; None at last if it could not be read to its end."""
    digest = ""
    is_judged = True
    book.begin(source)
    for event in events:
        if isinstance(event, End):
            digest = event.digest
            if event.error:
                found.failed.append((source.place(event.line), event.error))
                yield None
            continue
        unit, outcome = event.unit, event.outcome
        if outcome.status == "failed":
            is_judged = False
            found.failed.append((source.place(unit.line), outcome.reason))
        if outcome.sketch is not None and outcome.sketch.words:  # two texts without a word have nothing in common
            own = Noted(unit.line or 0, outcome.site, seen(unit.raw), outcome.sketch)
            book.add(own)
            yield own
    book.end(digest if is_judged else "")


def _clusters(groups: Groups, facts: U64, sources: Sequence[Source]) -> list[Cluster]:
    """``facts`` are those of the groups' documents, ascending by number."""
    known = facts[np.argsort(np.argsort(groups.number))].tolist()
    rows = zip(known, groups.number.tolist(), groups.copy_of.tolist(), groups.similarity.tolist(), strict=True)
    clusters: list[Cluster] = []
    for _, same in groupby(zip(groups.cluster.tolist(), rows, strict=True), key=itemgetter(0)):
        own = [row for _, row in same]
        place = {number: at for at, (_, number, _, _) in enumerate(own)}
        clusters.append(tuple(_member(sources, row, similar, place.get(copy)) for row, _, copy, similar in own))
    return clusters


def _member(sources: Sequence[Source], facts: Sequence[int], similarity: float, copy_of: int | None) -> Member:
    source, line, words, mark = facts
    own = sources[source]
    seen = mark.to_bytes(8, "little")
    return Member(str(own.path), own.target, line or None, words, similarity, copy_of, seen)
