"""Findings → decisions and removals: the additive score, company, protection.

A block's total is the sum of its findings' weights. Evidence too weak alone counts more in company: next to a
block that goes, one that has evidence of its own goes more easily. Labels between blocks that go by rules, and
headings under which nothing is left, go with them. The title, tables, and what a rule protects go only if a rule is
certain; code, diagrams and front matter only as copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleaner.batch import Page, Rest
from cleaner.edits import Span
from cleaner.evidence import Evidence
from cleaner.gaps import block_spans, with_space
from cleaner.judgements import Judgements
from cleaner.keepmarks import Kept
from cleaner.model import LEARNED, OPAQUE, Action, Block, Decision, Finding, Removal, Term
from cleaner.spare import by_rules, by_score_alone, namesake, spared
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
#: What has no heading that is not marked as one.
_HEADLESS = frozenset({"navigation", LEARNED})
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

    ``kept`` is what the page's author keeps, whatever speaks against it. What is shown of the findings, :meth:`read`
    names, and it is put into words before removals and decisions are asked for.
    """

    def __init__(
        self, page: Page, findings: Sequence[Finding], policy: Policy, kept: Sequence[Kept] | None = None
    ) -> None:
        self.page, self.policy, self.blocks = page, policy, page.blocks
        kept = page.kept if kept is None else kept
        self.evidence = Evidence(page, findings, policy.threshold, policy.judged, kept)
        self.gone: dict[int, Finding] = {}  # block → the finding that names its removal
        self._cut: list[tuple[Finding, Span]] = []  # what goes of blocks that stay
        if findings:
            self._decide()

    def _decide(self) -> None:
        of, sums, certain = self.evidence.of, self.evidence.sums, self.evidence.certain
        judged = self.evidence.judged is not None  # people may have decided about any finding
        for block in sorted(of):
            if judged or block in certain or sums[block] >= self.policy.threshold:
                self._judge(block)
        self._keep_first_copies()
        if self.gone:
            suspects = self._suspects()
            while self._company(suspects) or self._labels() or self._emptied():
                self._keep_first_copies()
            weak = by_score_alone(of, self.gone.keys(), self.policy.threshold)
            for block in spared(self.page, self.gone.keys(), weak):
                del self.gone[block]
        self._cut = list(self._cut_out())

    @property
    def cuts_anything(self) -> bool:
        """True if there are removals."""
        return bool(self.gone or self._cut)

    @property
    def rest(self) -> Rest | None:
        """What is left where nothing was cut but whole blocks."""
        if self._cut:
            return None
        return Rest(self.page, self.gone.keys(), [(removal.start, removal.end) for removal in self.removals])

    def would_take(self, kept: Kept) -> bool:
        """True if something between the marks goes, or is cut."""
        return any(block in kept for block in (*self.gone, *self._blocks_with_cuts()))

    def read(self, explain: bool) -> Iterator[Finding]:
        """The findings whose words removals show, or with ``explain`` decisions too."""
        for block in self.evidence.of if explain else self.gone:
            yield from self.evidence.of.get(block, ())

    def _judge(self, block: int) -> None:
        """Removes the block if a finding is certain, its sum reaches the threshold, or it is a copy.

        In this order, for a copy must be judged again where its first copy goes.
        """
        if self.evidence.is_kept(block):
            return
        own = self.evidence.of[block]
        sure = own if block in self.evidence.certain or self.evidence.judged is not None else ()
        certain = [finding for finding in sure if self.evidence.is_certain(finding) and finding.copy_of is None]
        copies = [finding for finding in sure if finding.certain and finding.copy_of is not None]
        if certain and self.blocks[block].kind not in OPAQUE:
            self.gone[block] = certain[0]
        elif self.evidence.score(block) >= self.policy.threshold and not self.evidence.is_protected(block):
            self.gone[block] = namesake(own, self.policy.threshold)
        elif copies:
            self.gone[block] = copies[0]
            self.evidence.leave_rules(block)  # the score decided nothing
        if block in self.gone and self.evidence.is_judged_to_stay(block, self.gone[block].rule):
            del self.gone[block]

    def _keep_first_copies(self) -> None:
        """A copy stays if the block it is a copy of goes."""
        for block in sorted(self.gone):
            copy_of = self.gone[block].copy_of
            if copy_of is not None and copy_of in self.gone:
                del self.gone[block]

    # -- company

    def _suspects(self) -> list[tuple[int, float, Finding]]:
        """The blocks open to company, the evidence of rules against each, and the weightiest of them."""
        found = []
        for block in sorted(self.evidence.ruled):
            own = by_rules(self.evidence.of[block])
            evidence = sum(finding.weight for finding in own)
            if evidence >= SUSPECT and not self.evidence.is_protected(block):
                found.append((block, evidence, max(own, key=lambda finding: finding.weight)))
        return found

    def _company(self, suspects: Sequence[tuple[int, float, Finding]]) -> bool:
        """Suspects next to blocks that go, until no more follow; True if any went."""
        before = len(self.gone)
        for block, evidence, finding in suspects:
            if block in self.gone:
                continue
            company = COMPANY * sum(map(self._goes_as_boilerplate, (block - 1, block + 1)))
            is_enough = company > 0 and evidence + company >= self.policy.threshold
            if is_enough and not self.evidence.is_judged_to_stay(block, finding.rule):
                self.evidence.add(block, Term(COMPANY_RULE, company, "beside blocks that go"))
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
            for block in (gone + 1 for gone in sorted(self.gone))
            if block not in self.gone
            and all(map(self._goes_by_rule, (block - 1, block + 1)))
            and not self.evidence.is_protected(block)
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
        """Headings whose section has gone entirely."""
        found = []
        for block in (gone - 1 for gone in sorted(self.gone) if gone and self._goes_as_boilerplate(gone)):
            own = self.blocks[block]
            if own.kind != "heading" or block in self.gone or self.evidence.is_protected(block):
                continue
            end = self._run_end(block)
            if self._heads_next(block) and (end == len(self.blocks) or self._ends_section(own, self.blocks[end])):
                found.append(block)
        return self._follow({block: self.gone[block + 1] for block in found}, EMPTIED)

    def _heads_next(self, block: int) -> bool:
        """True if a heading is that of the next block, which goes; a marked one is, unless that is its equal.

        What goes right under a heading that is only guessed must be more than another such line: short lines follow
        each other in lists, where none is the heading of the next; nor is one over buttons, or over what goes by the
        score, which has looked at the line above. A question may be a post of its own, unless an offer answers it.
        """
        own, after, category = self.blocks[block], self.blocks[block + 1], self.gone[block + 1].category
        if own.level:
            return not self._ends_section(own, after)
        asks = self.page.views[block].endswith("?") and category not in _HOOKED
        return after.kind != "heading" and category not in _HEADLESS and not asks

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
            if not self.evidence.is_judged_to_stay(block, rule):
                self.evidence.add(block, Term(rule, weight, reason))
                self.gone[block] = Finding(block, rule, leader.category, reason, weight)
        return len(self.gone) > before

    # -- removals

    @cached_property
    def removals(self) -> list[Removal]:
        """What is cut."""
        found = [_removal(finding, span, finding.weight, finding.told) for finding, span in self._cut]
        for block, span in block_spans(self.page, sorted(self.gone)):
            found.append(_removal(self.gone[block], span, self.evidence.score(block), self.evidence.terms(block)))
        return sorted(found, key=lambda removal: removal.start)

    def _blocks_with_cuts(self) -> set[int]:
        return {finding.block for finding, _ in self._cut}

    def _cut_out(self) -> Iterator[tuple[Finding, Span]]:
        """What goes of blocks that stay."""
        for block, findings in sorted(self.evidence.cuts.items()):
            if block in self.gone or self.evidence.is_protected(block):
                continue
            end = 0
            for finding in sorted(findings, key=lambda f: f.cut or (0, 0)):
                if finding.cut is None or not self._cuts(finding, finding.cut):
                    continue
                span = with_space(self.page, block, finding.cut)
                if span[0] >= end:
                    yield finding, span
                    end = span[1]

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
        cut = self._blocks_with_cuts()
        return [
            self._decision(number, "remove" if number in self.gone else "cut" if number in cut else "keep")
            for number in range(len(self.blocks))
        ]

    def _decision(self, number: int, action: Action) -> Decision:
        block = self.blocks[number]
        protected = action == "keep" and number in self.evidence.of and self.evidence.is_protected(number)
        note = (
            "kept"
            if self.evidence.is_kept(number)
            else "protected"
            if protected
            else "title"
            if number == self.evidence.title
            else ""
        )
        terms, score = self.evidence.terms(number), self.evidence.score(number)
        return Decision(block.start, block.stop, block.kind, block.line, action, score, terms, note)


def _removal(finding: Finding, span: Span, score: float, terms: tuple[Term, ...]) -> Removal:
    name, category, reason = finding.rule, finding.category, finding.reason
    return Removal(*span, name, category, reason, score, terms, finding.evidence, finding.certain)
