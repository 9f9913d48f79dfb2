"""A removal's evidence in words: how sure, which rule, which terms, what matched."""

from __future__ import annotations

from cleaner.model import Removal, Term
from cleaner.reports.safe import one_line, visible

#: Terms of a sum that are named; a learned sum has dozens of small ones.
MOST_TERMS = 4


def certainty(removal: Removal) -> str:
    """The sum, or ``certain`` where none was needed."""
    return "certain" if removal.certain else f"{removal.score:+.1f}"


def addends(removal: Removal, most: int = MOST_TERMS) -> list[tuple[str, str]]:
    """Weight and name of the sum's terms, largest first; beyond ``most`` they are one line. Empty for a sum of one.

    A rule of the removal's own category goes by its id alone.
    """
    weighty = [term for term in removal.terms if term.weight]
    if len(weighty) < 2:
        return []
    weighty.sort(key=lambda term: -abs(term.weight))
    shown = [(f"{term.weight:+.1f}", _name(term, removal)) for term in weighty[:most]]
    if rest := weighty[most:]:
        shown.append((f"{sum(term.weight for term in rest):+.1f}", f"in {len(rest)} smaller terms"))
    return shown


def _name(term: Term, removal: Removal) -> str:
    return one_line(term.name.removeprefix(removal.category + "/"), 60)


def reason(removal: Removal, text: str) -> str:
    """The reason and, unless it is all of the removed text, what matched."""
    evidence = "" if removal.evidence == text.strip() else one_line(removal.evidence, 60)
    return visible(removal.reason) + f" ({evidence})" * bool(evidence)
