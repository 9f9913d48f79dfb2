"""A pattern of the regex package → literals of which every match holds one, for Hyperscan to look for.

What a match must hold is read off the pattern's tree: runs of characters, their alternatives and optional parts
written out, and whether they stand at an end of the text or of a word. Of all runs the most telling is chosen. A
pattern that cannot be read, or requires nothing, gives ``None`` and is searched everywhere. The result is for
finding candidates only: ``regex`` decides.

The literals are looked for in :func:`plain_case` of views, whose only white space is single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from cleaner.detectors.syntax import DIGIT, Branches, CannotReadError, Edge, Repeated, Text, Unknown, parse

#: Literals that one pattern may be replaced by.
_MOST = 2000
#: Literals that one run may be written out as, where alternatives multiply and where they only add up.
_MULTIPLIED, _ADDED = 100, 400
#: Times over that an item is written out.
_MOST_TIMES = 4
#: A required literal this telling is worth looking for; less would make a candidate of every other view.
_LEAST_WORTH = 0.3
#: Required literals that must all be there, the most telling first, and how telling those after it must be.
_FACTORS, _LEAST_OF_OTHERS = 2, 2.5

# Edges inside literals, in which control characters do not occur.
_START, _END, _WORD = "\1", "\2", "\3"
#: Stands for characters beyond ASCII of which others are equal to one when case does not count.
_FOREIGN = "\5"
_EDGES = {"start": _START, "end": _END, "word": _WORD}
#: How telling an edge is, in characters.
_EDGE_WORTH = {_START: 3.0, _END: 3.0, _WORD: 0.5}
_IS_WORD, _IS_PLAIN = re.compile("[0-9A-Za-z_]"), re.compile("[0-9A-Za-z ]")

#: Characters beyond ASCII that equal one of ASCII when case does not count.
_PLAIN = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"))

#: Words in more than one of 40 lines of web text, and in more than one of 120: finding them tells little. Counted on
#: the extracted text of 1,497 English pages; that they are English costs other languages time, never hits.
_COMMON, _FREQUENT = (
    frozenset(words.split())
    for words in (
        """a about all also an and are as at be best but by can for from get had has have he her his how i if in into is
        it just like make more most my need new no not of on one or other our out see she so some than that the their
        them there these they this time to up us use was we what when which while who will with you your""",
        """access add after any app available back because before better build business check code company could create
        day do does easy even every example experience features find first free full go good great help here home
        information keep know learn let list long look looking made making many me much next now off online only over
        people plan price product products read right search service services start support take team then through
        today two used user using value video want way well where why without work works would year years""",
    )
)

#: Strings of which every match holds one, and how telling the least of them is.
_Required = tuple[float, frozenset[str]]


def relax(source: str) -> list[str] | None:
    """Patterns that all match where the source does, to be compiled with CASELESS and MULTILINE.

    Each stands for literals of which one is required. ``None`` if nothing is.
    """
    try:
        found = _of_branches(parse(source))
    except CannotReadError:
        return None
    if not found or found[0][0] < _LEAST_WORTH:
        return None
    telling = found[:1] + [required for required in found[1:_FACTORS] if required[0] >= _LEAST_OF_OTHERS]
    return [_written(_tree(sorted(map(_expression, strings)))) for _, strings in telling]


def plain_case(views: Iterable[str]) -> bytes:
    """The views' bytes, a line each, as the literals are written: beyond ASCII in lower case, and what equals a
    character of ASCII when case does not count as that one. Of ASCII itself Hyperscan takes care.
    """
    return "\n".join(view if view.isascii() else _plain(view) for view in views).encode("utf-8", "replace")


def _plain(view: str) -> str:
    for char, plain in _PLAIN:
        view = view.replace(char, plain)
    return view.lower()


def _of_branches(branches: Branches) -> list[_Required]:
    """What a match of one of the branches must hold: the best of each, the second best of each, …"""
    found = []
    for together in zip(*map(_of_sequence, branches.sequences), strict=False):
        strings = frozenset().union(*(strings for _, strings in together))
        if len(strings) <= _MOST:
            found.append((min(worth for worth, _ in together), strings))
    return _best(found)


def _of_sequence(items: Sequence[Repeated]) -> list[_Required]:
    """The runs in a sequence and what its items require within, the most telling first."""
    found: list[_Required] = []
    run: frozenset[str] = frozenset([""])
    for number, item in enumerate(items):
        exact = _exact(item)
        if exact is None:
            if _is_between_words(item) and _ends(items[number + 1 :]):
                run = frozenset(string + _WORD for string in run)
            found += [_valued(run), _valued(_joined(run, _heads(item))), *_within(item)]
            # a word that only other characters separate from the start begins there
            run = frozenset([_WORD if _is_between_words(item) and run == {_START} else ""])
            continue
        strings, goes_on = exact
        longer = _joined(run, strings)
        if not longer:
            found.append(_valued(run))
        run = longer or strings
        if goes_on:
            found.append(_valued(run))
            run = strings
    return _best([*found, _valued(run)])


def _is_between_words(item: Repeated) -> bool:
    """True if the item matches only characters that are no part of a word, or nothing."""
    if isinstance(item.node, Text):
        return not any(char.isalnum() or char in ("_", DIGIT) for char in item.node.options)
    return isinstance(item.node, Unknown) and not item.node.words


def _ends(items: Sequence[Repeated]) -> bool:
    """True if nothing but such characters follows up to the end of the text."""
    return bool(items) and items[-1].node == Edge("end") and all(map(_is_between_words, items[:-1]))


def _best(found: Iterable[_Required]) -> list[_Required]:
    """Those that tell anything, the most telling first, none twice."""
    telling = {strings: worth for worth, strings in found if worth}
    ranked = sorted(telling.items(), key=lambda item: (-item[1], len(item[0]), sorted(item[0])))
    return [(worth, strings) for strings, worth in ranked]


def _within(item: Repeated) -> list[_Required]:
    if item.least == 0 or not isinstance(item.node, Branches):
        return []
    return _of_branches(item.node)


def _joined(run: frozenset[str], strings: frozenset[str]) -> frozenset[str]:
    """Each string of the one with each of the other after it; empty if those are too many."""
    if len(run) * len(strings) > (_ADDED if min(len(run), len(strings)) == 1 else _MULTIPLIED):
        return frozenset()
    return frozenset(a + b for a in run for b in strings)


def _heads(item: Repeated) -> frozenset[str]:
    """Strings of which every match of the item begins with one; empty if there may be others, or no match."""
    if item.least == 0 or not isinstance(item.node, Branches):
        return frozenset()
    found: set[str] = set()
    for sequence in item.node.sequences:
        own = frozenset([""])
        for inner in sequence:
            exact = _exact(inner)
            longer = _joined(own, exact[0] if exact else _heads(inner))
            own = longer or own
            if not longer or exact is None or exact[1]:
                break
        found |= own
    return frozenset() if "" in found or len(found) > _ADDED else frozenset(found)


def _exact(item: Repeated) -> tuple[frozenset[str], bool] | None:
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
            exact = _exact(item)
            longer = _joined(own, exact[0]) if exact and not exact[1] else frozenset()
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
    return char.lower() if is_plain or is_latin else _FOREIGN


def _valued(strings: Set[str]) -> _Required:
    worth = min((_worth(string) for string in strings), default=0.0)
    return worth, frozenset(strings)


def _worth(string: str) -> float:
    """How telling a literal is; nothing without a character."""
    text = string.strip(_START + _END + _WORD)
    if not text:
        return 0.0
    before, _, after = string.partition(text)
    words = sum(_word_worth(word) for word in text.split(" "))
    return words + 0.5 * text.count(" ") + sum(_EDGE_WORTH[edge] for edge in {*before, *after})


def _word_worth(word: str) -> float:
    return 0.5 if word in _COMMON else 1.5 if word in _FREQUENT else sum(map(_char_worth, word))


def _char_worth(char: str) -> float:
    return 2.0 if char > "\x7f" else 1.0 if char.isalnum() else 0.5 if char in (DIGIT, _FOREIGN) else 0.3


def _expression(string: str) -> tuple[str, ...]:
    """The literal as pieces of a Hyperscan pattern. Its word boundary is ASCII's, which is never the narrower."""
    text = string.strip(_START + _END + _WORD)
    before, _, after = string.partition(text)
    text = re.sub(f"[{_START}{_END}{_WORD}]|(?<={_FOREIGN}){_FOREIGN}", "", text)
    head = ("^",) if _START in before else (r"\b",) if _WORD in before and _IS_WORD.match(text[0]) else ()
    tail = ("$",) if _END in after else (r"\b",) if _WORD in after and _IS_WORD.match(text[-1]) else ()
    return (*head, *map(_escaped, text), *tail)


def _escaped(char: str) -> str:
    if char == DIGIT:
        return r"(?:[0-9]|[\x80-\xff]+)"
    if char == _FOREIGN:
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
