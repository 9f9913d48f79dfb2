"""What a page says of each of its lines, as numbers from 0 to 1 (docs/html.md lists the names).

Beside what stands in the line and the elements around it, it is the company within the page's own tree: how much of
the text of the elements around a line is prose, how much of it links, and how much of it trafilatura would keep. That
stays as it is however much is cut later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from cleaner.webpage.lines import Line
from cleaner.webpage.regions import SHARES, Regions, Sums
from cleaner.webpage.traits import BITS
from cleaner.webpage.verdict import Verdict, words_of

#: Says whether there was a verdict at all: without one the others that speak of what is kept are absent too.
KEPT = "html_kept_by_trafilatura"
_COMMENT, _ALIKE, _LINKED = "html_comment_by_trafilatura", "html_alike_kept", "html_link_density"
_TITLE = "html_like_title"
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


def evidence(
    lines: Sequence[Line], words: Sequence[Sequence[str]], verdict: Verdict | None, title: str = ""
) -> list[Mapping[str, float]]:
    """Named numbers for each line; ``verdict`` is trafilatura's, None if it said nothing.

    ``words`` are those of the lines, ``title`` is that of the page. What is 0 may be left out.
    """
    counts = np.array([max(1, len(own)) for own in words], float)
    density = [line.linked / len(line.text) for line in lines]
    stays = None if verdict is None else np.array(verdict.kept, float)
    regions = Regions.of(lines, counts, np.array(density), stays)
    shares, bodies = regions.shares(), regions.bodies().items()
    said: list[dict[str, float]] = [{}] * len(lines) if stays is None else _verdicts(lines, counts, stays)
    if verdict is not None and any(verdict.comments):
        said = [
            {**own, _COMMENT: 1.0} if is_comment else own
            for own, is_comment in zip(said, verdict.comments, strict=True)
        ]
    around: dict[tuple[int, ...], dict[str, float]] = {}  # lines beside each other have the same around them
    found: list[Mapping[str, float]] = []
    for line, links, told, like in zip(lines, density, said, _likeness(words, title), strict=True):
        above = line.parents[:-1] or line.parents
        if above not in around:
            around[above] = _around(above, shares)
        own = {**_place(line.path, line.mask, line.near, line.hidden), **around[above], **told, _LINKED: links}
        if like:
            own[_TITLE] = like
        for name, element in bodies:
            own[name] = 1.0 if element in line.parents else 0.0
        found.append(own)
    return found


@lru_cache(maxsize=1 << 10)
def _place(path: tuple[str, ...], mask: int, near: int, hidden: bool) -> dict[str, float]:
    """What is said of all lines that stand in such elements."""
    return {**_elements(path), **_classes(mask, near), **({"html_hidden": 1.0} if hidden else {})}


@lru_cache(maxsize=1 << 10)
def _elements(path: tuple[str, ...]) -> dict[str, float]:
    own = {f"html_in_{name}": 1.0 for name, tags in _ELEMENTS.items() if not tags.isdisjoint(path)}
    return {"html_depth": min(1.0, len(path) / 50), **own}


@lru_cache(maxsize=1 << 10)
def _classes(mask: int, near: int) -> dict[str, float]:
    return {f"html_class_{name}": 1.0 if near & bit else 0.5 for name, bit in BITS.items() if mask & bit}


def _likeness(words: Sequence[Sequence[str]], title: str) -> list[float]:
    """Jaccard similarity of each line's words with those of the title."""
    wanted = set(words_of(title))
    if not wanted:
        return [0.0] * len(words)
    return [
        0.0
        if len(own) > _TITLE_WORDS or wanted.isdisjoint(own)
        else len(wanted.intersection(own)) / len(wanted.union(own))
        for own in words
    ]


def _around(above: Sequence[int], shares: Sequence[tuple[float, ...]]) -> dict[str, float]:
    """What is said of all lines in the elements ``above`` them, from the outermost."""
    own: dict[str, float] = {}
    for level, names in enumerate(_AROUND, 1):
        element = above[max(0, len(above) - level)]
        own.update(zip(names, shares[element], strict=False))  # where nothing is known of what is kept that is absent
    return own


def _verdicts(lines: Sequence[Line], words: Sums, kept: Sums) -> list[dict[str, float]]:
    """For each line whether it is kept, and what share of the words in other lines of its kind of place.

    Without such lines that is 0.
    """
    places: dict[object, int] = {}
    own = [places.setdefault((line.path[-3:], line.near), len(places)) for line in lines]
    others = np.bincount(own, words)[own] - words
    held = np.bincount(own, words * kept)[own] - words * kept
    alike = np.divide(held, others, out=np.zeros_like(held), where=others > 0)
    return [{KEPT: verdict, _ALIKE: share} for verdict, share in zip(kept.tolist(), alike.tolist(), strict=True)]
