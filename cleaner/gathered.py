"""What near-duplicate documents are found by, on disk, and how they are grouped part by part.

Exact copies go together by the digest of their words. Of each group the first meets the others by its band keys,
and the exact Jaccard index of their shingles decides which of the proposed pairs are near copies. Working memory is
bounded by what is asked for; beyond it a document takes a byte, and a copy about a hundred. Documents are numbered
as they are added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.dedup.candidates import distinct, pairs
from cleaner.dedup.clusters import components, stars
from cleaner.dedup.sets import F64, Sets, jaccard
from cleaner.dedup.sketch import Sketch
from cleaner.shuffle import Spool
from cleaner.tokens import I64, U64

#: Bytes of work arrays a byte of rows that are sorted and paired, and of shingles that are compared: counted in the
#: code, with room; benchmarks/duplicates.py measures the peak.
_PAIRING, _COMPARING = 8, 4

#: A document's rank: its number under how much fewer words it has than this.
_MOST_WORDS, _NUMBER = (1 << 31) - 1, (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Groups:
    """Documents that are in a cluster, by cluster and number; arrays of one length.

    ``cluster`` is the number of the document that represents it: of the most words, then the first. ``copy_of`` is
    the document of which this is a near copy, or -1 for one that stays. ``similarity`` is the exact Jaccard index
    of the two; for one that stays, that with the representative.
    """

    number: I64
    cluster: I64
    copy_of: I64
    similarity: F64


class Gathered:
    """Sketches of documents, with one row of ``facts`` a document that the caller fills."""

    def __init__(self, facts: int) -> None:
        self.facts = Spool(facts)
        self._shingles = Spool(1)
        self._sets = Spool(2)  # of each document the first shingle and their number
        self._digests = Spool(3)  # a digest in two numbers, document
        self._keys = Spool(2)  # band key, rank
        self._left_out: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self.facts)

    def close(self) -> None:
        """Gives the disk space back."""
        for spool in (self.facts, self._shingles, self._sets, self._digests, self._keys):
            spool.close()

    def add(self, sketch: Sketch, facts: U64) -> None:
        """Adds the next document. Raises ``OSError``."""
        number = len(self)
        self.facts.add(facts[None])
        self._sets.add(np.array([[len(self._shingles), len(sketch.shingles)]], np.uint64))
        self._shingles.add(sketch.shingles)
        self._digests.add(np.array([[*np.frombuffer(sketch.digest, np.uint64), number]], np.uint64))
        rank = (_MOST_WORDS - min(sketch.words, _MOST_WORDS)) << 32 | number
        self._keys.add(np.column_stack((sketch.keys, np.full(len(sketch.keys), rank, np.uint64))))

    def leave_out(self, first: int) -> None:
        """Takes the documents from number ``first`` on back: their file could not be read to its end."""
        self._left_out.append((first, len(self)))

    def groups(self, threshold: float, memory: int) -> Groups:
        """The clusters under ``threshold``, with ``memory`` bytes to work in. To be called once.

        The result depends on the documents and their order, not on ``memory``. Raises ``OSError``.
        """
        is_out = np.zeros(len(self), bool)
        for first, end in self._left_out:
            is_out[first:end] = True
        copies = self._copies(is_out, memory)
        is_out[copies[:, 1]] = True
        links, similar = self._links(self._proposed(is_out, memory), threshold, memory)
        return self._grouped(copies, links, similar, memory)

    def _copies(self, is_out: NDArray[np.bool_], memory: int) -> I64:
        """Rows ``(first, copy)`` of documents with equal words."""
        found = [np.empty((0, 2), np.int64)]
        for part in self._digests.parts(memory // (_PAIRING * 24)):
            rows = part[~is_out[part[:, 2].astype(np.int64)]]
            rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
            is_new = np.ones(len(rows), bool)
            is_new[1:] = (rows[1:, :2] != rows[:-1, :2]).any(axis=1)
            starts = np.flatnonzero(is_new)
            first = np.repeat(rows[starts, 2], np.diff(starts, append=len(rows)))
            found.append(np.column_stack((first[~is_new], rows[~is_new, 2])).astype(np.int64))
        return np.concatenate(found)

    def _proposed(self, is_out: NDArray[np.bool_], memory: int) -> Spool:
        """Pairs of ranks that share a band key, some more than once."""
        proposed = Spool(2)
        for part in self._keys.parts(memory // (_PAIRING * 16)):
            rows = part[~is_out[_numbers(part[:, 1])]]
            for found in pairs(rows[:, 0], rows[:, 1].astype(np.int64)):
                proposed.add(found.astype(np.uint64))
        return proposed

    def _links(self, proposed: Spool, threshold: float, memory: int) -> tuple[I64, F64]:
        """Of the proposed pairs those that are near copies, ascending, and how similar they are."""
        found, similar = [np.empty((0, 2), np.int64)], [np.empty(0)]
        for part in proposed.parts(memory // (_PAIRING * 16)):
            rows = distinct(part.astype(np.int64))
            own = self._jaccard(_numbers(rows), memory, threshold)
            is_near = own >= threshold
            found.append(rows[is_near])
            similar.append(own[is_near])
        links, values = np.concatenate(found), np.concatenate(similar)
        order = np.lexsort((links[:, 1], links[:, 0]))
        return links[order], values[order]

    def _jaccard(self, numbers: I64, memory: int, threshold: float = 0.0) -> F64:
        """The exact Jaccard index of pairs of documents; 0 for those whose sizes keep it under ``threshold``."""
        members, places = np.unique(numbers, return_inverse=True)
        places = places.reshape(numbers.shape)
        sets = self._sets.take(members).astype(np.int64)
        sizes = sets[places, 1]
        result = np.zeros(len(numbers))
        wanted = np.flatnonzero(sizes.min(axis=1, initial=_NUMBER) >= threshold * sizes.max(axis=1, initial=0))
        ends = np.cumsum(sizes[wanted].sum(axis=1))
        most = memory // (_COMPARING * 8)
        at = 0
        while at < len(wanted):
            done = ends[at - 1] if at else 0
            end = max(at + 1, int(np.searchsorted(ends, done + most, "right")))
            own = wanted[at:end]
            used, among = np.unique(places[own], return_inverse=True)
            read = [self._shingles.read(first, first + count)[:, 0] for first, count in sets[used].tolist()]
            result[own] = jaccard(Sets.of(read), among.reshape(-1, 2))
            at = end
        return result

    def _grouped(self, copies: I64, links: I64, similar: F64, memory: int) -> Groups:
        """Clusters of what is linked, then the exact copies beside what they are copies of."""
        ranks, ends = np.unique(links, return_inverse=True)
        ends = ends.reshape(links.shape)
        star, root = stars(ends, len(ranks)), components(ends, len(ranks))
        own = np.arange(len(ranks))
        similarity = np.ones(len(ranks))
        to_star = star[ends[:, 1]] == ends[:, 0]
        similarity[ends[to_star, 1]] = similar[to_star]
        number = _numbers(ranks)
        far = np.flatnonzero((star == own) & (root != own))
        similarity[far] = self._jaccard(np.column_stack((number[root[far]], number[far])), memory)
        linked = Groups(number, number[root], np.where(star == own, -1, number[star]), similarity)
        return _with_copies(linked, copies)


def _with_copies(linked: Groups, copies: I64) -> Groups:
    """The groups with exact copies, which share the fate of the first of them, beside it."""
    order = np.argsort(linked.number)
    known = linked.number[order]
    firsts = np.unique(copies[:, 0])
    alone = firsts[~np.isin(firsts, known)]
    place = np.searchsorted(known, copies[:, 0])
    is_linked = np.isin(copies[:, 0], known)
    at = order[place[is_linked]]
    cluster, copy_of, similarity = copies[:, 0].copy(), copies[:, 0].copy(), np.ones(len(copies))
    cluster[is_linked] = linked.cluster[at]
    is_gone = linked.copy_of[at] >= 0
    copy_of[is_linked] = np.where(is_gone, linked.copy_of[at], copies[is_linked, 0])
    similarity[is_linked] = np.where(is_gone, linked.similarity[at], 1.0)
    number = np.concatenate((linked.number, alone, copies[:, 1]))
    cluster = np.concatenate((linked.cluster, alone, cluster))
    copy_of = np.concatenate((linked.copy_of, np.full(len(alone), -1), copy_of))
    similarity = np.concatenate((linked.similarity, np.ones(len(alone)), similarity))
    order = np.lexsort((number, number != cluster, cluster))
    return Groups(number[order], cluster[order], copy_of[order], similarity[order])


def _numbers(ranks: NDArray[np.integer]) -> I64:
    """The documents of these ranks."""
    return ranks.astype(np.int64) & _NUMBER
