"""What near-duplicate documents are found by: a digest of the words, the shingles, the signature and its band keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cleaner.dedup.bands import Shape, band_keys
from cleaner.dedup.sets import Sets
from cleaner.dedup.signatures import U32, signatures
from cleaner.text import fold
from cleaner.tokens import U64, TokenTable, spelled


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of one text: 16 bytes that equal words in equal order share, the words' number, shingles (ascending, each
    once), their signature and a key a band. A text of fewer words than a shingle has none of these three.
    """

    digest: bytes
    words: int
    shingles: U64
    signature: U32
    keys: U64


def sketches(texts: Sequence[str], shape: Shape) -> list[Sketch]:
    """A sketch a text."""
    views = [fold(text) for text in texts]
    table = TokenTable.of(views)
    hashes, owners = table.shingles
    sets = Sets.gathered(hashes, owners, len(views))
    signed = signatures(sets.values, sets.first)
    keys = band_keys(signed, shape)
    made = []
    for number, view in enumerate(views):
        own = sets.values[sets.first[number] : sets.first[number + 1]]
        digest = blake2b(spelled(view), digest_size=16).digest()
        end = None if len(own) else 0
        made.append(Sketch(digest, int(table.counts[number]), own, signed[number, :end], keys[number, :end]))
    return made
