"""What the elements of a page hold: words, links, prose, and text that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import regex
from numpy.typing import NDArray

from cleaner.webpage.lines import Line

#: Shares of the kept text, and of the prose, of which the smallest element that holds them is the page's body.
KEPT_BODIES = {"html_in_half_kept": 0.5, "html_in_most_kept": 0.8, "html_in_all_kept": 0.97}
PROSE_BODY, _PROSE_SHARE = "html_in_prose_body", 0.7
#: Words from which a line that ends a sentence is prose.
_PROSE_WORDS = 10
#: The number of the page's outermost element.
_ROOT = 1

_ENDS_SENTENCE = regex.compile(r"[.!?…:;。][\"'”’»)\]]*$")

#: What is said of an element: its share of the page's words, and shares of its own: in links, in prose, kept.
SHARES = ("share", "link", "prose", "kept")

Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regions:
    """What the lines in each block element add up to, by the element's number: words, those of prose, those kept.

    ``parents`` are the elements around the lines, line after line, ``depths`` how many there are of each line.
    """

    parents: NDArray[np.intp]
    depths: NDArray[np.intp]
    words: Sums
    linked: Sums
    prose: Sums
    kept: Sums | None

    @classmethod
    def of(cls, lines: Sequence[Line], words: Sums, density: Sums, kept: Sums | None) -> Regions:
        """From an array each of what the lines have."""
        depths = np.fromiter((len(line.parents) for line in lines), np.intp, len(lines))
        parents = np.fromiter(chain.from_iterable(line.parents for line in lines), np.intp, depths.sum())

        def sums(of_line: Sums) -> Sums:
            return np.asarray(np.bincount(parents, np.repeat(of_line, depths)), float)  # in the order of the lines

        prose = [
            count >= _PROSE_WORDS and _ENDS_SENTENCE.search(line.text[-4:]) is not None
            for count, line in zip(words.tolist(), lines, strict=True)
        ]
        stays = None if kept is None else sums(words * kept)
        return cls(parents, depths, sums(words), sums(words * density), sums(words * prose), stays)

    def shares(self, level: int) -> list[Sums]:
        """``SHARES`` of the element so far out from each line's own, the last only if it is known what is kept."""
        ends = np.cumsum(self.depths)
        around = self.parents[np.maximum(ends - self.depths, ends - 1 - level)]
        words = np.maximum(self.words, 1.0)
        own = [words / self.words[_ROOT], self.linked / words, self.prose / words]
        if self.kept is not None:
            own.append(self.kept / words)
        return [shares[around] for shares in own]

    def bodies(self) -> dict[str, NDArray[np.bool_]]:
        """Which lines stand in the smallest elements that hold most of the prose, and most of what is kept."""
        wanted = {PROSE_BODY: (self.prose, _PROSE_SHARE)}
        if self.kept is not None:
            wanted |= {name: (self.kept, share) for name, share in KEPT_BODIES.items()}
        return {
            name: self._in(self._smallest(sums >= share * sums[_ROOT]))
            for name, (sums, share) in wanted.items()
            if sums[_ROOT]
        }

    def _smallest(self, enough: NDArray[np.bool_]) -> int:
        """The element of fewest words; of several the innermost, whose number is the highest."""
        least = self.words[enough].min()
        return int(np.flatnonzero(enough & (self.words == least))[-1])

    def _in(self, element: int) -> NDArray[np.bool_]:
        """For each line whether it stands in the element."""
        lines = np.repeat(np.arange(len(self.depths)), self.depths)
        inside = np.zeros(len(self.depths), bool)
        inside[lines[self.parents == element]] = True
        return inside
