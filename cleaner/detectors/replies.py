"""Readers' comments under an article that name nobody, as trafilatura leaves them: told by how readers speak.

Readers thank, praise and answer each other ("Great post!", "Hi Ann, …": rules ``comments/reader-…``), ask, exclaim and
speak of themselves. Of an article little does; so where both begin at once, and go on to the end, comments begin. How
much better two parts explain a page than one is a likelihood ratio (the G-test of a table of two rows). In a forum all
of the page speaks so, and nothing goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil, log
from typing import ClassVar

import regex

from cleaner.batch import Batch, Page
from cleaner.model import Finding
from cleaner.text import sentence

WEIGHT = 6.0
#: Rules that tell how readers speak.
PREFIX = "comments/reader-"
#: So many comments speak so, at least this share; before them one does, and of more blocks this share.
_LEAST, _SHARE, _BEFORE = 4, 0.08, 0.02
#: Natural logarithm of the likelihood ratio from which two parts are told apart.
_SURE = 8.0
#: An article has so many words in sentences of so many words.
_ARTICLE, _SENTENCE = 300, 10
#: Shorter blocks may be names, dates and buttons.
_WORDS = 4
#: Of two comments that speak so, the next would be expected; so many times further the last of them may reach.
_FURTHER = 2

_PLAIN, _TALK, _VOICE = range(3)
_TALKS = regex.compile(
    r"^\p{Ll}|[!?]\W*$|^(?:I|My|You|Your|We|Our|Ich|Mein|Du|Wir|Je|J'\w+|Mon|Ma|Vous|Yo|Mi|Eu|Meu|Minha)\b"
)


class Replies:
    """Findings in the category ``comments``, from those of the detectors before."""

    RULES: ClassVar = {"comments/replies": "comments of readers, told by how they speak"}

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        return [_comments(page, findings) for page, findings in zip(batch.pages, found, strict=True)]


def _comments(page: Page, findings: Sequence[Finding]) -> list[Finding]:
    voices = {finding.block for finding in findings if finding.rule.startswith(PREFIX)}
    if len(voices) < _LEAST:
        return []
    blocks = [n for n, view in enumerate(page.views) if n in voices or view.count(" ") + 1 >= _WORDS]
    kinds = [_VOICE if n in voices else _TALK if _TALKS.search(page.views[n]) else _PLAIN for n in blocks]
    begin = _begin(kinds, [sentence(page.views[n], _SENTENCE) for n in blocks])
    if begin is None:
        return []
    count, rest = kinds[begin:].count(_VOICE), len(kinds) - begin
    last = max(place for place, kind in enumerate(kinds) if kind == _VOICE)
    end = last + 1 + ceil(_FURTHER * rest / count)
    rule, evidence = "comments/replies", f"{count} of {rest} blocks speak as readers do"
    stop = blocks[end] if end < len(blocks) else len(page.blocks)
    return [
        Finding(block, rule, "comments", Replies.RULES[rule], WEIGHT, evidence=evidence)
        for block in range(blocks[begin], stop)
        if page.views[block]
    ]


def _begin(kinds: Sequence[int], sentences: Sequence[int]) -> int | None:
    """The place at which comments begin, if they do. ``sentences``: words in sentences, a block each."""
    before, after = Counter[int](), Counter(kinds)
    one, words = _fit(after), 0
    best, begin = _SURE, None
    for place, kind in enumerate(kinds):
        rest = len(kinds) - place
        if kind == _VOICE and words >= _ARTICLE and after[_VOICE] >= max(_LEAST, _SHARE * rest):
            is_quiet = before[_VOICE] <= 1 + _BEFORE * place and before[_TALK] * rest <= after[_TALK] * place
            gain = _fit(before) + _fit(after) - one
            if is_quiet and gain > best:
                best, begin = gain, place
        before[kind] += 1
        after[kind] -= 1
        words += sentences[place]
    return begin


def _fit(counts: Counter[int]) -> float:
    """The log-likelihood of kinds that are drawn as often as they were counted."""
    total = counts.total()
    return sum(count * log(count / total) for count in counts.values() if count)
