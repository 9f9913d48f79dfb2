"""A page that plugs its owner's product in several places.

When confident promotion blocks of a document share a name ("try Xyz live", "talk to an Xyz agent"), that name
is evidence against other blocks that are dense with it and far from the article's subject, such as a long
"operator perspective" appended for search engines. An article *about* the name's bearer has it in its title,
its opening or a good part of its body, and is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import ClassVar

import regex

from cleaner.batch import Batch, Page
from cleaner.model import OPAQUE, Finding

#: A promotion block is confident when its evidence reaches the default threshold of a removal.
CONFIDENT = 5.0
#: Evidence of one block that is dense with the name, and of one that stands between two such in one line.
WEIGHT = 6.0
#: The name must stand in so many confident blocks.
_LEAST_BLOCKS = 2
#: One mention in so many words is dense.
_DENSE = 150
#: A block is far from the subject if less than this share of its longer words stands elsewhere in the article.
_FAR = 0.35
#: The article is about the name if this share of its other blocks mentions it, or its first paragraphs do.
_ABOUT, _OPENING = 0.15, 3

_NAME = regex.compile(r"\b\p{Lu}[\p{L}\d]*[\p{Ll}\d][\p{L}\d]*\b")
_WORD = regex.compile(r"\p{L}{5,}")
_SENTENCE_WORDS = 12


class Plugs:
    """Findings in the category ``promotion``, from those of the detectors before."""

    RULES: ClassVar = {"promotion/owner-plug": "dwells on the product that this page's calls to action sell"}

    def __init__(self, chosen: Set[str] = RULES.keys()) -> None:
        self.chosen = chosen

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        if self.chosen.isdisjoint(self.RULES):
            return [[] for _ in batch.pages]
        return [_plugs(page, findings) for page, findings in zip(batch.pages, found, strict=True)]


def _plugs(page: Page, findings: Sequence[Finding]) -> list[Finding]:
    confident = _confident(findings)
    if len(confident) < _LEAST_BLOCKS:
        return []
    name = _shared_name(page, confident)
    if name is None:
        return []
    mentions = regex.compile(rf"\b{regex.escape(name)}\b")
    dense = {n for n in range(len(page.blocks)) if n not in confident and _is_dense(page.views[n], mentions)}
    others = [n for n in range(len(page.blocks)) if n not in confident and n not in dense and _is_prose(page, n)]
    if _is_about(page, others, dense, mentions):
        return []
    subject = {word for n in others for word in _words(page.views[n])}
    far = {n for n in dense if _closeness(page.views[n], subject) < _FAR}
    findings_ = [_finding(n, f'mentions "{name}"') for n in far]
    findings_ += [
        _finding(n, f'stands in one line with plugs of "{name}"') for n in _between(page, far | confident, far)
    ]
    return sorted(findings_, key=lambda finding: finding.block)


def _confident(findings: Sequence[Finding]) -> set[int]:
    sums: Counter[int] = Counter()
    for finding in findings:
        if finding.category == "promotion" and finding.cut is None:
            sums[finding.block] += CONFIDENT if finding.certain else finding.weight  # type: ignore[assignment]
    return {block for block, total in sums.items() if total >= CONFIDENT}


def _shared_name(page: Page, confident: Set[int]) -> str | None:
    """The capitalised word that stands in most of the confident blocks and never in lower case."""
    counts = Counter(word for block in confident for word in set(_NAME.findall(page.views[block])))
    lower = set(page.folded.split())
    names = [(-n, word) for word, n in counts.items() if n >= _LEAST_BLOCKS and word.lower() not in lower]
    return min(names)[1] if names else None


def _is_dense(view: str, mentions: regex.Pattern[str]) -> bool:
    count = len(mentions.findall(view))
    return count > 0 and view.count(" ") + 1 <= _DENSE * count


def _is_prose(page: Page, block: int) -> bool:
    return page.blocks[block].kind not in OPAQUE and page.views[block] != ""


def _is_about(page: Page, others: Sequence[int], dense: Set[int], mentions: regex.Pattern[str]) -> bool:
    body = sorted([*others, *dense])
    opening = [n for n in body if page.views[n].count(" ") >= _SENTENCE_WORDS][:_OPENING]
    title = [n for n in body if page.blocks[n].kind == "heading"][:1]
    if any(mentions.search(page.views[n]) for n in (*title, *opening)):
        return True
    return len(others) < len(dense) or sum(bool(mentions.search(page.views[n])) for n in others) > _ABOUT * len(others)


def _words(view: str) -> set[str]:
    return set(_WORD.findall(view.lower()))


def _closeness(view: str, subject: Set[str]) -> float:
    words = _words(view)
    return len(words & subject) / len(words) if words else 0.0


def _between(page: Page, plugs: Set[int], far: Set[int]) -> list[int]:
    """Blocks of a flattened line most of which is plugs, from its first plug to its last."""
    found = []
    for line in {page.blocks[n].line for n in far}:
        members = [n for n, block in enumerate(page.blocks) if block.line == line]
        inside = [n for n in members if n in plugs]
        rest = [n for n in members if n not in plugs and inside[0] < n < inside[-1]]
        if len(rest) <= len(inside):
            found += rest
    return found


def _finding(block: int, evidence: str) -> Finding:
    rule = "promotion/owner-plug"
    return Finding(block, rule, "promotion", Plugs.RULES[rule], WEIGHT, evidence=evidence)
