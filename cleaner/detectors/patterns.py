"""Rules of rule files: found by the prefilter, confirmed by ``regex`` under a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.batch import Batch, Page
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


class Patterns:
    """Findings of block, section and span rules."""

    def __init__(self, rules: RuleSet, prefilter: Prefilter) -> None:
        self.rules = rules.rules
        self.prefilter = prefilter

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block and rule name."""
        pairs: list[list[tuple[int, int]]] = [[] for _ in batch.pages]
        owner = [number for number, page in enumerate(batch.pages) for _ in page.blocks]
        for view, rule in self.prefilter.candidates(batch.views):
            page = owner[view]
            pairs[page].append((view - batch.pages[page].first, rule))
        return [
            [finding for block, rule in sorted(own) for finding in hits(page, block, self.rules[rule])]
            for page, own in zip(batch.pages, pairs, strict=True)
        ]


def hits(page: Page, block: int, rule: Rule) -> Iterator[Finding]:
    """What one rule finds at one block: nothing, the block, spans in it, or it and the section it leads."""
    view = page.views[block]
    if not _is_in_range(page, block, rule, view):
        return
    try:
        if rule.scope == "span":
            yield from _spans(page, block, rule, view)
            return
        match = rule.pattern.search(view, timeout=TIMEOUT)
        if match is None or (rule.unless and rule.unless.search(view, timeout=TIMEOUT)):
            return
        end = reach(page, block, rule, TIMEOUT) if rule.scope == "section" else block + 1
    except TimeoutError:
        raise InputError(
            page.document.id,
            f"rule {rule.name} took over {TIMEOUT:g} s on one block; the document is left as it is",
        ) from None
    for member in range(block, end):
        evidence = match[0] if member == block else f'in the section under "{view}"'
        yield _finding(rule, member, evidence)


def _spans(page: Page, block: int, rule: Rule, view: str) -> Iterator[Finding]:
    if rule.unless and rule.unless.search(view, timeout=TIMEOUT):
        return
    for number, match in enumerate(rule.pattern.finditer(view, timeout=TIMEOUT)):
        start, end = match.span()
        if number == _MOST_CUTS:
            return
        if start < end:
            cut = locate(page.folded, page.blocks[block], start, end)
            yield _finding(rule, block, match[0], cut)


def _finding(rule: Rule, block: int, evidence: str, cut: tuple[int, int] | None = None) -> Finding:
    return Finding(block, rule.name, rule.category, rule.reason, rule.weight, rule.certain, evidence, cut, rule.protect)


def _is_in_range(page: Page, block: int, rule: Rule, view: str) -> bool:
    if rule.kinds and page.blocks[block].kind not in rule.kinds:
        return False
    if rule.position == "head" and not page.in_head(block):
        return False
    if rule.position == "tail" and not page.in_tail(block):
        return False
    words = view.count(" ") + 1
    return rule.min_words <= words <= rule.max_words and rule.applies_to(page.document.site)
