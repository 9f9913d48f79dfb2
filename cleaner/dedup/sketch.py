"""What near-duplicate documents are found by: a digest of the words, the shingles, and the band keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cleaner.dedup.bands import Shape, band_keys
from cleaner.dedup.sets import Sets
from cleaner.dedup.signatures import signatures
from cleaner.text import fold
from cleaner.tokens import U64, TokenTable, spelled


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of one text: 16 bytes that equal words in equal order share, the words' number, shingles (ascending, each
    once) and a key a band. A text of fewer words than a shingle has no shingles and no keys.
    """

    digest: bytes
    words: int
    shingles: U64
    keys: U64


def sketches(texts: Sequence[str], shape: Shape) -> list[Sketch]:
    """A sketch a text."""
    views = [fold(text) for text in texts]
    table = TokenTable.of(views)
    hashes, owners = table.shingles
    sets = Sets.gathered(hashes, owners, len(views))
    keys = band_keys(signatures(sets.values, sets.first), shape)
    made = []
    for number, view in enumerate(views):
        own = sets.values[sets.first[number] : sets.first[number + 1]]
        digest = blake2b(spelled(view), digest_size=16).digest()
        made.append(Sketch(digest, int(table.counts[number]), own, keys[number] if len(own) else keys[number, :0]))
    return made
