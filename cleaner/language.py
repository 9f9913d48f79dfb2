"""Which of the rule packs' languages a text may be in, by its function words.

It only spares a text the rules of languages that it plainly is not in, so it may name too many but should not
name too few. English always counts: its widgets stand on pages of every language.
"""

from __future__ import annotations

import re
from collections import Counter

#: Characters looked at; function words are so frequent that more tell no more.
_SAMPLE = 6000
#: Fewer function words than this say nothing.
_LEAST = 4
#: A language counts if it has this share of the function words that the first has.
_SHARE = 0.3

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = {
    "en": "the and of to is that for with was are this have not it its they but from which",
    "de": "der die das und ist nicht mit auf ein eine den von zu im sich des dem auch wird einen für über",
    "fr": "le la les des et est une dans pour que qui sur pas avec au du ce cette plus aux",
    "es": "el la los las de que y en por con una para del se su al lo como más fue",
    "pt": "os de que e em um uma para com não da na ao dos das pelo pela são foi mais",
}
_LANGUAGES_OF = {
    word: tuple(code for code, words in _FUNCTION_WORDS.items() if word in words.split())
    for words in _FUNCTION_WORDS.values()
    for word in words.split()
}


def languages_of(text: str) -> frozenset[str] | None:
    """ISO 639-1 codes of the languages whose rules the text needs; None if it does not say.

    >>> sorted(languages_of("The mill is old, and the heron that stands in the ford was there before it."))
    ['en']
    """
    counts: Counter[str] = Counter()
    for word in _WORD.findall(text[:_SAMPLE].lower()):
        counts.update(_LANGUAGES_OF.get(word, ()))
    most = max(counts.values(), default=0)
    if most < _LEAST:
        return None
    return frozenset({"en"} | {code for code, count in counts.items() if count >= _SHARE * most})
