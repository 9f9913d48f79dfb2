"""A file's outcomes → the patch that ``git apply`` takes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cleaner.reports.filter import Filter
from cleaner.reports.unified import CONTEXT, unified
from cleaner.run import Done
from cleaner.sources import Source

#: Encodings in which a line feed is one byte, so that a patch can be taken by lines.
_WIDE = ("utf-16", "utf-32")


class NoPatchError(ValueError):
    """The file cannot be changed by a patch; the message says why."""


def patch(source: Source, units: Iterable[Done], context: int | None, chosen: Filter) -> bytes:
    """The patch of one file with the removals that are chosen; empty if there are none. Draws the units to their end.

    Raises ``NoPatchError``.
    """
    units = list(units)
    changed = [done for done in units if done.outcome.status == "cleaned"]
    if not changed:
        return b""
    if source.reader.output_suffix is not None:
        raise NoPatchError("HTML is never edited; `cleaner clean -o` writes its text")
    if source.packing:
        raise NoPatchError(f"{source.packing} files cannot be patched; use `cleaner clean`")
    name, mark = changed[0].outcome.encoding or ("utf-8", "")
    if name.startswith(_WIDE):
        raise NoPatchError(f"{name} files are binary to git; use `cleaner clean`")
    text, spans, removals = "", [], []
    parts: list[str] = []
    at = 0
    for done in units:
        cleaned = done.outcome.cleaned
        raw = done.unit.raw.decode(name, "surrogateescape")
        if done.outcome.status == "cleaned" and cleaned is not None:
            if done.outcome.sources is None:
                before = at + (1 if mark else 0)
                own = [(before + removal.start, before + removal.end) for removal in cleaned.removals]
            else:
                own = [(at + start, at + start + len(cut)) for start, cut in done.outcome.sources]
            taken = [pair for pair in zip(own, cleaned.removals, strict=True) if chosen.takes(pair[1])]
            spans += [span for span, _ in taken]
            removals += [removal for _, removal in taken]
        parts.append(raw)
        at += len(raw)
    text = "".join(parts)
    diff = unified(_from_here(source.path), text, spans, removals, CONTEXT if context is None else context)
    lines = [line + "\n" for line in diff.split("\n")[:-1]]
    # what is ours is UTF-8, as git has it; the lines of the file are in the file's encoding
    theirs = [number > 2 and line[0] in " +-" for number, line in enumerate(lines)]
    return b"".join(
        line.encode(name if is_theirs else "utf-8", "surrogateescape")
        for line, is_theirs in zip(lines, theirs, strict=True)
    )


def _from_here(path: Path) -> str:
    """The path as ``git apply`` looks for it: from the working folder, if it lies below that."""
    full = Path(os.path.abspath(path))  # noqa: PTH100  # links stay as they are
    return str(full.relative_to(Path.cwd()) if full.is_relative_to(Path.cwd()) else path)
