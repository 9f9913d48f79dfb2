"""A page that plugs its owner's product in several places.

When confident promotion blocks of a document share a name ("try Xyz live", "talk to an Xyz agent"), that name
is evidence against other stretches that are dense with it and far from the article's subject, such as a long
"operator perspective" and FAQ appended for search engines. A stretch is a block, all that a flattened line holds,
or, in the second half, all that stands under a heading: such a piece goes or stays as one. An article *about* the
name's bearer has it in its title, its opening or a good part of its body, and is left alone.
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
#: Evidence against each block of a stretch.
WEIGHT = 6.0
#: The name must stand in so many confident blocks.
_LEAST_BLOCKS = 2
#: One mention in so many words is dense.
_DENSE = 150
#: A stretch is far from the subject if less than this share of its longer words stands elsewhere in the article.
_FAR = 0.45
#: The article is about the name if this share of its other blocks mentions it, or its first paragraphs do.
_ABOUT, _OPENING = 0.15, 3
#: A paragraph of the article has so many words, a title so many.
_SENTENCE_WORDS, _TITLE_WORDS = 12, 4

_NAME = regex.compile(r"\b\p{Lu}[\p{L}\d]*[\p{Ll}\d][\p{L}\d]*\b")
_INSIDE = regex.compile(r"(?<=[\p{L}\d,;'\"-] )\p{Lu}[\p{L}\d]*[\p{Ll}\d][\p{L}\d]*\b")
_WORD = regex.compile(r"\p{L}{5,}")


class Plugs:
    """Findings in the category ``promotion``, from those of the detectors before."""

    RULES: ClassVar = {"promotion/owner-plug": "dwells on the product that this page's calls to action sell"}

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        return [_plugs(page, findings) for page, findings in zip(batch.pages, found, strict=True)]


def _plugs(page: Page, findings: Sequence[Finding]) -> list[Finding]:
    confident = _confident(findings)
    if len(confident) < _LEAST_BLOCKS:
        return []
    name = _shared_name(page, confident)
    if name is None:
        return []
    mentions = regex.compile(rf"\b{regex.escape(name)}\b")
    stretches = [rest for line in _stretches(page) if (rest := [n for n in line if n not in confident])]
    dense = [stretch for stretch in stretches if _is_dense(page, stretch, mentions)]
    others = [block for stretch in stretches if stretch not in dense for block in stretch]
    if _is_about(page, others, dense, mentions):
        return []
    subject = {word for block in others for word in _words(page.views[block])}
    far = [stretch for stretch in dense if _closeness(page, stretch, subject) < _FAR]
    far += _between(page, [stretch for stretch in stretches if stretch not in dense], far, confident)
    rule = "promotion/owner-plug"
    reason, evidence = Plugs.RULES[rule], f'a stretch that dwells on "{name}"'
    return [
        Finding(block, rule, "promotion", reason, WEIGHT, evidence=evidence) for stretch in far for block in stretch
    ]


def _confident(findings: Sequence[Finding]) -> set[int]:
    sums: dict[int, float] = {}
    for finding in findings:
        if finding.category == "promotion" and finding.cut is None:
            weight = CONFIDENT if finding.certain else finding.weight
            sums[finding.block] = sums.get(finding.block, 0.0) + weight
    return {block for block, total in sums.items() if total >= CONFIDENT}


def _shared_name(page: Page, confident: Set[int]) -> str | None:
    """The capitalised word that stands in most of the confident blocks, inside one of them, never in lower case."""
    counts = Counter(word for block in confident for word in set(_NAME.findall(page.views[block])))
    inside = {word for block in confident for word in _INSIDE.findall(page.views[block])}
    spaced = f" {page.folded} "  # all its white space is spaces
    names = [
        (-count, word)
        for word, count in counts.items()
        if count >= _LEAST_BLOCKS and word in inside and f" {word.lower()} " not in spaced
    ]
    return min(names)[1] if names else None


def _stretches(page: Page) -> list[list[int]]:
    """The blocks with text, those of one flattened line or of one section of the second half together."""
    stretches: list[list[int]] = []
    line = level = -1  # of the open stretch: its line, and its heading's level (0: only guessed)
    for number, block in enumerate(page.blocks):
        if not page.views[number] or block.kind in OPAQUE:
            continue
        opens_section = block.kind == "heading" and block.start * 2 >= len(page.folded)
        closes = opens_section and (level == 0 or 0 < block.level <= level)
        continues = level >= 0 and not closes
        if stretches and (block.line == line or continues):
            stretches[-1].append(number)
        else:
            stretches.append([number])
            level = block.level if opens_section else -1
        line = block.line
    return stretches


def _between(page: Page, rest: Sequence[list[int]], far: Sequence[list[int]], confident: Set[int]) -> list[list[int]]:
    """Sections between plugs, or a plug and a call: the questions of an appended FAQ that do not name the product."""
    plugs = {block for stretch in far for block in stretch}
    gone = confident | plugs
    return [
        stretch
        for stretch in rest
        if len(stretch) > 1 and page.blocks[stretch[0]].kind == "heading"
        if (around := {stretch[0] - 1, stretch[-1] + 1}) <= gone and not around.isdisjoint(plugs)
    ]


def _is_dense(page: Page, stretch: Sequence[int], mentions: regex.Pattern[str]) -> bool:
    count = sum(len(mentions.findall(page.views[n])) for n in stretch)
    return count > 0 and sum(page.views[n].count(" ") + 1 for n in stretch) <= _DENSE * count


def _is_about(page: Page, others: Sequence[int], dense: Sequence[Sequence[int]], mentions: regex.Pattern[str]) -> bool:
    body = sorted([*others, *(block for stretch in dense for block in stretch)])
    opening = [n for n in body if page.views[n].count(" ") >= _SENTENCE_WORDS][:_OPENING]
    title = [n for n in body if page.blocks[n].kind == "heading" and page.views[n].count(" ") + 1 >= _TITLE_WORDS][:1]
    if any(mentions.search(page.views[n]) for n in (*title, *opening)):
        return True
    mentioning = sum(mentions.search(page.views[n]) is not None for n in others)
    return len(others) < len(dense) or mentioning > _ABOUT * len(others)


def _words(view: str) -> set[str]:
    return set(_WORD.findall(view.lower()))


def _closeness(page: Page, stretch: Sequence[int], subject: Set[str]) -> float:
    words = {word for n in stretch for word in _words(page.views[n])}
    return len(words & subject) / len(words) if words else 0.0
