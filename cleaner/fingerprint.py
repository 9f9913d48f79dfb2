"""What a finding is remembered by: its rule, and a hash of its text that survives reformatting and moving.

Baselines and decisions name findings so. Positions change with every edit above them; the words of a block rarely do.
"""

from __future__ import annotations

import hashlib

import regex

from cleaner.text import fold

#: Hexadecimal digits of a fingerprint. It is looked up together with a rule, in one corpus: 64 bits are enough.
DIGITS = 16

#: What a finding is remembered by: its rule, and the fingerprint of its text.
Key = tuple[str, str]

_WORD = regex.compile(r"\w+")


def fingerprint(text: str) -> str:
    """The hash of a text's words in their order: 16 hexadecimal digits.

    Case, white space, punctuation and markup do not count, unless the text has no words at all.

    >>> fingerprint("**Sign up** today\u2014it's free!") == fingerprint("Sign up today - it's free")
    True
    """
    folded = fold(text).casefold()
    words = _WORD.findall(folded) or folded.split()
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
