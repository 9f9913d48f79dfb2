"""Pieces of a pattern as the literals they may be, and literals as Hyperscan looks for them.

A literal is a string in lower case in which control characters stand for ends of the text and of words. It is looked
for in :func:`plain_case` of views, whose only white space is single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.detectors.syntax import DIGIT, Branches, Edge, Repeated, Text, Unknown

#: Literals that one run may be written out as, where alternatives multiply and where they only add up.
_MULTIPLIED, _ADDED = 128, 400
#: Times over that an item is written out.
_MOST_TIMES = 4

# Edges inside literals, in which control characters do not occur.
START, END, WORD = "\1", "\2", "\3"
#: Stands for characters beyond ASCII of which others are equal to one when case does not count.
FOREIGN = "\5"
_EDGES = {"start": START, "end": END, "word": WORD}
_IS_WORD, _IS_PLAIN = re.compile("[0-9A-Za-z_]"), re.compile("[0-9A-Za-z ]")

#: Characters beyond ASCII that equal one of ASCII when case does not count.
_PLAIN = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"))


def plain_case(views: Iterable[str]) -> list[bytes]:
    """The bytes of each view, as the literals are written: beyond ASCII in lower case, and what equals a character of
    ASCII when case does not count as that one. Of ASCII itself Hyperscan takes care.
    """
    return [view.encode() if view.isascii() else _plain(view).encode("utf-8", "replace") for view in views]


def _plain(view: str) -> str:
    for char, plain in _PLAIN:
        view = view.replace(char, plain)
    return view.lower()


def are_few(some: int, others: int) -> bool:
    """True if so many literals may each be joined with so many others."""
    return some * others <= (_ADDED if 1 in (some, others) else _MULTIPLIED)


def joined(run: frozenset[str], strings: frozenset[str]) -> frozenset[str]:
    """Each string of the one with each of the other after it; empty if those are too many."""
    return frozenset(a + b for a in run for b in strings) if are_few(len(run), len(strings)) else frozenset()


def exact(item: Repeated) -> tuple[frozenset[str], bool] | None:
    """All strings the item may be, and whether it may go on after them; None if they cannot be written out."""
    strings = _strings(item.node)
    if strings is None:
        return None
    if item.most == 1 or (strings == {" "} and item.most is None):
        return (strings if item.least else strings | {""}), False
    if item.most is not None and len(strings) ** item.most <= _MULTIPLIED and item.most <= _MOST_TIMES:
        powers = [frozenset([""])]
        for _ in range(item.most):
            powers.append(frozenset(a + b for a in powers[-1] for b in strings))
        return frozenset().union(*powers[item.least :]), False
    return (strings, True) if item.least else None


def _strings(node: Text | Edge | Unknown | Branches) -> frozenset[str] | None:
    match node:
        case Text(options):
            strings = [_folded(option) for option in options]
            return None if None in strings else frozenset(string for string in strings if string is not None)
        case Edge(kind):
            return frozenset([_EDGES[kind]])
        case Branches(sequences):
            return _strings_of_branches(sequences)
        case _:
            return None


def _strings_of_branches(sequences: Iterable[Iterable[Repeated]]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for sequence in sequences:
        own: frozenset[str] = frozenset([""])
        for item in sequence:
            options = exact(item)
            longer = joined(own, options[0]) if options and not options[1] else frozenset()
            if not longer:
                return None
            own = longer
        found |= own
    return found if len(found) <= _ADDED else None


def _folded(char: str) -> str | None:
    """The character as :func:`plain_case` leaves it; None for a control character."""
    if char in ("", DIGIT) or " " <= char < "\x7f":
        return char.lower()
    if char < "\x80":
        return None
    if char in dict(_PLAIN):
        return dict(_PLAIN)[char]
    is_plain = char.lower() == char == char.upper()
    is_latin = char < "\u0250" and char != "\xb5" and len(char.upper()) == 1
    return char.lower() if is_plain or is_latin else FOREIGN


def written(literals: Iterable[str]) -> str:
    """A pattern that finds any of the literals."""
    return _written(_tree(sorted(map(_expression, literals))))


def _expression(string: str) -> tuple[str, ...]:
    """The literal as pieces of a Hyperscan pattern. Its word boundary is ASCII's, which is never the narrower."""
    text = string.strip(START + END + WORD)
    before, _, after = string.partition(text)
    text = re.sub(f"[{START}{END}{WORD}]|(?<={FOREIGN}){FOREIGN}", "", text)
    head = ("^",) if START in before else (r"\b",) if WORD in before and _IS_WORD.match(text[0]) else ()
    tail = ("$",) if END in after else (r"\b",) if WORD in after and _IS_WORD.match(text[-1]) else ()
    return (*head, *map(_escaped, text), *tail)


def _escaped(char: str) -> str:
    if char == DIGIT:
        return r"(?:[0-9]|[\x80-\xff]+)"
    if char == FOREIGN:
        return r"[\x80-\xff]+"
    return char if _IS_PLAIN.match(char) else "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "replace"))


#: Literals by their common beginnings; an empty key ends one.
_Tree = dict[str, "_Tree"]


def _tree(literals: Iterable[tuple[str, ...]]) -> _Tree:
    root: _Tree = {}
    for literal in literals:
        node = root
        for piece in literal:
            node = node.setdefault(piece, {})
        node[""] = {}
    return root


def _written(tree: _Tree) -> str:
    """The tree as a pattern; where a literal ends, longer ones add nothing."""
    if "" in tree:
        return ""
    branches = [piece + _written(below) for piece, below in tree.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
