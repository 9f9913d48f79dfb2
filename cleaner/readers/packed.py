"""``.gz`` and ``.zst``: streams that say so when they were cut short, and the same packing for what is written.

zstandard's own stream reader takes a truncated file for a complete one.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

#: Endings that are packings of other formats.
PACKINGS = (".gz", ".zst")

_CHUNK = 1 << 20


class CorruptArchiveError(ValueError):
    """The archive is truncated or damaged."""


def opened(stream: BinaryIO, packing: str) -> BinaryIO:
    """The unpacked stream. Reading it raises ``CorruptArchiveError`` if the archive is not whole."""
    if not packing:
        return stream
    return io.BufferedReader(_Unpacked(_gunzip(stream) if packing == ".gz" else _unzstd(stream)), _CHUNK)


def packed(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """The chunks in that packing; the same chunks give the same bytes."""
    if not packing:
        yield from chunks
        return
    if packing == ".gz":
        buffer = io.BytesIO()
        with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=6, mtime=0) as file:
            for chunk in chunks:
                file.write(chunk)
                if buffer.tell() > _CHUNK:
                    yield buffer.getvalue()
                    buffer.seek(0)
                    buffer.truncate()
        yield buffer.getvalue()
        return
    import zstandard

    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()


class _Unpacked(io.RawIOBase):
    """A stream over chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _gunzip(stream: BinaryIO) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=stream, mode="rb") as file:
            empty = True
            while chunk := file.read(_CHUNK):
                empty = False
                yield chunk
        if empty and stream.tell() == 0:
            raise EOFError
    except EOFError:
        raise CorruptArchiveError("truncated: the gzip stream ends before its end mark") from None
    except (OSError, zlib.error) as error:
        raise CorruptArchiveError(f"corrupt gzip data: {error}") from None


def _unzstd(stream: BinaryIO) -> Iterator[bytes]:
    import zstandard

    rest = stream.read(_CHUNK)
    if not rest:
        raise CorruptArchiveError("truncated: the file is empty, which no zstd frame is")
    while rest:
        frame = zstandard.ZstdDecompressor().decompressobj()
        try:
            while True:
                yield frame.decompress(rest)
                if frame.eof:
                    rest = frame.unused_data or stream.read(_CHUNK)
                    break
                rest = stream.read(_CHUNK)
                if not rest:
                    raise CorruptArchiveError("truncated: the zstd stream ends inside a frame")
        except zstandard.ZstdError as error:
            raise CorruptArchiveError(f"corrupt zstd data: {error}") from None
