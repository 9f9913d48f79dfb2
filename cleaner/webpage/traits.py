"""What the class and id of an element say it is for, as bits of a mask.

Their words are those that sites of many makers use. A word counts if it stands by itself between hyphens, underscores,
digits or changes of case: ``"postNav"`` says ``nav``, ``"navy"`` does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

#: Trait → words.
WORDS: dict[str, str] = {
    "nav": "nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs toc skip pagination pager "
    "pagenav dropdown megamenu topbar toolbar tab tabs",
    "header": "header masthead banner topbar logo",
    "footer": "footer colophon copyright bottom",
    "sidebar": "sidebar aside rail side secondary widget widgets complementary",
    "related": "related recommended recommendations recommendation recirc suggested similar popular trending latest "
    "teaser teasers promo promos outbrain taboola upnext readmore",
    "share": "share sharing social socials addthis sharedaddy follow facebook twitter",
    "comment": "comment comments disqus reply replies respond discussion",
    "ad": "ad ads advert advertisement advertising adsense sponsor sponsored sponsors banner dfp",
    "consent": "cookie cookies consent gdpr privacy",
    "signup": "newsletter subscribe subscription signup login signin register optin modal popup dialog overlay",
    "byline": "byline author authors meta date time published posted dateline bio avatar tag tags tagged category "
    "categories taxonomy",
    "caption": "caption credit figcaption gallery slider carousel thumbnail",
    "search": "search filter filters sort facet facets form",
    "card": "card cards tile tiles grid product products item items listing list price cart",
    "hidden": "hidden hide invisible sr screenreader visuallyhidden offscreen noprint print collapse",
    "content": "content contents article body entry post story text main prose richtext markdown message description "
    "desc paragraph wysiwyg",
}
BITS = {name: 1 << number for number, name in enumerate(WORDS)}
_OF_WORD: dict[str, int] = {}
for _name, _words in WORDS.items():
    for _word in _words.split():
        _OF_WORD[_word] = _OF_WORD.get(_word, 0) | BITS[_name]
_PART = regex.compile(r"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})")
_ASCII_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # the same, quicker, for nearly all of them


@lru_cache(maxsize=1 << 14)
def traits(tokens: str) -> int:
    """The mask of a class or id attribute."""
    mask = 0
    for part in (_ASCII_PART if tokens.isascii() else _PART).findall(tokens):
        word = part.lower()
        if word in _OF_WORD:
            mask |= _OF_WORD[word]
    return mask
