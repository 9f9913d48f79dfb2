"""Pages of a site → the wordings that stand for its long lines that are nearly the same on many of them.

If each page has another word edited, no two of them are near copies, while all are near what was there before the
edits. So lines are grouped at a lower similarity, the wording of a group takes at each place the word that most
of its lines have, and who is near that is decided by the exact Jaccard index (:mod:`.near`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from cleaner.dedup.bands import Shape, band_keys
from cleaner.dedup.candidates import distinct, pairs
from cleaner.dedup.clusters import stars
from cleaner.dedup.sets import Sets, jaccard
from cleaner.dedup.signatures import signatures
from cleaner.sites.near import Near, long_words, near_end
from cleaner.sites.survey import Key
from cleaner.sites.walk import Words
from cleaner.tokens import I64, TokenTable

#: Jaccard index from which lines are grouped: two lines of 40 words, a word of each edited, have 0.57.
_ALIKE = 0.5
#: If ``least`` pages have lines near a wording, more than half of its shingles stand in half as many pages, and so do
#: this share of the shingles of each of the lines. All other lines are left out before any is signed.
_SHARED = 0.3


class LongLines:
    """The different long lines of a site, hashed once for all rounds."""

    def __init__(self, pages: Sequence[Sequence[Key]]) -> None:
        found = {key for keys in pages for key in keys}
        self.words: dict[str, Words] = {key: words for key in found if key is not None and (words := long_words(key))}
        self.keys = sorted(self.words)
        self._numbers = {key: number for number, key in enumerate(self.keys)}
        hashes, owners = TokenTable.of(self.keys).shingles
        self._sets = Sets.gathered(hashes, owners, len(self.keys))
        self._owners = np.repeat(np.arange(len(self.keys)), self._sets.sizes)
        self._shingles: I64 = np.unique(self._sets.values, return_inverse=True)[1]

    def near(self, pages: Sequence[Sequence[Key]], least: float) -> Near:
        """What stands for the lines that ``least`` of these pages have, nearly. Their lines were there before."""
        counts = self._counts(pages)
        chosen = self._shared(counts, least)
        # of each group the line of most pages comes first, then the smallest
        chosen = chosen[np.argsort(-counts[chosen], kind="stable")]
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for number, star in zip(chosen.tolist(), self._stars(chosen).tolist(), strict=True):
            groups[star].append(number)
        wordings = [
            _wording([(self.words[self.keys[number]], int(counts[number])) for number in group])
            for group in groups.values()
            if counts[group].sum() >= least
        ]
        return Near(tuple(dict.fromkeys(wordings)))

    def _counts(self, pages: Sequence[Sequence[Key]]) -> I64:
        """Of each line the pages it stands in."""
        counts = np.zeros(len(self.keys), np.int64)
        for keys in pages:
            own = {self._numbers.get(keys[place], -1) for place in near_end(keys)}  # type: ignore[arg-type]
            own.discard(-1)
            counts[list(own)] += 1
        return counts

    def _shared(self, counts: I64, least: float) -> I64:
        """The lines of which enough shingles stand in enough pages."""
        pages = np.bincount(self._shingles, counts[self._owners])
        shared = np.bincount(self._owners, pages[self._shingles] >= least / 2, len(self.keys))
        result: I64 = np.flatnonzero((counts > 0) & (shared >= _SHARED * self._sets.sizes))
        return result

    def _stars(self, chosen: I64) -> I64:
        sets = Sets.of([self._sets.values[self._sets.first[own] : self._sets.first[own + 1]] for own in chosen])
        keys = band_keys(signatures(sets.values, sets.first), Shape.of(_ALIKE))
        members = np.repeat(np.arange(len(chosen)), keys.shape[1])
        rows = [distinct(own) for own in pairs(keys.ravel(), members)]
        proposed = distinct(np.concatenate(rows)) if rows else np.empty((0, 2), np.int64)
        return stars(proposed[jaccard(sets, proposed) >= _ALIKE], len(chosen))


def _wording(lines: Sequence[tuple[Words, int]]) -> str:
    """Of the lines of the most common length the word that most pages have at each place; the first of equals."""
    lengths: Counter[int] = Counter()
    for words, count in lines:
        lengths[len(words)] += count
    length = lengths.most_common(1)[0][0]
    places = [Counter[str]() for _ in range(length)]
    for words, count in lines:
        if len(words) == length:
            for place, word in zip(places, words, strict=True):
                place[word] += count
    return " ".join(place.most_common(1)[0][0] for place in places)
