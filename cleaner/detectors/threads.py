"""Readers' comments under an article: posts that each begin with a line that says who speaks.

Such lines stand in no article, but many under one: ``Ann says``, ``Ben Hart says:``. What begins with the first of them
goes, if enough of an article stands before it and several people speak. In a forum, where the posts are the content,
none of an article does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import regex

from cleaner.batch import Batch, Page
from cleaner.model import Finding
from cleaner.text import sentence

WEIGHT = 6.0
#: So many such lines of so many people, with so many blocks between them at most, and at least so many people a line.
_LINES, _SPEAKERS, _BETWEEN, _SHARE = 4, 3, 25, 0.4
#: An article has so many words in sentences of so many words.
_ARTICLE, _SENTENCE = 100, 10
#: Blocks of the last post.
_LAST = 4

_VERBS = ("says", "sagt", "schreibt", "escribió")
_SAYS = regex.compile(rf"^[\w@.'’ -]{{2,40}} (?:{'|'.join(_VERBS)}) ?:?$")
#: Characters of a line that says who speaks, and how it may end: of most lines more need not be asked.
_LONGEST = 50
_ENDS = tuple(verb + end for verb in _VERBS for end in ("", " ", ":", " :"))


class Threads:
    """Findings in the category ``comments``."""

    RULES: ClassVar = {"comments/thread": "comments of readers, each under a line that says who speaks"}

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        return [_thread(page) for page in batch.pages]


def _thread(page: Page) -> list[Finding]:
    views = page.views
    lines = [n for n, view in enumerate(views) if len(view) <= _LONGEST and view.endswith(_ENDS) and _SAYS.match(view)]
    if len(lines) < _LINES or not _is_article(views[: lines[0]]):
        return []
    last = lines[0]
    for line in lines:
        if line - last > _BETWEEN:
            break
        last = line
    own = [line for line in lines if line <= last]
    speakers = {views[line] for line in own}
    if len(own) < _LINES or len(speakers) < max(_SPEAKERS, _SHARE * len(own)):
        return []
    end = min(len(views), last + 1 + _LAST)
    rule = "comments/thread"
    evidence = f"{len(own)} such lines"
    return [
        Finding(block, rule, "comments", Threads.RULES[rule], WEIGHT, evidence=evidence)
        for block in range(lines[0], end)
        if views[block]
    ]


def _is_article(views: Sequence[str]) -> bool:
    """True if the blocks hold sentences enough."""
    return sum(sentence(view, _SENTENCE) for view in views) >= _ARTICLE
