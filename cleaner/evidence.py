"""What the findings about a page's blocks add up to, and what shields a block from that."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.batch import Page
from cleaner.judgements import Judgements
from cleaner.keepmarks import Kept
from cleaner.model import LEARNED, OPAQUE, Finding, Term
from cleaner.spare import by_rules, is_menu, may_be_title

#: Kinds of block that no sum removes.
_SHIELDED = OPAQUE | {"table"}


class Evidence:
    """The findings of each block and their sums.

    ``of`` holds the findings about whole blocks, ``cuts`` those about parts, ``sums`` what the former add up to with
    what was added since. ``certain`` are the blocks about which a finding is certain, ``ruled`` those about which one
    comes from elsewhere than the learned score. ``title`` is the block taken for the page's title, -1 without one.
    """

    def __init__(
        self, page: Page, findings: Sequence[Finding], threshold: float, judged: Judgements, kept: Sequence[Kept]
    ) -> None:
        self.page, self.threshold, self.kept = page, threshold, kept
        self.judged = judged if judged else None
        self.of: dict[int, list[Finding]] = {}
        self.cuts: dict[int, list[Finding]] = {}
        self.sums: dict[int, float] = {}
        self.certain: set[int] = set()
        self.ruled: set[int] = set()
        self._shielded: set[int] = set()
        self._added: dict[int, list[Term]] = {}
        for finding in findings:
            block = finding.block
            if finding.lead is not None and self.is_kept(finding.lead):
                continue  # what its author keeps leads no section of boilerplate
            if finding.cut is not None:
                self.cuts.setdefault(block, []).append(finding)
                continue
            if finding.certain:
                self.certain.add(block)
            if finding.protects:
                self._shielded.add(block)
            if finding.category != LEARNED:
                self.ruled.add(block)
            if block in self.of:
                self.of[block].append(finding)
                self.sums[block] += finding.weight
            else:
                self.of[block], self.sums[block] = [finding], finding.weight
        self.title = self._title()

    def score(self, block: int) -> float:
        """The block's sum."""
        return self.sums.get(block, 0.0)

    def terms(self, block: int) -> tuple[Term, ...]:
        """What the sum is made of. Findings that have a wording must have been put into words."""
        findings = self.of.get(block, ())
        if len(findings) == 1 and block not in self._added:  # as nearly always
            return findings[0].told
        return (*(term for finding in findings for term in finding.told), *self._added.get(block, ()))

    def add(self, block: int, term: Term) -> None:
        """Adds to the block's sum what no detector found."""
        self._added.setdefault(block, []).append(term)
        self.sums[block] = self.score(block) + term.weight

    def leave_rules(self, block: int) -> None:
        """Takes the learned score out of the block's sum."""
        self.of[block] = by_rules(self.of[block])
        self.sums[block] = sum(finding.weight for finding in self.of[block])

    def is_protected(self, block: int) -> bool:
        """True if no sum removes the block."""
        is_shielded = self.page.blocks[block].kind in _SHIELDED or block in self._shielded
        return is_shielded or block == self.title or self.is_kept(block)

    def is_kept(self, block: int) -> bool:
        """True if the page's author keeps the block."""
        return bool(self.kept) and any(block in kept for kept in self.kept)

    def is_certain(self, finding: Finding) -> bool:
        """True if the finding removes whatever the sum, by itself or because a person decided so."""
        if finding.certain or self.judged is None:
            return finding.certain
        return self.judged.remove(finding.rule, self._text(finding.block))

    def is_judged_to_stay(self, block: int, rule: str) -> bool:
        """True if a person decided that the block stays though the rule names it."""
        return self.judged is not None and self.judged.keep(rule, self._text(block))

    def _text(self, block: int) -> str:
        own = self.page.blocks[block]
        return self.page.document.text[own.start : own.stop]

    def _title(self) -> int:
        """The first heading that no rule speaks against, and no sum if it is short or only looks like a heading."""
        for number, block in enumerate(self.page.blocks):
            if not self.page.in_head(number):
                break
            if block.kind == "heading" and not is_menu(self.page, number):
                against = any(finding.certain or finding.weight > 0 for finding in by_rules(self.of.get(number, ())))
                is_high = self.score(number) >= self.threshold
                if not against and (not is_high or (block.level and may_be_title(self.page, number))):
                    return number
        return -1
