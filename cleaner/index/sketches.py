"""Sketches as rows of the index and back, looked over when read; and their signatures, held against datasketch's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.dedup.bands import Shape, band_keys
from cleaner.dedup.signatures import PERMUTATIONS, SCHEME, SEED, U32
from cleaner.dedup.sketch import Sketch
from cleaner.errors import IndexFileError
from cleaner.index.store import SketchRow
from cleaner.tokens import U64

#: Numbers are little-endian in the file, whatever the machine.
_VALUE, _HASH = np.dtype("<u4"), np.dtype("<u8")


@dataclass(frozen=True, slots=True)
class Noted:
    """A document as its copies are looked for: its line, 0 for a file that is one document, its site, a digest by
    which its bytes are known again, and the sketch of its cleaned text.
    """

    line: int
    site: str | None
    seen: bytes
    sketch: Sketch


def from_noted(own: Noted, basis: bytes) -> SketchRow:
    """The document's row."""
    sketch = own.sketch
    site = None if own.site is None else own.site.encode("utf-8", "surrogatepass")
    arrays = sketch.signature.astype(_VALUE).tobytes(), sketch.shingles.astype(_HASH).tobytes()
    return (own.line, site, basis, own.seen, sketch.words, sketch.digest, *arrays)


def to_noted(rows: Sequence[SketchRow], shape: Shape) -> list[Noted]:
    """The documents of rows, with the keys of these bands. Raises ``IndexFileError``."""
    for row in rows:
        _look_over(row)
    signed = np.array([np.frombuffer(row[6], _VALUE) for row in rows if row[6]], np.uint32)
    keys = iter(band_keys(signed.reshape(-1, PERMUTATIONS), shape))
    none = np.empty(0, np.uint64)
    return [
        Noted(
            line,
            None if site is None else site.decode("utf-8", "surrogatepass"),
            seen,
            Sketch(digest, words, _hashes(shingles), _values(signature), next(keys) if signature else none),
        )
        for line, site, _, seen, words, digest, signature, shingles in rows
    ]


def check(rows: Iterable[tuple[str, SketchRow]]) -> int:
    """Holds the signatures of rows, each with its path, against datasketch's, value for value; gives their number.

    Raises ``IndexFileError`` for one that differs.
    """
    count = 0
    for path, row in rows:
        if not is_datasketchs(row):
            where = f"{path}:{row[0]}" if row[0] else path
            raise IndexFileError(
                f"the signature of {where} in the index is not that of its shingles; "
                "`cleaner index build INPUT…` makes it anew"
            )
        count += 1
    return count


def is_datasketchs(row: SketchRow) -> bool:
    """True if the signature is what datasketch makes of the shingles, value for value. Raises ``IndexFileError``."""
    from datasketch import MinHash  # brings scipy

    _look_over(row)
    *_, signature, shingles = row
    if not shingles:
        return True
    own = MinHash(PERMUTATIONS, SEED, hashfunc=lambda shingle: shingle & 0xFFFFFFFF, scheme=SCHEME)
    own.update_batch(_hashes(shingles).tolist())
    return bool(np.array_equal(own.hashvalues, _values(signature)))


def _values(data: bytes) -> U32:
    return np.frombuffer(data, _VALUE).astype(np.uint32)


def _hashes(data: bytes) -> U64:
    return np.frombuffer(data, _HASH).astype(np.uint64)


def _look_over(row: SketchRow) -> None:
    line, site, basis, seen, words, digest, signature, shingles = row
    is_sound = (
        all(isinstance(value, bytes) for value in (basis, seen, digest, signature, shingles))
        and isinstance(site, bytes | None)
        and isinstance(line, int)
        and isinstance(words, int)
        and line >= 0
        and words > 0
        and (len(seen), len(digest)) == (8, 16)
        and len(shingles) % 8 == 0
        and len(signature) == (4 * PERMUTATIONS if shingles else 0)
    )
    if is_sound:
        hashes = _hashes(shingles)
        is_sound = bool((hashes[1:] > hashes[:-1]).all())
    if not is_sound:
        raise IndexFileError("a sketch in the index is damaged")
