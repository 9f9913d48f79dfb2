from __future__ import annotations

import gzip
import io
import random

import pytest
import zstandard

from cleaner.readers.packed import CorruptArchiveError, opened, packed

DATA = random.Random(1).randbytes(3_000_000) + b"\n" * 2_000_000
PACK = {".gz": lambda data: gzip.compress(data, 1), ".zst": zstandard.ZstdCompressor(write_checksum=True).compress}


@pytest.mark.parametrize("packing", [*PACK, ""])
@pytest.mark.parametrize("data", [b"", b"one", DATA], ids=len)
def test_what_is_packed_is_unpacked_the_same(packing: str, data: bytes) -> None:
    chunks = [data[at : at + 700_000] for at in range(0, len(data), 700_000)]
    first, second = b"".join(packed(chunks, packing)), b"".join(packed(chunks, packing))
    assert first == second
    assert opened(io.BytesIO(first), packing).read() == data
    assert (PACK and packing == "") or first != data


@pytest.mark.parametrize("packing", PACK)
def test_several_members_are_one_stream(packing: str) -> None:
    raw = PACK[packing](b"one\ntw") + PACK[packing](b"") + PACK[packing](b"o\n")
    assert list(opened(io.BytesIO(raw), packing)) == [b"one\n", b"two\n"]


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("lost", [1, 4, 9, 1000, 2_999_000])
def test_an_archive_that_was_cut_short_says_so(packing: str, lost: int) -> None:
    raw = PACK[packing](DATA)[:-lost]
    with pytest.raises(CorruptArchiveError, match="truncated"):
        opened(io.BytesIO(raw), packing).read()


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("at", [0, 1, 500_000, -3])
def test_a_damaged_archive_says_so(packing: str, at: int) -> None:
    raw = bytearray(PACK[packing](DATA))
    raw[at] ^= 0xFF
    with pytest.raises(CorruptArchiveError, match=r"corrupt|truncated"):
        opened(io.BytesIO(bytes(raw)), packing).read()


@pytest.mark.parametrize("packing", PACK)
def test_rubbish_behind_an_archive_is_not_passed_over(packing: str) -> None:
    with pytest.raises(CorruptArchiveError, match="corrupt"):
        opened(io.BytesIO(PACK[packing](b"one") + b"rubbish rubbish"), packing).read()
    with pytest.raises(CorruptArchiveError, match="truncated"):
        opened(io.BytesIO(b""), packing).read()
