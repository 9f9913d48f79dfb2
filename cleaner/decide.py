"""Findings → decisions and removals: the additive score, company, protection.

A block's total is the sum of its findings' weights. Evidence too weak alone counts more in company: next to a
block that goes, one that has evidence of its own goes more easily. Labels between blocks that go, and headings
under which nothing is left, go with them. The title, tables, and what a rule protects go only if a rule is
certain; code, diagrams and front matter only as copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.batch import Page
from cleaner.edits import Span
from cleaner.gaps import block_spans, with_space
from cleaner.judgements import Judgements
from cleaner.keepmarks import Kept
from cleaner.model import LEARNED, OPAQUE, Action, Block, Decision, Finding, Removal, Term
from cleaner.spare import by_rules, by_score_alone, may_be_title, namesake, spared
from cleaner.text import is_terminated

#: A block with this much evidence of its own is open to the company it keeps …
SUSPECT = 2.0
#: … which adds this for each neighbour that goes.
COMPANY = 1.5
#: A label between blocks that go has so many words at most.
_LABEL_WORDS = 8

COMPANY_RULE = "company"
#: What questions lead up to.
_HOOKED = frozenset({"promotion", "newsletter"})
#: What goes for its copies says nothing of what stands beside it.
_NO_COMPANY = frozenset({"duplicate", "template"})
BETWEEN, EMPTIED = "label-between", "emptied-heading"
_REASONS = {BETWEEN: "label between blocks that go", EMPTIED: "nothing is left under this heading"}


@dataclass(frozen=True, slots=True)
class Policy:
    """What decides beyond the findings. Shares are of a document's characters."""

    threshold: float = 5.0
    max_removed: float = 0.95
    min_kept_words: int = 10
    judged: Judgements = field(default_factory=Judgements)


