"""Rules of rule files: found by the prefilter, confirmed by ``regex`` under a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.batch import Batch, Matches, Page
from cleaner.detectors.prefilter import Prefilter
from cleaner.detectors.sections import reach
from cleaner.errors import InputError
from cleaner.model import Finding
from cleaner.ruleset import Rule, RuleSet
from cleaner.views import locate

#: Seconds of CPU one pattern may take on one block. It is a fuse against hostile patterns, not a budget:
#: ours take microseconds.
TIMEOUT = 5.0
#: Cuts one span rule may make in one block.
_MOST_CUTS = 100
#: Stands where a pattern has not been searched yet; no match is empty.
UNTRIED = ""
#: Stands for a view that no rule may match: most views, so they share it, and nothing is added to it.
NOTHING: dict[int, str | None] = {}


class Patterns:
    """Findings of block, section and span rules."""

    def __init__(self, rules: RuleSet, prefilter: Prefilter) -> None:
        self.rules = rules.rules
        self.prefilter = prefilter
        #: whether each rule looks at all blocks of some length, as most do
        self.anywhere = [
            not (rule.kinds or rule.position or rule.sites or (rule.languages and "en" not in rule.languages))
            for rule in self.rules
        ]

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block and rule name."""
        self._look_up(batch)
        return [self._of_page(page, batch.matches) for page in batch.pages]

    def _of_page(self, page: Page, store: Matches) -> list[Finding]:
        findings: list[Finding] = []
        for block, matches in enumerate(map(store.get, page.views)):
            if matches:
                self._look_at(page, block, page.views[block], matches, findings)
        return findings

    def _look_at(
        self, page: Page, block: int, view: str, matches: dict[int, str | None], findings: list[Finding]
    ) -> None:
        """Adds what the rules of ``matches`` find at the block, and notes there what their patterns matched."""
        for number, evidence in matches.items():
            if evidence is None:
                continue
            rule = self.rules[number]
            if not self.anywhere[number] and not _is_in_range(page, block, rule):
                continue
            try:
                if rule.scope == "span":
                    findings += _spans(page, block, rule)
                    continue
                if evidence == UNTRIED:
                    evidence = matches[number] = _matched(rule, view)
                if evidence is None:
                    continue
                if rule.scope == "section":
                    findings += _section(page, block, rule, evidence)
                else:
                    findings.append(_finding(rule, block, evidence))
            except TimeoutError:
                raise InputError(
                    page.document.id,
                    f"rule {rule.name} took over {TIMEOUT:g} s on one block; the document is left as it is",
                ) from None

    def _look_up(self, batch: Batch) -> None:
        """Notes for each view that is new to the batch's store which rules are candidates."""
        store = batch.matches
        new = [view for view in dict.fromkeys(batch.views) if view and view not in store]
        store.update(dict.fromkeys(new, NOTHING))
        for number, rule in self.prefilter.candidates(new):
            view = new[number]
            if (candidates := store[view]) is NOTHING:
                candidates = store[view] = {}
            candidates[rule] = UNTRIED


def _section(page: Page, lead: int, rule: Rule, evidence: str) -> Iterator[Finding]:
    """The findings of a section rule whose pattern matched. Raises ``TimeoutError``."""
    inside = f'in the section under "{page.views[lead]}"'
    for member in range(lead, reach(page, lead, rule, _timeout(rule))):
        yield _finding(rule, lead, evidence) if member == lead else _finding(rule, member, inside, lead=lead)


def _matched(rule: Rule, view: str) -> str | None:
    """What the pattern matched, unless the rule's ``unless`` matches too. Raises ``TimeoutError``."""
    # a limit takes as long to set up as many a search
    match = rule.pattern.search(view) if rule.trusted else rule.pattern.search(view, timeout=TIMEOUT)
    if match is None or (rule.unless and rule.unless.search(view, timeout=_timeout(rule))):
        return None
    return match[0]


def _timeout(rule: Rule) -> float | None:
    return None if rule.trusted else TIMEOUT


def _spans(page: Page, block: int, rule: Rule) -> Iterator[Finding]:
    view, timeout = page.views[block], _timeout(rule)
    if rule.unless and rule.unless.search(view, timeout=timeout):
        return
    for number, match in enumerate(rule.pattern.finditer(view, timeout=timeout)):
        start, end = match.span()
        if number == _MOST_CUTS:
            return
        if start < end:
            cut = locate(page.folded, page.blocks[block], start, end)
            yield _finding(rule, block, match[0], cut)


def _finding(
    rule: Rule, block: int, evidence: str, cut: tuple[int, int] | None = None, lead: int | None = None
) -> Finding:
    name, category, reason, weight = rule.name, rule.category, rule.reason, rule.weight
    return Finding(block, name, category, reason, weight, rule.certain, evidence, cut, rule.protect, None, lead)


def _is_in_range(page: Page, block: int, rule: Rule) -> bool:
    """True if the rule looks at such blocks; their number of words was looked at before."""
    if rule.kinds and page.blocks[block].kind not in rule.kinds:
        return False
    if rule.position == "head" and not page.in_head(block):
        return False
    if rule.position == "tail" and not page.in_tail(block):
        return False
    if rule.languages and "en" not in rule.languages and page.foreign.issuperset(rule.languages):
        return False
    return rule.applies_to(page.document.site)
