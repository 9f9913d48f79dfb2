"""The diff for people: what goes, with its rule, reason and sum, between what stays."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from cleaner.model import Cleaned, Removal
from cleaner.reports.safe import one_line, visible

#: ``style(text, role)`` colours a text; roles: path, gone, kept, why, fold.
Style = Callable[[str, str], str]


def plain(text: str, role: str) -> str:
    """No colour."""
    return text


def document(place: str, cleaned: Cleaned, style: Style = plain, *, width: int = 100, context: int = 1) -> str:
    """One document's removals with ``context`` lines of what stays around each."""
    parts = [style(visible(place), "path") + "  " + share(cleaned)]
    if cleaned.held:
        parts.append(style(f"  left whole: {cleaned.held}", "why"))
    text, at = cleaned.document.text, 0
    for group in _touching(cleaned.removals):
        before = _kept(text[at : group[0].start], width)
        parts += _folded(before, context, style, first=at == 0)
        for removal in group:
            parts += [style(f"- {one_line(line, width - 2)}", "gone") for line in _lines(text, removal)]
            parts.append(style(f"    {why(removal)}", "why"))
        at = group[-1].end
    parts += _folded(_kept(text[at:], width), context, style, last=True)
    return "\n".join(parts) + "\n"


def why(removal: Removal) -> str:
    """Rule, sum and reason in a line."""
    terms = [term for term in removal.terms if term.weight]
    total = f"{removal.score:+.1f}" if terms else "certain"
    if len(terms) > 1:
        total += " = " + " ".join(f"{term.weight:+.1f} {term.name}" for term in terms)
    evidence = f" ({one_line(removal.evidence, 60)})" if removal.evidence else ""
    return f"{removal.rule}  {total}  {visible(removal.reason)}{evidence}"


def share(cleaned: Cleaned) -> str:
    """How much of a document goes, and under which categories."""
    gone = sum(removal.end - removal.start for removal in cleaned.removals)
    counts = Counter(removal.category for removal in cleaned.removals)
    names = ", ".join(f"{category} {count}" for category, count in sorted(counts.items()))
    return (
        f"-{gone} of {len(cleaned.document.text)} characters ({gone / max(1, len(cleaned.document.text)):.1%}): {names}"
    )


def _touching(removals: Sequence[Removal]) -> list[list[Removal]]:
    groups: list[list[Removal]] = []
    for removal in removals:
        if groups and groups[-1][-1].end == removal.start:
            groups[-1].append(removal)
        else:
            groups.append([removal])
    return groups


def _kept(text: str, width: int) -> list[str]:
    return [one_line(line, width - 2) for line in text.split("\n") if line.strip()]


def _lines(text: str, removal: Removal) -> list[str]:
    return [line for line in text[removal.start : removal.end].split("\n") if line.strip()] or ["(white space)"]


def _folded(lines: Sequence[str], context: int, style: Style, *, first: bool = False, last: bool = False) -> list[str]:
    """The lines next to a change, those between as their number."""
    head = [] if first else list(lines[:context])
    rest = list(lines[len(head) :])
    tail = [] if last or not context else rest[-context:]
    hidden = len(rest) - len(tail)
    fold = [style(f"  … {hidden} line{'s' * (hidden != 1)} kept", "fold")] if hidden else []
    return [style(f"  {line}", "kept") for line in head] + fold + [style(f"  {line}", "kept") for line in tail]


def line_numbers(text: str) -> Callable[[int], int]:
    """A function from a place in the text to its line, from 1."""
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    return lambda at: bisect_right(starts, at)
