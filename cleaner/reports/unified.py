"""A unified diff that ``git apply`` takes, with rule, score and reason in each hunk's header.

The hunks come from the removals' spans, not from comparing lines: what is shown is exactly what would go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaner.edits import Span, apply
from cleaner.model import Removal
from cleaner.reports.safe import one_line

#: Lines of context around a change.
CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class _Change:
    """Old lines ``first`` to ``end`` become ``new``; ``note`` says why."""

    first: int
    end: int
    new: list[str]
    note: str


def unified(path: str, source: str, spans: Sequence[Span], removals: Sequence[Removal], context: int = CONTEXT) -> str:
    """The diff of one file that loses ``spans`` of ``source``, of which ``removals`` tell the reasons."""
    old = _split(source)
    changes = _changes(source, old, spans, removals)
    if not changes:
        return ""
    before, after = _quoted(f"a/{path}"), _quoted(f"b/{path}")
    head = f"diff --git {before} {after}\n--- {before}\n+++ {after}\n"
    return head + "".join(_hunks(old, changes, context))


def _changes(source: str, old: list[str], spans: Sequence[Span], removals: Sequence[Removal]) -> list[_Change]:
    starts = list(accumulate((len(line) for line in old), initial=0))
    groups: list[tuple[int, int, list[int]]] = []  # first line, end line, numbers of the spans
    for number, (start, end) in enumerate(spans):
        first = bisect_right(starts, start) - 1
        # a cut that takes a line end with it joins the line to the next
        last = bisect_right(starts, end) - 1 if end < len(source) else len(old) - 1
        if end == starts[last] and end > start and source[start:end].endswith("\n") and start == starts[first]:
            last -= 1
        if groups and first < groups[-1][1]:
            groups[-1] = groups[-1][0], max(groups[-1][1], last + 1), [*groups[-1][2], number]
        else:
            groups.append((first, last + 1, [number]))
    return [_change(source, old, starts, spans, removals, group) for group in groups]


def _change(
    source: str,
    old: list[str],
    starts: list[int],
    spans: Sequence[Span],
    removals: Sequence[Removal],
    group: tuple[int, int, list[int]],
) -> _Change:
    first, end, numbers = group
    base, stop = starts[first], starts[end]
    text = apply(source[base:stop], [(spans[n][0] - base, spans[n][1] - base) for n in numbers])
    new = _split(text)
    while new and first < end and new[0] == old[first]:
        new, first = new[1:], first + 1
    while new and first < end and new[-1] == old[end - 1]:
        new, end = new[:-1], end - 1
    return _Change(first, end, new, _note([removals[n] for n in numbers]))


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _note(removals: Sequence[Removal]) -> str:
    notes = dict.fromkeys(f"{r.rule} {r.score:+.1f} {r.reason}" for r in removals)
    return one_line("; ".join(notes), 300)


def _hunks(old: list[str], changes: list[_Change], context: int) -> list[str]:
    hunks: list[str] = []
    shift = 0
    at = 0
    while at < len(changes):
        end = at + 1
        while end < len(changes) and changes[end].first - changes[end - 1].end <= 2 * context:
            end += 1
        text, grown = _hunk(old, changes[at:end], context, shift)
        hunks.append(text)
        shift += grown
        at = end
    return hunks


def _hunk(old: list[str], changes: Sequence[_Change], context: int, shift: int) -> tuple[str, int]:
    first = max(0, changes[0].first - context)
    end = min(len(old), changes[-1].end + context)
    body: list[str] = []
    at = first
    for change in changes:
        body += [_line(" ", line) for line in old[at : change.first]]
        body += [_line("-", line) for line in old[change.first : change.end]]
        body += [_line("+", line) for line in change.new]
        at = change.end
    body += [_line(" ", line) for line in old[at:end]]
    grown = sum(len(change.new) - (change.end - change.first) for change in changes)
    count, new_count = end - first, end - first + grown
    note = "; ".join(dict.fromkeys(change.note for change in changes))
    head = f"@@ -{_range(first, count)} +{_range(first + shift, new_count)} @@ {note}\n"
    return head + "".join(body), grown


def _range(first: int, count: int) -> str:
    return f"{first + 1 if count else first},{count}"


def _line(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n{_NO_NEWLINE}"


def _quoted(path: str) -> str:
    """A path as git writes it: in double quotes with octal escapes if it holds anything unusual."""
    raw = path.encode("utf-8", "surrogateescape")
    if all(32 <= byte < 127 and byte not in b'"\\' for byte in raw):
        return path
    escapes = {ord("\n"): "\\n", ord("\t"): "\\t", ord('"'): '\\"', ord("\\"): "\\\\"}
    return '"' + "".join(escapes.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in raw) + '"'
