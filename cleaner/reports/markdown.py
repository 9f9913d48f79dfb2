"""Findings as Markdown, for a comment on a pull request.

Whatever comes from documents stands in code spans, where neither markup nor mentions nor HTML mean anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaner.reports.findings import Found
from cleaner.reports.safe import one_line

#: Characters of a comment; GitHub takes 65,536.
MOST = 60_000
_TEXT = 120


def as_markdown(found: Sequence[Found]) -> str:
    """A heading, a table by category, and the findings by document; those for which there is no room are counted."""
    if not found:
        return "### cleaner: nothing found\n"
    documents = len({own.path for own in found})
    head = f"### cleaner: {_many(len(found), 'finding')} in {_many(documents, 'file')}\n\n{_table(found)}\n"
    parts, left, shown = [head], MOST - len(head), 0
    for text, count in _parts(found):
        left -= len(text)
        if left < 0:
            parts.append(f"\n… and {_many(len(found) - shown, 'finding')} more: run `cleaner check`\n")
            break
        parts.append(text)
        shown += count
    return "".join(parts)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _table(found: Sequence[Found]) -> str:
    counts = Counter(own.category for own in found)
    rows = [f"| {category} | {count} |\n" for category, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]
    return "| category | findings |\n| --- | ---: |\n" + "".join(rows)


def _parts(found: Sequence[Found]) -> Iterator[tuple[str, int]]:
    """Headings of files and lines of findings, each with the findings it is."""
    for path, group in groupby(found, key=lambda own: own.path):
        own = list(group)
        yield f"\n**{code(path, 300)}** ({_many(len(own), 'finding')})\n\n", 0
        for one in own:
            yield _line(one), 1


def _line(found: Found) -> str:
    return f"- line {found.line}, {code(found.rule, 80)} ({_sum(found)}): {code(found.text, _TEXT)}\n"


def _sum(found: Found) -> str:
    return "certain" if found.certain else f"{found.score:+.1f}"


def code(text: str, width: int) -> str:
    """The text in one line as a code span that nothing in it can end."""
    shown = one_line(text, width)
    ticks = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (ticks + 1)
    pad = " " if ticks else ""
    return f"{fence}{pad}{shown or ' '}{pad}{fence}"
