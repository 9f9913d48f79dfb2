"""What people decided about removals: that what a rule names stays, or that it goes whatever its sum.

A judgement holds for one text of one rule, by the fingerprint of its words, or for all that a rule names. Nothing
else depends on it: not the place, not the file, so it survives edits elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cleaner.fingerprint import fingerprint

Choice = Literal["keep", "remove"]


@dataclass(frozen=True, slots=True)
class Judgements:
    """Choices by rule and fingerprint, and by rule alone; a choice for a text comes before one for its rule."""

    texts: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    rules: Mapping[str, Choice] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts or self.rules)

    def of(self, rule: str, text: str) -> Choice | None:
        """What was decided about the text that the rule names; None if nothing was."""
        for_all = self.rules.get(rule)
        return self.texts.get((rule, fingerprint(text)), for_all) if self.texts else for_all
