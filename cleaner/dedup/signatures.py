"""MinHash signatures of many sets at once, equal value for value to datasketch's (scheme ``affine32``).

datasketch (its ``minhash.py``) finalises a 32-bit hash by MurmurHash3's finaliser and permutes it by ``a * h + b``
modulo 2**32, ``a`` odd. Here the hashes of a batch are permuted together and the smallest of each set is taken
with one ``reduceat``. Rows go into ``datasketch.MinHash(hashvalues=row, scheme="affine32")`` and its
``MinHashLSH``; datasketch itself is not imported.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaner.tokens import I64, U64

U32 = NDArray[np.uint32]

#: datasketch's name for the way hashes are permuted.
SCHEME = "affine32"
#: Permutations a signature; datasketch's default.
PERMUTATIONS = 128
#: datasketch's default seed.
SEED = 1
#: Raised when the same text gets other words, hashes, shingles or signatures.
KERNEL = 1
#: All that a signature depends on besides its text.
SIGNED = f"{SCHEME}, {PERMUTATIONS} permutations, seed {SEED}, kernel {KERNEL}"
#: What the signature of an empty set holds throughout.
EMPTY = 0xFFFFFFFF

#: Hashes permuted at a time: 128 * 8,000 * 4 bytes stay in the cache, and numpy's cost a call is spread.
_CHUNK = 8_000


@cache
def permutations(count: int = PERMUTATIONS, seed: int = SEED) -> tuple[U32, U32]:
    """Factors (odd) and summands of the permutations, in datasketch's order of drawing."""
    generator = np.random.RandomState(seed)
    factors = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    summands = generator.randint(0, 1 << 32, count, dtype=np.uint32)
    return factors, summands


def signatures(hashes: U64, first: I64, *, count: int = PERMUTATIONS, seed: int = SEED) -> U32:
    """The signatures, shape ``(sets, count)``, of sets of shingle hashes.

    Set ``s`` is ``hashes[first[s]:first[s + 1]]``, so ``first`` has one entry more than there are sets; an element
    may stand more than once. Of each hash the lower 32 bits count, which is what ``datasketch.MinHash`` with
    ``hashfunc=lambda shingle: shingle & 0xFFFFFFFF`` sees. An empty set has ``EMPTY`` throughout, and so equals
    every other empty set: leave those out of what is grouped.
    """
    result = np.full((len(first) - 1, count), EMPTY, np.uint32)
    filled = np.flatnonzero(first[1:] > first[:-1])
    starts = first[filled]
    factors, summands = (values[:, None] for values in permutations(count, seed))
    room = np.empty((count, _CHUNK), np.uint32)
    for begin in range(0, len(hashes), _CHUNK):
        mixed = _finalised(hashes[begin : begin + _CHUNK].astype(np.uint32))
        permuted = room[:, : len(mixed)]
        np.multiply(mixed, factors, out=permuted)
        np.add(permuted, summands, out=permuted)
        # the set in which the chunk begins, to the last that begins within it
        low = int(np.searchsorted(starts, begin, "right")) - 1
        high = int(np.searchsorted(starts, begin + len(mixed), "left"))
        smallest = np.minimum.reduceat(permuted, np.maximum(starts[low:high] - begin, 0), axis=1)
        own = filled[low:high]
        result[own] = np.minimum(result[own], smallest.T)
    return result


def _finalised(hashes: U32) -> U32:
    """The 32-bit finaliser of MurmurHash3 (Appleby)."""
    hashes = hashes ^ (hashes >> np.uint32(16))
    hashes = hashes * np.uint32(0x85EBCA6B)
    hashes = hashes ^ (hashes >> np.uint32(13))
    hashes = hashes * np.uint32(0xC2B2AE35)
    result: U32 = hashes ^ (hashes >> np.uint32(16))
    return result
