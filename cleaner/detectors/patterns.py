"""Rules of rule files: found by the prefilter, confirmed by ``regex`` under a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
#: Stands for a view that no rule may match: most views, so they share it.
NOTHING: dict[int, str | None] = {}


class Patterns:
    """Findings of block, section and span rules."""

    def __init__(self, rules: RuleSet, prefilter: Prefilter) -> None:
        self.rules = rules.rules
        self.prefilter = prefilter

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block and rule name."""
        self._look_up(batch)
        return [self._of_page(page, batch.matches) for page in batch.pages]

    def _of_page(self, page: Page, store: Matches) -> list[Finding]:
        findings: list[Finding] = []
        for block, view in enumerate(page.views):
            if view and (matches := store[view]):
                for number, evidence in matches.items():
                    if evidence is not None and _is_in_range(page, block, rule := self.rules[number]):
                        findings += hits(page, block, rule, matches, number)
        return findings

    def _look_up(self, batch: Batch) -> None:
        """Notes for each view that is new to the batch's store which rules are candidates."""
        new = [view for view in dict.fromkeys(batch.views) if view and view not in batch.matches]
        batch.matches.update(dict.fromkeys(new, NOTHING))
        of: dict[int, dict[int, str | None]] = {}
        for number, rule in sorted(self.prefilter.candidates(new)):
            of.setdefault(number, {})[rule] = UNTRIED
        for number, candidates in of.items():
            batch.matches[new[number]] = candidates


def hits(page: Page, block: int, rule: Rule, matches: dict[int, str | None], number: int) -> Iterator[Finding]:
    """What a rule finds at a block that is in its range: nothing, the block, spans in it, or it and its section.

    ``matches`` holds under ``number`` what the pattern matched in the block's view, once it was searched.
    """
    view = page.views[block]
    try:
        if rule.scope == "span":
            yield from _spans(page, block, rule, view)
            return
        evidence = matches[number]
        if evidence == UNTRIED:
            evidence = matches[number] = _matched(rule, view)
        if evidence is None:
            return
        end = reach(page, block, rule, TIMEOUT) if rule.scope == "section" else block + 1
    except TimeoutError:
        raise InputError(
            page.document.id,
            f"rule {rule.name} took over {TIMEOUT:g} s on one block; the document is left as it is",
        ) from None
    for member in range(block, end):
        if member == block:
            yield _finding(rule, block, evidence)
        else:
            yield replace(_finding(rule, member, f'in the section under "{view}"'), lead=block)


def _matched(rule: Rule, view: str) -> str | None:
    """What the pattern matched, unless the rule's ``unless`` matches too."""
    timeout = _timeout(rule)
    match = rule.pattern.search(view, timeout=timeout)
    if match is None or (rule.unless and rule.unless.search(view, timeout=timeout)):
        return None
    return match[0]


def _timeout(rule: Rule) -> float | None:
    return None if rule.trusted else TIMEOUT


def _spans(page: Page, block: int, rule: Rule, view: str) -> Iterator[Finding]:
    timeout = _timeout(rule)
    if rule.unless and rule.unless.search(view, timeout=timeout):
        return
    for number, match in enumerate(rule.pattern.finditer(view, timeout=timeout)):
        start, end = match.span()
        if number == _MOST_CUTS:
            return
        if start < end:
            cut = locate(page.folded, page.blocks[block], start, end)
            yield _finding(rule, block, match[0], cut)


def _finding(rule: Rule, block: int, evidence: str, cut: tuple[int, int] | None = None) -> Finding:
    return Finding(block, rule.name, rule.category, rule.reason, rule.weight, rule.certain, evidence, cut, rule.protect)


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
