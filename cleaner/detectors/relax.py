"""A pattern of the regex package → one for Hyperscan that matches wherever it does, and little else.

What a match must hold is read off the pattern's tree, in order: runs of characters, their alternatives and optional
parts written out, and whether they stand at an end of the text or of a word. Of the runs of a sequence the most telling
are looked for, with anything between. A pattern that cannot be read, or requires nothing, gives ``None`` and is
searched everywhere. The result is for finding candidates only: ``regex`` decides.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from cleaner.detectors.literals import END, FOREIGN, START, WORD, are_few, exact, joined, written
from cleaner.detectors.syntax import DIGIT, Branches, CannotReadError, Edge, Repeated, Text, Unknown, parse

#: A required run this telling is worth looking for; less would make a candidate of every other view.
_LEAST_WORTH = 0.3
#: Runs of one sequence that are looked for, and how telling those after the first must be, by themselves and beside it:
#: on extracted web pages more of them take longer to find than the candidates they spare to search.
_RUNS, _LEAST_OF_OTHERS, _LEAST_SHARE = 2, 0.5, 0.2
#: Characters of a pattern; Hyperscan takes no more than 16,000.
_LONGEST = 15_000

#: How telling an edge is, in characters.
_EDGE_WORTH = {START: 3.0, END: 3.0, WORD: 0.5}

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


@dataclass(frozen=True, slots=True)
class _Run:
    """Literals of which every match holds one; ``worth`` is how telling the least of them is."""

    worth: float
    literals: Set[str]


@dataclass(frozen=True, slots=True)
class _Fork:
    """Sequences of parts of which every match holds one; ``worth`` is that of the least telling."""

    worth: float
    sequences: tuple[tuple[_Part, ...], ...]


#: What every match of a sequence holds, in order and without overlaps.
_Part = _Run | _Fork


def relax(source: str) -> str | None:
    """A pattern that matches where the source does, to be compiled with CASELESS and MULTILINE.

    ``None`` if nothing telling is required.
    """
    try:
        fork = _of_branches(parse(source), frozenset([""]))
    except CannotReadError:
        return None
    if fork.worth < _LEAST_WORTH:
        return None
    pattern = _written(fork, is_first=True, is_last=True)
    return pattern if len(pattern) <= _LONGEST else None


def _of_branches(branches: Branches, run: frozenset[str]) -> _Fork:
    """The parts of each branch; with ``run`` right before them."""
    sequences = tuple(_of_sequence(sequence, run) for sequence in branches.sequences)
    return _Fork(min(max((part.worth for part in parts), default=0.0) for parts in sequences), sequences)


def _of_sequence(items: Sequence[Repeated], run: frozenset[str]) -> tuple[_Part, ...]:
    """The most telling parts of a sequence; with ``run`` right before them."""
    nothing = frozenset([""])
    parts: list[_Part] = []
    for number, item in enumerate(items):
        options = exact(item)
        if options is not None:
            strings, goes_on = options
            longer = joined(run, strings)
            if not longer:
                parts.append(_valued(run))
            run = longer or strings
            if goes_on:
                parts.append(_valued(run))
                run = nothing
            continue
        is_between = _is_between_words(item)
        if is_between and _ends(items[number + 1 :]):
            run = frozenset(string + WORD for string in run)
        if isinstance(item.node, Branches) and item.least:
            if not are_few(len(run), len(item.node.sequences)):
                parts.append(_valued(run))
                run = nothing
            parts.append(_of_branches(item.node, run))
            run = nothing
        else:
            parts.append(_valued(run))
            # a word that only other characters separate from the start begins there
            run = frozenset([WORD if is_between and run == {START} else ""])
    return _chosen([*parts, _valued(run)])


def _is_between_words(item: Repeated) -> bool:
    """True if the item matches only characters that are no part of a word, or nothing."""
    if isinstance(item.node, Text):
        return not any(char.isalnum() or char in ("_", DIGIT) for char in item.node.options)
    return isinstance(item.node, Unknown) and not item.node.words


def _ends(items: Sequence[Repeated]) -> bool:
    """True if nothing but such characters follows up to the end of the text."""
    return bool(items) and items[-1].node == Edge("end") and all(map(_is_between_words, items[:-1]))


def _chosen(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    """Those that are looked for, in their order."""
    ranked = sorted(range(len(parts)), key=lambda place: -parts[place].worth)
    best = parts[ranked[0]].worth
    least = max(_LEAST_OF_OTHERS, _LEAST_SHARE * best)
    own = ranked[:1] if best else []
    own += [place for place in ranked[1:_RUNS] if parts[place].worth >= least]
    return tuple(parts[place] for place in sorted(own))


def _written(part: _Part, is_first: bool, is_last: bool) -> str:
    """The part as a pattern. Only what is first may stand at the text's start, only what is last at its end."""
    if isinstance(part, _Run):
        barred = {ord(START): None} if not is_first else {}
        barred |= {ord(END): None} if not is_last else {}
        return written(literal.translate(barred) for literal in part.literals)
    runs = [own[0].literals for own in part.sequences if len(own) == 1 and isinstance(own[0], _Run)]
    plain = _Run(part.worth, frozenset().union(*runs))
    branches = [_written(plain, is_first, is_last)] if runs else []
    for own in part.sequences:
        if len(own) > 1 or isinstance(own[0], _Fork):
            last = len(own) - 1
            pieces = (_written(one, is_first and not at, is_last and at == last) for at, one in enumerate(own))
            branches.append(".*".join(pieces))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _valued(run: frozenset[str]) -> _Run:
    return _Run(min(map(_worth, run), default=0.0), run)


def _worth(string: str) -> float:
    """How telling a literal is; nothing without a character."""
    text = string.strip(START + END + WORD)
    if not text:
        return 0.0
    before, _, after = string.partition(text)
    words = sum(_word_worth(word) for word in text.split(" "))
    return words + 0.5 * text.count(" ") + sum(_EDGE_WORTH[edge] for edge in {*before, *after})


def _word_worth(word: str) -> float:
    return 0.5 if word in _COMMON else 1.5 if word in _FREQUENT else sum(map(_char_worth, word))


def _char_worth(char: str) -> float:
    return 2.0 if char > "\x7f" else 1.0 if char.isalnum() else 0.5 if char in (DIGIT, FOREIGN) else 0.3
