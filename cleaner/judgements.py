"""What people decided about removals: that what a rule names stays, or that it goes whatever its sum.

A judgement holds for one text of one rule, by the fingerprint of its words, or for all that a rule names. Nothing
else depends on it: not the place, not the file, so it survives edits elsewhere. Of a rule as a whole only a refusal
has an effect: to accept what it named is no reason to remove what it merely hits.
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

    def keep(self, rule: str, text: str) -> bool:
        """True if the text stays though the rule names it."""
        return self._of(rule, text, self.rules.get(rule)) == "keep"

    def remove(self, rule: str, text: str) -> bool:
        """True if the text goes wherever the rule hits it."""
        return self._of(rule, text, None) == "remove"

    def _of(self, rule: str, text: str, for_all: Choice | None) -> Choice | None:
        return self.texts.get((rule, fingerprint(text)), for_all) if self.texts else for_all