class Verdict:
    """What becomes of a page: ``removals``, sorted and disjoint, and on request a decision for every block.

    ``kept`` is what the page's author keeps, whatever speaks against it.
    """

    def __init__(
        self, page: Page, findings: Sequence[Finding], policy: Policy, kept: Sequence[Kept] | None = None
    ) -> None:
        self.page, self.policy = page, policy
        self.kept = page.kept if kept is None else kept
        self.blocks = page.blocks
        self.of: dict[int, list[Finding]] = {}
        self.cuts: dict[int, list[Finding]] = {}
        for finding in findings:
            if finding.lead is not None and self._is_kept(finding.lead):
                continue  # what its author keeps leads no section of boilerplate
            (self.of if finding.cut is None else self.cuts).setdefault(finding.block, []).append(finding)
        self.terms = {block: [term for f in own for term in f.told] for block, own in self.of.items()}
        self.gone: dict[int, Finding] = {}  # block → the finding that names its removal
        self.title = self._title()
        self.removals: list[Removal] = []
        self._cut: set[int] = set()
        if self.of or self.cuts:
            self._decide()

    def _decide(self) -> None:
        for block in sorted(self.of):
            self._judge(block)
        self._keep_first_copies()
        while self._company() or self._labels() or self._emptied():
            self._keep_first_copies()
        weak = by_score_alone(self.of, self.gone.keys(), self.policy.threshold)
        for block in spared(self.page, self.gone.keys(), weak):
            del self.gone[block]
        spans = self._span_removals()
        self._cut = {block for block, _ in spans}
        self.removals = sorted(self._block_removals() + [r for _, r in spans], key=lambda removal: removal.start)

    def would_take(self, kept: Kept) -> bool:
        """True if something between the marks goes, or is cut."""
        return any(block in kept for block in (*self.gone, *self._cut))

    # -- evidence

    def score(self, block: int) -> float:
        return sum(term.weight for term in self.terms.get(block, ()))

    def _title(self) -> int:
        """The first heading that no rule speaks against, and no sum if it is short."""
        for number, block in enumerate(self.blocks):
            against = any(finding.certain or finding.weight > 0 for finding in by_rules(self.of.get(number, ())))
            against = against or (self.score(number) >= self.policy.threshold and not may_be_title(self.page, number))
            if block.kind == "heading" and self.page.in_head(number) and not against:
                return number
        return -1

    def _is_protected(self, block: int) -> bool:
        kind = self.blocks[block].kind
        return (
            block == self.title
            or kind in OPAQUE
            or kind == "table"
            or self._is_kept(block)
            or any(finding.protects for finding in self.of.get(block, ()))
        )

    def _is_kept(self, block: int) -> bool:
        return any(block in kept for kept in self.kept)

    def _judge(self, block: int) -> None:
        """Removes the block if a finding is certain, its sum reaches the threshold, or it is a copy.

        In this order, for a copy must be judged again where its first copy goes.
        """
        if self._is_kept(block):
            return
        own = self.of[block]
        certain = [finding for finding in own if self._is_certain(finding) and finding.copy_of is None]
        copies = [finding for finding in own if finding.certain and finding.copy_of is not None]
        if certain and self.blocks[block].kind not in OPAQUE:
            self.gone[block] = certain[0]
        elif self.score(block) >= self.policy.threshold and not self._is_protected(block):
            self.gone[block] = namesake(own, self.policy.threshold)
        elif copies:
            self.gone[block] = copies[0]
            self.terms[block] = [term for f in by_rules(own) for term in f.told]  # the score decided nothing
        if block in self.gone and self._is_judged_to_stay(block, self.gone[block].rule):
            del self.gone[block]

    def _is_certain(self, finding: Finding) -> bool:
        judged = self.policy.judged
        return finding.certain or (bool(judged) and judged.remove(finding.rule, self._text(finding.block)))

    def _is_judged_to_stay(self, block: int, rule: str) -> bool:
        """True if a person decided that the block stays though the rule names it."""
        judged = self.policy.judged
        return bool(judged) and judged.keep(rule, self._text(block))

    def _text(self, block: int) -> str:
        own = self.blocks[block]
        return self.page.document.text[own.start : own.stop]

    def _keep_first_copies(self) -> None:
        """A copy stays if the block it is a copy of goes."""
        for block in sorted(self.gone):
            copy_of = self.gone[block].copy_of
            if copy_of is not None and copy_of in self.gone:
                del self.gone[block]

    # -- company

    def _company(self) -> bool:
        """Suspects next to blocks that go, until no more follow; True if any went."""
        before = len(self.gone)
        for block in sorted(self.of):
            own = by_rules(self.of[block])
            evidence = sum(finding.weight for finding in own)
            if block in self.gone or self._is_protected(block) or evidence < SUSPECT:
                continue
            goers = [side for side in (block - 1, block + 1) if self._goes_as_boilerplate(side)]
            total = evidence + COMPANY * len(goers)
            finding = max(own, key=lambda finding: finding.weight)
            if goers and total >= self.policy.threshold and not self._is_judged_to_stay(block, finding.rule):
                self.terms[block].append(Term(COMPANY_RULE, COMPANY * len(goers), "beside blocks that go"))
                self.gone[block] = finding
        return len(self.gone) > before

    def _goes_as_boilerplate(self, block: int) -> bool:
        return block in self.gone and self.gone[block].category not in _NO_COMPANY

    def _goes_by_rule(self, block: int) -> bool:
        """The score has looked at what stands beside a block already."""
        return self._goes_as_boilerplate(block) and self.gone[block].category != LEARNED

    def _labels(self) -> bool:
        """Short lines between two blocks that go by rules, in a run that reaches a heading or the end."""
        found = [
            block
            for block in range(1, len(self.blocks) - 1)
            if block not in self.gone
            and all(map(self._goes_by_rule, (block - 1, block + 1)))
            and not self._is_protected(block)
            and self._is_label(block)
            and self._ends_clear(block)
        ]
        return self._follow({block: self.gone[block - 1] for block in found}, BETWEEN)

    def _is_label(self, block: int) -> bool:
        view = self.page.views[block]
        return len(view) > 0 and view.count(" ") < _LABEL_WORDS and not is_terminated(view)

    def _run_end(self, block: int) -> int:
        end = block + 1
        while end < len(self.blocks) and self._goes_as_boilerplate(end):
            end += 1
        return end

    def _ends_clear(self, block: int) -> bool:
        end = self._run_end(block)
        return end == len(self.blocks) or self.blocks[end].kind == "heading"

    def _emptied(self) -> bool:
        """Headings whose section has gone entirely.

        What went right under a heading that is only guessed must be more than another such line: short lines
        follow each other in lists, where none is the heading of the next. A question may be a post of its own, unless
        an offer answers it.
        """
        found = []
        for block, own in enumerate(self.blocks):
            if own.kind != "heading" or block in self.gone or self._is_protected(block):
                continue
            end = self._run_end(block)
            if end == block + 1 or not (own.level or self._may_head(block)):
                continue
            if end == len(self.blocks) or self._ends_section(own, self.blocks[end]):
                found.append(block)
        return self._follow({block: self.gone[block + 1] for block in found}, EMPTIED)

    def _may_head(self, block: int) -> bool:
        """True if a guessed heading may be the heading of what follows it."""
        asks = self.page.views[block].endswith("?") and self.gone[block + 1].category not in _HOOKED
        return self.blocks[block + 1].kind != "heading" and not asks

    @staticmethod
    def _ends_section(heading: Block, after: Block) -> bool:
        """True if ``after`` is a heading of the same level or above; a guessed one ends no marked one's section."""
        return after.kind == "heading" and (not heading.level or 0 < after.level <= heading.level)

    def _follow(self, leaders: Mapping[int, Finding], why: str) -> bool:
        """Removes blocks as their leaders went, but those a person keeps; True if any went."""
        before = len(self.gone)
        reason, weight = _REASONS[why], self.policy.threshold
        for block, leader in leaders.items():
            rule = f"{leader.category}/{why}"
            if not self._is_judged_to_stay(block, rule):
                self.terms.setdefault(block, []).append(Term(rule, weight, reason))
                self.gone[block] = Finding(block, rule, leader.category, reason, weight)
        return len(self.gone) > before

    # -- removals

    def _block_removals(self) -> list[Removal]:
        return [
            _removal(self.gone[block], span, self.score(block), tuple(self.terms[block]))
            for block, span in block_spans(self.page, sorted(self.gone))
        ]

    def _span_removals(self) -> list[tuple[int, Removal]]:
        removals = []
        for block, findings in sorted(self.cuts.items()):
            if block in self.gone or self._is_protected(block):
                continue
            end = 0
            for finding in sorted(findings, key=lambda f: f.cut or (0, 0)):
                if finding.cut is None or not self._cuts(finding, finding.cut):
                    continue
                span = with_space(self.page, block, finding.cut)
                if span[0] >= end:
                    removals.append((block, _removal(finding, span, finding.weight, finding.told)))
                    end = span[1]
        return removals

    def _cuts(self, finding: Finding, cut: Span) -> bool:
        """True if the finding's part of its block goes."""
        judged, text = self.policy.judged, self.page.document.text[slice(*cut)]
        if judged and judged.keep(finding.rule, text):
            return False
        enough = finding.certain or finding.weight >= self.policy.threshold
        return enough or (bool(judged) and judged.remove(finding.rule, text))

    # -- decisions

    def decisions(self) -> list[Decision]:
        """A decision for every block, in order."""
        return [
            self._decision(number, "remove" if number in self.gone else "cut" if number in self._cut else "keep")
            for number in range(len(self.blocks))
        ]

    def _decision(self, number: int, action: Action) -> Decision:
        block = self.blocks[number]
        protected = action == "keep" and number in self.of and self._is_protected(number)
        note = (
            "kept" if self._is_kept(number) else "protected" if protected else "title" if number == self.title else ""
        )
        terms = tuple(self.terms.get(number, ()))
        return Decision(block.start, block.stop, block.kind, block.line, action, self.score(number), terms, note)


def _removal(finding: Finding, span: Span, score: float, terms: tuple[Term, ...]) -> Removal:
    name, category, reason = finding.rule, finding.category, finding.reason
    return Removal(*span, name, category, reason, score, terms, finding.evidence, finding.certain)
