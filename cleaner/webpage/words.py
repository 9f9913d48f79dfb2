"""Words of a page's lines and of other texts of it, as hashes: what they share is looked for in arrays.

A word is what ``\\w+`` finds in the text in lower case, as ``regex`` has it: marks that combine count as letters.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from cleaner.tokens import I64, U64, hashed


@dataclass(frozen=True, slots=True)
class Words:
    """The words of texts: a hash each, in order. Those of text ``n`` are ``hashes[starts[n]:ends[n]]``."""

    hashes: U64
    starts: I64
    ends: I64

    @property
    def counts(self) -> I64:
        """Words a text."""
        return self.ends - self.starts

    def of(self, text: int) -> U64:
        """The words of one text, by its number."""
        return self.hashes[self.starts[text] : self.ends[text]]

    def before(self, text: int) -> Words:
        """The words of the texts before this one."""
        return Words(self.hashes[: self.starts[text]], self.starts[:text], self.ends[:text])


def words_of(texts: Sequence[str]) -> Words:
    """The words of the texts."""
    whole = "\n".join(text.replace("\n", " ") for text in texts).lower()
    characters = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    hashes, starts, _ = hashed(characters, _in_words()[characters])
    borders = starts.searchsorted(np.flatnonzero(characters == ord("\n")))
    return Words(hashes, np.concatenate(([0], borders)), np.concatenate((borders, [len(hashes)])))


@cache
def _in_words() -> NDArray[np.bool_]:
    """For each character whether it is part of words."""
    every = np.arange(sys.maxunicode + 1, dtype=np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    result = np.zeros(len(every), bool)
    for run in regex.finditer(r"\w+", every):
        result[run.start() : run.end()] = True
    return result
