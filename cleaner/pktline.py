"""Git's protocol for long-running filters, gitattributes(5): one process for all files of a command.

A packet is four hexadecimal digits of length, then so many bytes less four.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import BinaryIO

#: The packet that ends a list or a content.
FLUSH = None
#: Bytes that one packet holds at most.
_MOST = 65_516


def serve(clean: Callable[[bytes, str], bytes], source: BinaryIO, sink: BinaryIO) -> None:
    """Answers git until it hangs up. ``clean`` gets a file's bytes and its path from the top of the repository.

    A required filter must smudge, too: what goes to the working tree stays as it is. Raises ``ValueError`` if it is not
    git that calls, ``EOFError`` if it breaks off.
    """
    if read_list(source)[:1] != ["git-filter-client"]:
        raise ValueError("this is for git to call, see `cleaner git install`")
    write(sink, "git-filter-server", "version=2", FLUSH)
    read_list(source)
    write(sink, "capability=clean", "capability=smudge", FLUSH)
    while request := read_list(source):
        keys = dict(line.split("=", 1) for line in request)
        content = read_packets(source)
        if keys["command"] == "clean":
            content = clean(content, keys["pathname"])
        write(sink, "status=success", FLUSH)
        write_content(sink, content)
        write(sink, FLUSH)


def read_packets(source: BinaryIO) -> bytes:
    """The content up to the next flush. Raises ``EOFError`` if it breaks off."""
    parts: list[bytes] = []
    while packet := _packet(source):
        parts.append(packet)
    if packet is None:
        raise EOFError("git hung up in the middle of a file")
    return b"".join(parts)


def read_list(source: BinaryIO) -> list[str]:
    """The lines up to the next flush, as file names are decoded; none at the end of the stream."""
    lines: list[str] = []
    while packet := _packet(source):
        lines.append(os.fsdecode(packet.removesuffix(b"\n")))
    return lines


def _packet(source: BinaryIO) -> bytes | None:
    """A packet's bytes, empty for a flush; None at the end of the stream."""
    head = source.read(4)
    if not head:
        return None
    size = int(head, 16)
    return source.read(size - 4) if size else b""


def write(sink: BinaryIO, *lines: str | None) -> None:
    """Writes lines and flushes."""
    for line in lines:
        if line is FLUSH:
            sink.write(b"0000")
        else:
            data = os.fsencode(line) + b"\n"
            sink.write(b"%04x" % (len(data) + 4) + data)
    sink.flush()


def write_content(sink: BinaryIO, content: bytes) -> None:
    """Writes a content and its flush."""
    for start in range(0, len(content), _MOST):
        part = content[start : start + _MOST]
        sink.write(b"%04x" % (len(part) + 4) + part)
    write(sink, FLUSH)
