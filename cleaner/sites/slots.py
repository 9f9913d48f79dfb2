"""Lines of which a part varies: "Next: NAME, Previous: NAME [Contents][Index]", "NAME | The Gazette".

A line is known by the words it begins and ends with. Which beginnings and ends are common is counted like lines are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Literal

from cleaner.sites.walk import Words

#: A beginning or an end, and its words.
End = tuple[Literal["begins", "ends"], Words]

#: Words of a beginning or an end at most; words that vary at most.
_MOST_WORDS, _MOST_VARY = 8, 30
#: Words, numbers left out, that must be constant at one end, or more of them at both.
_AT_ONE_END = 2
#: Lines of which the ends are not counted: they have too many words to be known by them.
_TOO_LONG = 2 * _MOST_WORDS + _MOST_VARY


def ends(words: Words) -> Iterator[End]:
    """The beginnings and ends of a line, something left between."""
    if len(words) <= _TOO_LONG:
        for size in range(1, min(_MOST_WORDS, len(words) - 1) + 1):
            yield "begins", words[:size]
            yield "ends", words[-size:]


def slot(words: Words, known: Container[End]) -> tuple[Words, Words] | None:
    """The longest known beginning and end of the line, if so much of it is constant that it is one of a kind."""
    most = min(_MOST_WORDS, len(words) - 1)
    before = max((size for size in range(1, most + 1) if ("begins", words[:size]) in known), default=0)
    room = min(_MOST_WORDS, len(words) - 1 - before)
    after = max((size for size in range(1, room + 1) if ("ends", words[-size:]) in known), default=0)
    begin, end = words[:before], words[len(words) - after :]
    constant = [sum(not word.isdigit() for word in part) for part in (begin, end)]
    if len(words) - before - after > _MOST_VARY or (max(constant) < _AT_ONE_END and sum(constant) <= _AT_ONE_END):
        return None
    return begin, end
