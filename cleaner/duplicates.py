"""Near-duplicate documents among files: a pass of the engine over all of them, then the clusters.

A document is judged by its cleaned text, so that boilerplate neither makes nor hides a copy. Docs: docs/duplicates.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import numpy as np

from cleaner.config import Config
from cleaner.dedup.bands import Shape
from cleaner.dedup.members import Cluster, Member
from cleaner.gathered import Gathered, Groups
from cleaner.run import Done, outcomes
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
    advance: Callable[[int], object] = lambda _: None,
) -> Found:
    """The clusters among all documents of the sources, which ``work`` cleans (with ``every_document``).

    ``advance`` hears of the bytes done. Raises ``OSError``.

    Of a file that cannot be read to its end no document is judged: it may not be there to stand for others.
    """
    found = Found()
    gathered = Gathered(_FACTS)
    try:
        stream = outcomes(sources, config, jobs, work=work, shape=Shape.of(config.duplicate_threshold))
        for number, (source, events) in enumerate(stream):
            first = len(gathered)
            for event in events:
                if isinstance(event, Done):
                    _add(gathered, number, event, found, source.place(event.unit.line))
                elif event.error:
                    gathered.leave_out(first)
                    found.failed.append((source.place(event.line), event.error))
            advance(source.size)
        found.documents = len(gathered)
        groups = gathered.groups(config.duplicate_threshold, memory)
        found.clusters = _clusters(groups, gathered.facts.take(np.sort(groups.number)), sources)
    finally:
        gathered.close()
    return found


def _add(gathered: Gathered, source: int, done: Done, found: Found, place: str) -> None:
    unit, sketch = done.unit, done.outcome.sketch
    if done.outcome.status == "failed":
        found.failed.append((place, done.outcome.reason))
    if sketch is not None and sketch.words:  # two texts without a word have nothing in common
        mark = int.from_bytes(seen(unit.raw), "little")
        gathered.add(sketch, np.array([source, unit.line or 0, sketch.words, mark], np.uint64))


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
