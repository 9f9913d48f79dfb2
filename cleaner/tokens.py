"""The token table of a batch: where each word starts, its hash, and what is counted from those.

One running sum over the bytes gives the hash of any span of them: with ``S[i] = sum(byte[k] * R**k, k < i)``
modulo 2**64, ``(S[end] - S[start]) * R**-start`` depends on the bytes of the span alone. Words are hashed that
way, shingles as polynomials over their words' hashes, and a block as the sum of what each word's hash and place mix to,
all as array operations. Such a polynomial has collisions of Thue-Morse form from about a thousand terms on, so
overlong words are hashed by BLAKE2. None of it withstands somebody who searches for collisions. A word is a run of
letters, digits and underscores in lower case; every character beyond ASCII counts as a letter, since the views
the table is made from hold plain quotes, dashes and spaces only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Units = NDArray[np.uint8] | NDArray[np.uint32]

#: Words a shingle; RESEARCH of near-duplicate detection (Broder 1997) and datatrove use five.
SHINGLE = 5
#: Bytes hashed at a time; of larger stretches the sums, eight bytes each, leave the processor's cache.
_CHUNK = 1 << 16
#: Bytes from which a word is hashed by BLAKE2; texts without spaces between words have such.
_LONG = 512
_R, _P = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93  # odd, so that they have inverses modulo 2**64

# tables for bytes.translate, which is three times as fast as picking from an array
_WORD = frozenset((*range(48, 58), *range(65, 91), 95, *range(97, 123), *range(128, 256)))
_IS_WORD = bytes(byte in _WORD for byte in range(256))
_LOWER = bytes(range(256)).lower()
_SPELLED = bytes(_LOWER[byte] if byte in _WORD else 32 for byte in range(256))


def _powers(base: int, count: int) -> U64:
    """``base ** i`` modulo 2**64 for ``i < count``."""
    return _many_powers(base, count.bit_length())[:count]


@cache
def _many_powers(base: int, bits: int) -> U64:
    factors = np.full(1 << bits, base, dtype=np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


def _inverse(base: int) -> int:
    return pow(base, -1, 1 << 64)


def mix(values: U64) -> U64:
    """The finaliser of MurmurHash3 (Appleby): spreads a polynomial over all 64 bits."""
    result = values ^ (values >> np.uint64(33))
    result *= np.uint64(0xFF51AFD7ED558CCD)
    result ^= result >> np.uint64(33)
    result *= np.uint64(0xC4CEB9FE1A85EC53)
    result ^= result >> np.uint64(33)
    return result


@dataclass(frozen=True)
class TokenTable:
    """The words of a batch of views (blocks' texts), in order.

    ``words``: a hash a word. ``first``: for view ``v`` its words are ``first[v]:first[v + 1]``. ``starts`` and
    ``ends``: where each stands in ``data``, which holds the bytes of the views in lower case, and maybe others'.
    """

    words: U64
    first: I64
    starts: I64
    ends: I64
    data: NDArray[np.uint8]

    @classmethod
    def of(cls, views: Sequence[str]) -> TokenTable:
        """The table of the views' words. No view may hold a line feed."""
        # lower() of text beyond ASCII is slow, and few views are
        encoded = [view.encode() if view.isascii() else view.lower().encode("utf-8", "replace") for view in views]
        buffer = b"\n".join(encoded)
        data = np.frombuffer(buffer.translate(_LOWER), dtype=np.uint8)
        words, starts, ends = hashed(data, np.frombuffer(buffer.translate(_IS_WORD), dtype=bool))
        first = np.zeros(len(views) + 1, np.int64)
        first[1:-1] = np.searchsorted(starts, np.flatnonzero(data == 10))
        first[-1] = len(words)
        return cls(words, first, starts, ends, data)

    def joined(self, other: TokenTable) -> TokenTable:
        """The table of these views and the other's after them."""
        if not len(other.counts):
            return self
        ahead, words = len(self.data), len(self.words)
        return TokenTable(
            np.concatenate((self.words, other.words)),
            np.concatenate((self.first, other.first[1:] + words)),
            np.concatenate((self.starts, other.starts + ahead)),
            np.concatenate((self.ends, other.ends + ahead)),
            np.concatenate((self.data, other.data)),
        )

    def take(self, views: I64) -> TokenTable:
        """The table of some of the views, by their numbers."""
        counts = self.counts[views]
        first = np.zeros(len(views) + 1, np.int64)
        np.cumsum(counts, out=first[1:])
        at = np.arange(first[-1]) + np.repeat(self.first[views] - first[:-1], counts)
        return TokenTable(self.words[at], first, self.starts[at], self.ends[at], self.data)

    @cached_property
    def lengths(self) -> I64:
        """Bytes a word."""
        return self.ends - self.starts

    @cached_property
    def numeric(self) -> NDArray[np.bool_]:
        """Whether a word begins with a digit."""
        begins = self.data[self.starts]
        return (begins >= 48) & (begins <= 57)

    @cached_property
    def counts(self) -> I64:
        """Words a view."""
        return np.diff(self.first)

    def words_of(self, first: int, views: int) -> int:
        """Words of so many views from view ``first`` on."""
        return int(self.first[first + views] - self.first[first])

    @cached_property
    def view_of(self) -> I64:
        """For each word the view it stands in."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @cached_property
    def blocks(self) -> U64:
        """A hash a view: of its words in their order. Views without words have 0."""
        within = np.arange(len(self.words)) - self.first[self.view_of]
        powers = _powers(_P, int(self.counts.max(initial=0)) + 1)
        sums = np.zeros(len(self.counts), np.uint64)
        filled = np.flatnonzero(self.counts)
        if len(filled):
            # mixed before they are added: the plain polynomial has collisions that can be written down
            sums[filled] = mix(np.add.reduceat(mix(self.words + powers[within]), self.first[filled]))
        return sums

    @cached_property
    def shingles(self) -> tuple[U64, I64]:
        """The hash of each run of five words within a view, and the view it stands in."""
        count = max(0, len(self.words) - SHINGLE + 1)
        sums = np.zeros(count, np.uint64)
        for ahead in range(SHINGLE):
            sums *= np.uint64(_P)
            sums += self.words[ahead : ahead + count]
        inside = self.view_of[:count] == self.view_of[SHINGLE - 1 :][:count]
        return mix(sums[inside]), self.view_of[:count][inside]


def spelled(view: str) -> bytes:
    """The view's words as the table takes them, a space between each: for a digest that nobody can make collide."""
    return b" ".join(view.lower().encode("utf-8", "replace").translate(_SPELLED).split())


def hashed(data: Units, is_word: NDArray[np.bool_]) -> tuple[U64, I64, I64]:
    """The hash, the start and the end of each word.

    ``data`` is text in lower case, as the bytes of its UTF-8 or as the numbers of its characters, which give other
    hashes; ``is_word`` tells of each whether it is part of a word.
    """
    parts = [(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64))]
    at = 0
    while at < len(data):
        end = _word_break(is_word, at + _CHUNK)
        hashes, starts, ends = _hash_words(data[at:end], is_word[at:end])
        parts.append((hashes, starts + at, ends + at))
        at = end
    if len(parts) == 2:
        return parts[1]
    all_hashes, all_starts, all_ends = zip(*parts, strict=True)
    return np.concatenate(all_hashes), np.concatenate(all_starts), np.concatenate(all_ends)


def _word_break(is_word: NDArray[np.bool_], at: int) -> int:
    """The first place from ``at`` on that no word spans."""
    while at < len(is_word) and is_word[at]:
        at += 1
    return min(at, len(is_word))


def _hash_words(data: Units, is_word: NDArray[np.bool_]) -> tuple[U64, I64, I64]:
    """The same, all at once."""
    edges = np.flatnonzero(np.diff(is_word, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum(data * _powers(_R, len(data)), out=sums[1:])
    hashes = mix((sums[ends] - sums[starts]) * _powers(_inverse(_R), len(data))[starts])
    for word in np.flatnonzero(ends - starts > _LONG).tolist():
        digest = blake2b(data[starts[word] : ends[word]].tobytes(), digest_size=8).digest()
        hashes[word] = int.from_bytes(digest, "little")
    return hashes, starts, ends
