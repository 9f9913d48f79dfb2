"""Columns about threads: runs of posts, as readers' comments under an article are, or all of a forum's page.

Posts have lines that say who speaks, and when: ``Ann says``, ``Ben, 3 May 2021 at 6:26 pm``, ``2 days ago``. Three of
them close to each other begin a thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import regex

from cleaner.score.rows import Columns, Rows, running
from cleaner.tokens import I64

#: A line has so many words at most; so many of them, in so many blocks, begin a thread.
_WORDS, _LINES, _BLOCKS = 14, 3, 12
#: Stands for the distance to a thread that is not there.
NO_THREAD = -9999

_SPEAKS = "says|said|wrote|writes|commented|replied|sagt|schreibt|schrieb|meint|dit|écrit|dice|escribió"
_BUTTONS = ("Reply", "Permalink", "Antworten", "Répondre", "Responder")
_NAME = r"[\w@.'’\ -]{2,40}"
_DAY = r"""(?:\p{L}{3,9}\ \d{1,2}(?:st|nd|rd|th)?,?\ \d{4}|\d{1,2}(?:st|nd|rd|th|\.)?\ \p{L}{3,9},?\ \d{4}
  |\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)"""
_POST = regex.compile(
    rf"""^(?:
    {_NAME}\ (?:{_SPEAKS})
      (?:\ (?:on|at|am|um|le|el)\b.{{0,40}})?:?
    |Re:\ .*
    |(?:{_NAME}[\ ,|·—–-]+)?(?:on\ |am\ |le\ )?{_DAY}(?:\ at|,|\ ·|\ um|\ à|\ -)?\ *\d{{1,2}}[:.]\d\d.{{0,20}}
    |.{{0,40}}\b\d+\ (?:second|minute|min|hour|hr|day|week|month|year)s?\ ago\b.{{0,20}}
    |{"|".join(_BUTTONS)}
    )$""",
    regex.VERBOSE,
)
#: What such a line holds or begins with; a look for it takes a tenth of the time, and spares most lines the pattern.
_SIGN, _BEGINNINGS = re.compile(rf"[:.]\S| (?:ago|{_SPEAKS})"), ("Re: ", *_BUTTONS)


def threads(rows: Rows, views: Sequence[str], words: I64) -> Columns:
    """The columns, by name; a value a row."""
    posts = np.zeros(rows.count, np.int64)
    for row in np.flatnonzero((words > 0) & (words <= _WORDS)).tolist():
        view = views[row]
        if _SIGN.search(view) or view.startswith(_BEGINNINGS):
            posts[row] = _POST.match(view) is not None
    sums, in_words = running(posts), running(words)
    begins = (posts > 0) & (rows.between(sums, 0, _BLOCKS) >= _LINES)
    there = rows.whole(running(begins.astype(np.int64))) > 0
    first = rows.first_of_page(begins)
    before = in_words[first] - in_words[rows.low]
    return {
        "is post": posts,
        "posts around 8": rows.between(sums, 8, 8),
        "posts in page": rows.whole(sums),
        "after thread": np.where(there, rows.at - first, NO_THREAD),
        "words before thread": np.where(there, before, NO_THREAD),
        "share before thread": np.where(there, before / np.maximum(rows.whole(in_words), 1), -1),
    }
