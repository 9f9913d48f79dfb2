from __future__ import annotations

import pytest

from cleaner.dedup.bands import Shape
from cleaner.dedup.sketch import sketches
from cleaner.errors import IndexFileError
from cleaner.index.sketches import Noted, check, from_noted, is_datasketchs, to_noted
from cleaner.index.store import SketchRow
from tests.support import PROSE

TEXTS = ["\n".join(PROSE), "Two words.", *PROSE]


def _noted(shape: Shape) -> list[Noted]:
    sites = [None, "a.example", "\ud800/"]
    return [Noted(line, sites[line % 3], bytes([line]) * 8, own) for line, own in enumerate(sketches(TEXTS, shape))]


def _rows() -> list[SketchRow]:
    return [from_noted(own, b"basis") for own in _noted(Shape())]


@pytest.mark.parametrize("shape", [Shape(), Shape.of(0.5), Shape.of(0.99)])
def test_sketches_come_back_with_the_keys_of_any_bands(shape: Shape) -> None:
    for own, again in zip(_noted(shape), to_noted(_rows(), shape), strict=True):
        assert (again.line, again.site, again.seen) == (own.line, own.site, own.seen)
        assert (again.sketch.digest, again.sketch.words) == (own.sketch.digest, own.sketch.words)
        for name in ("shingles", "signature", "keys"):
            one, other = getattr(own.sketch, name), getattr(again.sketch, name)
            assert one.dtype == other.dtype
            assert one.tolist() == other.tolist()


def test_signatures_are_datasketchs_and_one_that_is_not_is_named() -> None:
    rows = [("a.jsonl", row) for row in _rows()]
    assert check(rows) == len(rows)
    *facts, signature, shingles = rows[2][1]
    for place in (0, 255, 511):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not is_datasketchs((*facts, bytes(changed), shingles))  # type: ignore[arg-type]
    with pytest.raises(IndexFileError, match=r"the signature of a\.jsonl:2 in the index"):
        check([rows[1], ("a.jsonl", (*facts, bytes(changed), shingles))])  # type: ignore[arg-type]


def test_nothing_is_made_of_no_rows() -> None:
    assert to_noted([], Shape()) == []
