"""What is measured of each line of a web page: the page's own evidence, the line's shape and place, its company.

A matrix of numbers, a column a feature. Windows count words, the line itself left out, so that they say what the
company is worth and not the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from typing import TypeVar

import numpy as np
import regex
from numpy.typing import NDArray

from cleaner.batch import Page

T = TypeVar("T")
Column = NDArray[np.float64]

#: Evidence of annotations (docs/html.md) that is taken as it is.
KEPT, LINKED = "html_kept_by_trafilatura", "html_link_density"
_ELEMENTS = "heading title item paragraph code table quote nav header footer aside main article form dialog figure"
_TRAITS = "nav header footer sidebar related share comment ad consent signup byline caption search card hidden content"
EVIDENCE = (
    KEPT, LINKED, "html_hidden", "html_depth", "html_alike_kept", "html_in_prose_body",
    *(f"html_in_{share}_kept" for share in ("half", "most", "all")),
    *(f"html_around{level}_{what}" for level in range(1, 5) for what in ("share", "link", "prose", "kept")),
    *(f"html_in_{name}" for name in _ELEMENTS.split()),
    *(f"html_class_{name}" for name in _TRAITS.split()),
)  # fmt: skip
#: Lines to each side of a window.
_NEAR, _WIDE, _BROAD = 3, 8, 20
#: Words of a document that count as its small words, and the longest of them.
_SMALL_WORDS, _SMALL_LENGTH = 40, 4
#: Lines from either end from which place no longer tells.
_FAR = 40
#: Stands for what is not there, such as the line before the first.
_NONE = -0.1
_PROSE_WORDS = 10

_WORD = regex.compile(r"\w+")
_END = regex.compile(r"[.!?…:;。][\"'”’»)\]]*$")


def features(page: Page, wanted: Set[str] = frozenset(EVIDENCE)) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Names of the features, and a row a block. Of the page's own evidence only what is ``wanted`` is taken."""
    columns = _columns(page, wanted | {KEPT, LINKED})
    return tuple(columns), np.column_stack(list(columns.values()))


def _columns(page: Page, wanted: Set[str]) -> dict[str, Column]:
    texts = [view or page.folded[block.start : block.stop] for view, block in zip(page.views, page.blocks, strict=True)]
    bags = [_WORD.findall(text.lower()) for text in texts]
    words = np.array([max(1, len(bag)) for bag in bags], float)
    columns: dict[str, Column] = {}
    facts = [annotation.evidence if annotation else {} for annotation in page.annotations()]
    for name in filter(wanted.__contains__, EVIDENCE):
        columns[name] = np.array([fact.get(name, 0.0) for fact in facts])
    _shape(columns, texts, bags, words)
    _place(columns, words)
    _company(columns, words)
    return columns


def _shape(columns: dict[str, Column], texts: list[str], bags: list[list[str]], words: Column) -> None:
    columns["shape_words"] = np.log2(words)
    columns["shape_word_length"] = np.minimum(12, _each(texts, len) / words)
    columns["shape_ends_sentence"] = _each(texts, lambda text: _END.search(text[-4:]) is not None)
    columns["shape_commas"] = np.minimum(8, _each(texts, lambda text: text.count(",") + text.count(";")))
    columns["shape_digits"] = _each(texts, lambda text: sum(map(str.isdigit, text[:300])) / len(text[:300] or " "))
    columns["shape_capitals"] = _each(texts, _capitals)
    counts = Counter(word for bag in bags for word in bag if len(word) <= _SMALL_LENGTH)
    small = {word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SMALL_WORDS]}
    columns["shape_small_words"] = _each(bags, lambda bag: sum(word in small for word in bag) / max(1, len(bag)))
    copies = Counter(" ".join(bag) for bag in bags)
    columns["shape_copies"] = np.minimum(4, _each(bags, lambda bag: copies[" ".join(bag)]))


def _capitals(text: str) -> float:
    words = text[:300].split()
    return sum(word[:1].isupper() for word in words) / max(1, len(words))


def _each(items: Sequence[T], measure: Callable[[T], float]) -> Column:
    return np.array([measure(item) for item in items], float)


def _place(columns: dict[str, Column], words: Column) -> None:
    count, total = len(words), words.sum()
    columns["place_share"] = (np.cumsum(words) - words / 2) / total
    columns["place_from_start"] = np.minimum(_FAR, np.arange(count, dtype=float))
    columns["place_from_end"] = np.minimum(_FAR, np.arange(count, dtype=float)[::-1])
    columns["page_words"] = np.full(count, np.log2(total))


def _company(columns: dict[str, Column], words: Column) -> None:
    kept, linked = columns[KEPT], columns[LINKED]
    prose = ((words >= _PROSE_WORDS) & (columns["shape_ends_sentence"] > 0)).astype(float)
    columns["page_prose"] = np.full(len(words), (prose * words).sum() / words.sum())
    columns["page_kept"] = np.full(len(words), (kept * words).sum() / words.sum())
    for reach in (1, _NEAR, _WIDE, _BROAD):
        columns[f"kept_within{reach}"] = _window(kept, words, reach, reach)
    columns["kept_before"] = _window(kept, words, len(words), 0)
    columns["kept_after"] = _window(kept, words, 0, len(words))
    columns["kept_just_before"] = _window(kept, words, _NEAR, 0)
    columns["kept_just_after"] = _window(kept, words, 0, _NEAR)
    since, until = _since(kept, words), _since(kept[::-1], words[::-1])[::-1]
    columns["kept_since"], columns["kept_until"] = since, until
    columns["kept_gap"] = np.maximum(since, until)
    columns["kept_run"] = _run(kept, words)
    for reach in (_NEAR, _WIDE, _BROAD):
        columns[f"prose_within{reach}"] = _window(prose, words, reach, reach)
    columns["length_within3"] = _window(columns["shape_words"], np.ones_like(words), _NEAR, _NEAR)
    columns["length_before"] = _window(columns["shape_words"], np.ones_like(words), 1, 0)
    columns["length_after"] = _window(columns["shape_words"], np.ones_like(words), 0, 1)
    for reach in (_NEAR, _WIDE):
        columns[f"links_within{reach}"] = _window(linked, words, reach, reach)


def _window(values: Column, words: Column, before: int, after: int) -> Column:
    """The mean of the values over so many lines before and after, weighted by words."""
    count = len(values)
    sums = np.concatenate(([0.0], np.cumsum(values * words)))
    weights = np.concatenate(([0.0], np.cumsum(words)))
    at = np.arange(count)
    first, last = np.maximum(0, at - before), np.minimum(count, at + after + 1)
    weight = weights[last] - weights[first] - words
    inside = sums[last] - sums[first] - values * words
    return np.where(weight > 0, inside / np.maximum(weight, 1.0), _NONE)


def _since(kept: Column, words: Column) -> Column:
    """Logarithm of the words since the last kept line; 9 before the first."""
    ends = np.cumsum(words)
    last = np.maximum.accumulate(np.where(kept > 0, ends, -1.0))
    before = np.concatenate(([-1.0], last[:-1]))
    return np.where(before >= 0, np.log1p(ends - words - before), 9.0)


def _run(kept: Column, words: Column) -> Column:
    """Logarithm of the words of the run of kept lines, or of lines not kept, which count down."""
    edges = np.flatnonzero(np.diff(kept)) + 1
    starts = np.concatenate(([0], edges))
    totals = np.log2(np.add.reduceat(words, starts))
    sign = np.where(kept[starts] > 0, 1.0, -1.0)
    return np.repeat(totals * sign, np.diff(np.concatenate((starts, [len(kept)]))))
