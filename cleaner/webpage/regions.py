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
_BODY_SHARES = {"half": 0.5, "most": 0.8, "all": 0.97}
_PROSE_SHARE = 0.7
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
    """What the lines in each block element add up to, by the element's number: words, those of prose, those kept."""

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
        return cls(
            sums(words), sums(words * density), sums(words * prose), None if kept is None else sums(words * kept)
        )

    def shares(self) -> list[tuple[float, ...]]:
        """``SHARES`` of each element, the last only if something is known of what is kept."""
        words = np.maximum(self.words, 1.0)
        own = [words / self.words[_ROOT], self.linked / words, self.prose / words]
        if self.kept is not None:
            own.append(self.kept / words)
        return list(zip(*(values.tolist() for values in own), strict=True))

    def bodies(self) -> dict[str, int]:
        """The smallest elements that hold most of the prose, and most of what is kept."""
        wanted = {"html_in_prose_body": (self.prose, _PROSE_SHARE)}
        if self.kept is not None:
            wanted |= {f"html_in_{name}_kept": (self.kept, share) for name, share in _BODY_SHARES.items()}
        return {
            name: self._smallest(sums >= share * sums[_ROOT]) for name, (sums, share) in wanted.items() if sums[_ROOT]
        }

    def _smallest(self, enough: NDArray[np.bool_]) -> int:
        """The element of fewest words; of several the innermost, whose number is the highest."""
        least = self.words[enough].min()
        return int(np.flatnonzero(enough & (self.words == least))[-1])
