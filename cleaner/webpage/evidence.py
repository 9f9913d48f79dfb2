"""What a page says of each of its lines, as numbers from 0 to 1 (docs/html.md lists the names).

Beside what stands in the line and the elements around it, it is the company within the page's own tree: how much of
the text of the elements around a line is prose, how much of it links, and how much of it trafilatura would keep. That
stays as it is however much is cut later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from cleaner.webpage.lines import Line
from cleaner.webpage.traits import BITS
from cleaner.webpage.verdict import words_of

#: Says whether there was a verdict at all: without one the others that speak of what is kept are absent too.
KEPT = "html_kept_by_trafilatura"

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
#: Shares of the kept text, and of the prose, of which the smallest element that holds them is the page's body.
_BODY_SHARES = {"half": 0.5, "most": 0.8, "all": 0.97}
_PROSE_SHARE = 0.7
#: Words from which a line that ends a sentence is prose.
_PROSE_WORDS = 10

_ENDS_SENTENCE = regex.compile(r"[.!?…:;。][\"'”’»)\]]*$")


class _Region:
    """Words of the lines in an element: all, those in links, those kept, those of prose."""

    __slots__ = ("kept", "linked", "prose", "words")

    def __init__(self) -> None:
        self.words = self.linked = self.kept = self.prose = 0.0


def evidence(lines: Sequence[Line], kept: Sequence[bool] | None) -> list[Mapping[str, float]]:
    """Named numbers for each line; ``kept`` says which lines trafilatura keeps, None if it said nothing.

    What is 0 may be left out.
    """
    words = [max(1, len(words_of(line.text))) for line in lines]
    density = [line.linked / len(line.text) for line in lines]
    regions, whole = _regions(lines, words, density, kept)
    bodies = _bodies(regions, whole, kept)
    alike = _alike(lines, words, kept)
    found: list[Mapping[str, float]] = []
    for number, line in enumerate(lines):
        own: dict[str, float] = {"html_link_density": density[number], "html_depth": min(1.0, len(line.path) / 50)}
        if line.hidden:
            own["html_hidden"] = 1.0
        path = frozenset(line.path)
        for name, tags in _ELEMENTS.items():
            if not path.isdisjoint(tags):
                own[f"html_in_{name}"] = 1.0
        for name, bit in BITS.items():
            if line.mask & bit:
                own[f"html_class_{name}"] = 1.0 if line.near & bit else 0.5
        for level in range(1, LEVELS + 1):
            region = regions[line.parents[max(0, len(line.parents) - 1 - level)]]
            own[f"html_around{level}_share"] = region.words / whole.words
            own[f"html_around{level}_link"] = region.linked / region.words
            own[f"html_around{level}_prose"] = region.prose / region.words
            if kept is not None:
                own[f"html_around{level}_kept"] = region.kept / region.words
        for name, element in bodies.items():
            own[name] = float(element in line.parents)
        if kept is not None:
            own[KEPT] = float(kept[number])
            own["html_alike_kept"] = alike[number]
        found.append(own)
    return found


def _regions(
    lines: Sequence[Line], words: Sequence[int], density: Sequence[float], kept: Sequence[bool] | None
) -> tuple[dict[int, _Region], _Region]:
    """For each block element what its lines add up to, and for the whole page."""
    regions: dict[int, _Region] = {}
    whole = _Region()
    for number, line in enumerate(lines):
        count = words[number]
        linked = count * density[number]
        prose = count if count >= _PROSE_WORDS and _ENDS_SENTENCE.search(line.text[-4:]) else 0
        stays = count if kept is not None and kept[number] else 0
        for region in (whole, *(regions.setdefault(parent, _Region()) for parent in line.parents)):
            region.words += count
            region.linked += linked
            region.prose += prose
            region.kept += stays
    return regions, whole


def _bodies(regions: Mapping[int, _Region], whole: _Region, kept: Sequence[bool] | None) -> dict[str, int]:
    """The smallest elements that hold most of the prose, and most of what is kept."""
    bodies: dict[str, int] = {}
    if whole.prose:
        bodies["html_in_prose_body"] = _smallest(regions, "prose", _PROSE_SHARE * whole.prose)
    if kept is not None and whole.kept:
        for name, share in _BODY_SHARES.items():
            bodies[f"html_in_{name}_kept"] = _smallest(regions, "kept", share * whole.kept)
    return bodies


def _smallest(regions: Mapping[int, _Region], what: str, least: float) -> int:
    """The element of fewest words that holds so much; of several the innermost, whose number is the highest."""
    enough = [(region.words, -number) for number, region in regions.items() if getattr(region, what) >= least]
    return -min(enough)[1] if enough else 0


def _alike(lines: Sequence[Line], words: Sequence[int], kept: Sequence[bool] | None) -> list[float]:
    """For each line what share of the words in other lines of its kind of place is kept; 0 without such lines."""
    if kept is None:
        return []
    places: dict[Any, list[int]] = {}
    keys = [(line.path[-3:], line.near) for line in lines]
    for key, count, stays in zip(keys, words, kept, strict=True):
        sums = places.setdefault(key, [0, 0])
        sums[0] += count
        sums[1] += count * stays
    shares = []
    for key, count, stays in zip(keys, words, kept, strict=True):
        total, held = places[key]
        shares.append((held - count * stays) / (total - count) if total > count else 0.0)
    return shares
