"""Where rules and the learned score meet: who names a removal, and what the score alone would take, and stays.

The score sees a short line; it does not see what the line is for. What stays is as an editor would have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

import regex

from cleaner.batch import Page
from cleaner.model import LEARNED, Finding
from cleaner.score.web import LIKE_TITLE, TITLE, has_verdict
from cleaner.text import is_terminated

#: A title has at least so many spaces, for shorter lines stand in menus; the name of a site has fewer than so many.
_TITLE_SPACES, _NAME_SPACES = 2, 4
#: A line with so many spaces is more than a label.
_SPACES = 7
#: By how much the sum of a heading that is only guessed may exceed the threshold and it still be spared.
_DOUBT = 1.0

#: A menu in one line has so many labels at least, of so many words at most.
_LABELS, _LABEL_WORDS = 3, 2
_BETWEEN_LABELS = regex.compile(r"[|·•»>/]\s+")

#: Words that tell titles apart: of four letters at least, or beyond ASCII.
_WORD = regex.compile(r"\w{4,}|[^\W\p{ASCII}]+")


def by_rules(own: Sequence[Finding]) -> list[Finding]:
    """Findings without the learned score, which has looked at a block's company and place already."""
    return [finding for finding in own if finding.category != LEARNED]


def namesake(own: Sequence[Finding], threshold: float) -> Finding:
    """The finding that names a removal: the weightiest, but what suffices by itself before a section it is in.

    Rules come before the learned score where they suffice.
    """
    if len(own) == 1:
        return own[0]
    rules = by_rules(own)
    own = rules if sum(finding.weight for finding in rules) >= threshold else own
    enough = [finding for finding in own if finding.lead is None and finding.weight >= threshold]
    return max(enough or own, key=lambda finding: finding.weight)


def by_score_alone(of: Mapping[int, Sequence[Finding]], gone: Set[int], threshold: float) -> dict[int, float]:
    """The blocks that would not go without the learned score, and by how much their sums exceed the threshold.

    ``of``: the findings of each block.
    """
    found = {}
    for block in gone:
        own = of.get(block, ())
        rules = by_rules(own)
        if len(rules) == len(own) or any(finding.certain for finding in rules):
            continue
        if sum(finding.weight for finding in rules) < threshold:
            found[block] = sum(finding.weight for finding in own) - threshold
    return found


def spared(page: Page, gone: Set[int], weak: Mapping[int, float]) -> set[int]:
    """Which of the blocks ``weak`` stay, by how much each exceeds the threshold; ``gone`` are all that would go.

    The page's title stays, and so does a heading over text that stays, one that is only guessed if the score is in some
    doubt. An entry of a timeline or glossary, which is a heading and a sentence, stays after two such that stay.
    Where a web page says what its lines are, nothing need be guessed.
    """
    if has_verdict(page.document):
        return set()
    stay = _title(page, gone, weak)
    left = set(gone)
    for block in sorted(weak):
        is_marked = page.blocks[block].level > 0
        if _is_over_text(page, block) and block + 1 not in left and (is_marked or weak[block] <= _DOUBT):
            stay.add(block)
    left -= stay
    for at in sorted({block - back for block in left for back in (0, 1)}):
        before = (at - 4, at - 2)
        if all(left.isdisjoint((own, own + 1)) and _is_entry(page, own) for own in before) and _is_entry(page, at):
            entry = weak.keys() & {at, at + 1} & left
            stay |= entry
            left -= entry
    return stay


def _title(page: Page, gone: Set[int], weak: Mapping[int, float]) -> set[int]:
    """The first line that may be the title if no rule takes it, or the last heading before the text that repeats it.

    A line that may be the name of a site is it only where no longer one is before the text. None if one of them stays
    anyway: all lines of a web page begin with its title for the browser.
    """
    text = next((at for at in range(len(page.blocks)) if at not in gone and _is_text(page, at)), len(page.blocks))
    first = [at for at in range(text) if may_be_title(page, at) and (at in weak or at not in gone)]
    title = next((at for at in first if page.views[at].count(" ") >= _NAME_SPACES), first[0] if first else -1)
    if title not in weak:
        return set()
    alike = list(_repeats(page, title))
    before = [at for at in alike if at <= text]  # those further on may be other headings that share its words
    if any(at not in gone for at in before or alike):
        return set()
    return {max((at for at in before if at in weak), default=title)}


def _repeats(page: Page, title: int) -> Iterator[int]:
    """The headings after the title that hold half of its words, and little else."""
    wanted = _words(page.views[title])
    for block in range(title + 1, len(page.blocks)):
        if page.blocks[block].kind == "heading":
            view = page.views[block].lower()
            if any(word in view for word in wanted):  # most lines share no word
                words = _words(view)
                if 2 * len(wanted & words) >= max(len(wanted), len(words)):
                    yield block


def _words(view: str) -> set[str]:
    return set(_WORD.findall(view.lower()))


def may_be_title(page: Page, block: int) -> bool:
    """True for a line that may be the page's title: in its head, with words enough; of a web page, like its title."""
    if has_verdict(page.document):
        own = page.annotations[block]
        return own is not None and own.evidence.get(LIKE_TITLE, 0) >= TITLE
    return page.in_head(block) and page.views[block].count(" ") >= _TITLE_SPACES and not is_menu(page, block)


def is_menu(page: Page, block: int) -> bool:
    """True for a row of labels, such as ``Home | Science | About us``, that is not marked as a heading."""
    labels = [] if page.blocks[block].level else _BETWEEN_LABELS.split(page.views[block])
    return len(labels) >= _LABELS and all(label.rstrip().count(" ") < _LABEL_WORDS for label in labels)


def _is_over_text(page: Page, block: int) -> bool:
    """True for a heading with text right under it."""
    return page.blocks[block].kind == "heading" and _is_text(page, block + 1)


def _is_text(page: Page, block: int) -> bool:
    return block < len(page.views) and page.views[block].count(" ") >= _SPACES


def _is_entry(page: Page, block: int) -> bool:
    """True if a guessed heading and a paragraph that ends as a sentence does stand there."""
    if not 0 <= block < len(page.blocks) - 1:
        return False
    kinds = page.blocks[block].kind, page.blocks[block + 1].kind
    return kinds == ("heading", "paragraph") and is_terminated(page.views[block + 1])
