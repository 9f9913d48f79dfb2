"""Which removals a report shows: by category, by rule, by how sure they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cleaner.model import Cleaned, Removal


@dataclass(frozen=True, slots=True)
class Filter:
    """Removals of these categories and rules whose sum is under ``below``; empty and None mean all.

    A rule is named in full, or by its id alone. What is certain is never under anything.
    """

    categories: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    below: float | None = None

    def __bool__(self) -> bool:
        """True if anything is left out."""
        return bool(self.categories or self.rules or self.below is not None)

    def takes(self, removal: Removal) -> bool:
        """True if the removal is shown."""
        if self.categories and removal.category not in self.categories:
            return False
        if self.rules and self.rules.isdisjoint((removal.rule, removal.rule.partition("/")[2])):
            return False
        return self.below is None or (not removal.certain and removal.score < self.below)

    def of(self, cleaned: Cleaned) -> Cleaned:
        """The document with the removals that are shown; its ``text`` stays that of all removals."""
        if not self:
            return cleaned
        return replace(cleaned, removals=tuple(filter(self.takes, cleaned.removals)))


def doubt(cleaned: Cleaned) -> float:
    """The sum of the document's least sure removal, by which the doubtful come first."""
    return min((own.score for own in cleaned.removals if not own.certain), default=float("inf"))
