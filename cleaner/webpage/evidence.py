"""What a page says of each of its lines, as numbers from 0 to 1 (docs/html.md lists the names).

Beside what stands in the line and the elements around it, it is the company within the page's own tree: how much of
the text of the elements around a line is prose, how much of it links, and how much of it trafilatura would keep. That
stays as it is however much is cut later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cleaner.facts import Row, Table, Values
from cleaner.score.rows import Flags, running
from cleaner.score.web import COMMENT, KEPT, LIKE_TITLE, LINKED
from cleaner.tokens import U64
from cleaner.webpage.held import held
from cleaner.webpage.lines import Line
from cleaner.webpage.regions import KEPT_BODIES, PROSE_BODY, SHARES, Regions, Sums
from cleaner.webpage.traits import BITS
from cleaner.webpage.verdict import Verdict
from cleaner.webpage.words import Words, words_of

_ALIKE = "html_alike_kept"
#: A line of more words is no title.
_TITLE_WORDS = 40

#: Elements whose lines are told apart.
_ELEMENTS: dict[str, frozenset[str]] = {
    "heading": frozenset(("h1", "h2", "h3", "h4", "h5", "h6")),
    "title": frozenset(("h1",)),
    "item": frozenset(("li", "dd", "dt")),
    "paragraph": frozenset(("p",)),
    "code": frozenset(("pre", "code")),
    "table": frozenset(("td", "th", "table")),
    "quote": frozenset(("blockquote",)),
    "nav": frozenset(("nav",)),
    "header": frozenset(("header",)),
    "footer": frozenset(("footer",)),
    "aside": frozenset(("aside",)),
    "main": frozenset(("main",)),
    "article": frozenset(("article",)),
    "form": frozenset(("form", "select", "button", "label", "textarea")),
    "dialog": frozenset(("dialog",)),
    "figure": frozenset(("figure", "figcaption")),
}
#: Elements around a line that are described: its parent's parent is level 1, and so on.
LEVELS = 4
_AROUND = tuple(tuple(f"html_around{level}_{share}" for share in SHARES) for level in range(1, LEVELS + 1))
#: What is said of every line, and what there is to say only with a verdict.
_ALWAYS = (
    LINKED, "html_depth", "html_hidden", LIKE_TITLE, PROSE_BODY, *(name for names in _AROUND for name in names[:-1]),
    *(f"html_in_{name}" for name in _ELEMENTS), *(f"html_class_{name}" for name in BITS),
)  # fmt: skip
_WITH_VERDICT = (KEPT, COMMENT, _ALIKE, *KEPT_BODIES, *(names[-1] for names in _AROUND))
#: Of which name each column of a page's numbers is.
COLUMNS = {name: column for column, name in enumerate((*_ALWAYS, *_WITH_VERDICT))}
_COLUMNS_ALWAYS = {name: COLUMNS[name] for name in _ALWAYS}
_ELEMENT_COLUMNS = [(COLUMNS[f"html_in_{name}"], tags) for name, tags in _ELEMENTS.items()]
_CLASS_COLUMNS = [COLUMNS[f"html_class_{name}"] for name in BITS]
_CLASS_BITS = np.array([*BITS.values()], np.int64)


def evidence(lines: Sequence[Line], title: str, verdict: Verdict | None) -> list[Row]:
    """Named numbers for each line. ``title`` is the page's, ``verdict`` trafilatura's, None if it said nothing.

    They are made out when somebody asks for them: for the pages of a batch one after the other, which is quicker than
    between a page's reading and the next, and not at all where nobody does.
    """
    columns = _COLUMNS_ALWAYS if verdict is None else COLUMNS
    return Table(columns, partial(_told, lines, title, verdict)).rows(len(lines))


def _told(lines: Sequence[Line], title: str, verdict: Verdict | None) -> Values:
    words = words_of([*(line.text for line in lines), title, *(verdict or ())])
    own, others = words.before(len(lines)), range(len(lines) + 1, len(words.starts))
    return told(lines, own, words.of(len(lines)), [held(own, words.of(number)) for number in others])


def told(lines: Sequence[Line], words: Words, title: U64, stays: Sequence[Flags]) -> Values:
    """A row a line, from the words of the lines, those of the title, and which lines are kept, which are comments."""
    paths: dict[tuple[str, ...], int] = {}
    path = np.array([paths.setdefault(line.path, len(paths)) for line in lines])
    values: Values = np.stack([_of_path(own) for own in paths])[path]
    columns = values.T

    def put(name: str, numbers: ArrayLike) -> None:
        columns[COLUMNS[name]] = numbers

    near, mask = np.array([line.near for line in lines]), np.array([line.mask for line in lines])
    values[:, _CLASS_COLUMNS] = np.maximum(_has(near), 0.5 * _has(mask))
    put("html_hidden", [line.hidden for line in lines])
    counts = np.maximum(words.counts, 1).astype(float)
    linked, lengths = np.array([line.linked for line in lines], float), np.array([len(line.text) for line in lines])
    put(LINKED, linked / lengths)
    put(LIKE_TITLE, _likeness(words, title))
    kept = stays[0].astype(float) if stays else None
    regions = Regions.of(lines, counts, linked / lengths, kept)
    for level, names in enumerate(_AROUND, 1):
        for name, shares in zip(names, regions.shares(level), strict=False):  # without a verdict no share is kept
            put(name, shares)
    for name, inside in regions.bodies().items():
        put(name, inside)
    if kept is None:
        return values
    put(KEPT, kept)
    put(COMMENT, stays[1])
    tails: dict[tuple[str, ...], int] = {}
    tail = np.array([tails.setdefault(own[-3:], len(tails)) for own in paths])[path]
    put(_ALIKE, _alike(tail << len(BITS) | near, counts, kept))
    return values


@lru_cache(maxsize=1 << 12)
def _of_path(path: tuple[str, ...]) -> Sums:
    """What is said of all lines that stand in such elements."""
    row = np.zeros(len(COLUMNS))
    row[COLUMNS["html_depth"]] = min(1.0, len(path) / 50)
    row[[column for column, tags in _ELEMENT_COLUMNS if not tags.isdisjoint(path)]] = 1.0
    return row


def _has(masks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each mask which of the traits it has."""
    return (masks[:, np.newaxis] & _CLASS_BITS) > 0


def _likeness(words: Words, title: U64) -> Sums:
    """Jaccard similarity of each line's words with those of the title."""
    result = np.zeros(len(words.counts))
    wanted = set(title.tolist())
    shared = running(np.isin(words.hashes, title).astype(np.int64))
    some = (shared[words.ends] > shared[words.starts]) & (words.counts <= _TITLE_WORDS)
    for line in np.flatnonzero(some).tolist():
        own = set(words.of(line).tolist())
        result[line] = len(wanted & own) / len(wanted | own)
    return result


def _alike(place: NDArray[np.int64], words: Sums, kept: Sums) -> Sums:
    """For each line what share of the words in other lines of its kind of place is kept; 0 without such lines."""
    own = np.unique(place, return_inverse=True)[1]
    others = np.bincount(own, words)[own] - words
    held = np.bincount(own, words * kept)[own] - words * kept
    return np.divide(held, others, out=np.zeros_like(held), where=others > 0)
