"""Which of the rule packs' languages a text is plainly not in, by its function words.

It spares a text the rules of other languages, so it may name too few but should not name too many. English is never
named: its widgets stand on pages of every language. Nor is a language that the table below does not know.
"""

from __future__ import annotations

#: Characters looked at; function words are so frequent that more tell no more.
_SAMPLE = 800
#: Fewer function words than this say nothing.
_LEAST = 4
#: A language counts if it has this share of the function words that the first has.
_SHARE = 0.3

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


def foreign_to(text: str) -> frozenset[str]:
    """ISO 639-1 codes of the languages whose rules the text does not need.

    >>> sorted(foreign_to("The mill is old, and the heron that stands in the ford was there before it."))
    ['de', 'es', 'fr', 'pt']
    """
    counts = dict.fromkeys(_FUNCTION_WORDS, 0)
    for codes in filter(None, map(_LANGUAGES_OF.get, text[:_SAMPLE].lower().split())):
        for code in codes:
            counts[code] += 1
    most = max(counts.values())
    if most < _LEAST:
        return frozenset()
    return frozenset(code for code in _FUNCTION_WORDS if code != "en" and counts[code] < _SHARE * most)
