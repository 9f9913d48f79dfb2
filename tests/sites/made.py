"""Sites of our own making, by seed: pages with their template, and what must be left of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

_NOUNS = [
    "lantern",
    "orchard",
    "ferry",
    "mill",
    "harbour",
    "kettle",
    "bridge",
    "meadow",
    "quarry",
    "almanac",
    "heron",
    "ledger",
    "furnace",
    "saddle",
]
_VERBS = [
    "carries",
    "repairs",
    "counts",
    "mends",
    "follows",
    "shelters",
    "measures",
    "outlasts",
    "borrows",
    "returns",
    "empties",
    "names",
]
_ENDS = [
    "before dawn",
    "in the second winter",
    "without a word",
    "against all advice",
    "for half the price",
    "by the old road",
]


@dataclass(frozen=True)
class Made:
    """A page: its id, its lines, and which of them are content, in order."""

    id: str
    text: str
    content: str


def _sentence(chance: random.Random) -> str:
    one, other = chance.sample(_NOUNS, 2)
    return f"The {one} {chance.randrange(2, 900)} {chance.choice(_VERBS)} the {other} {chance.choice(_ENDS)}."


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randrange(2, 5)))


def _title(chance: random.Random, number: int) -> str:
    return f"{chance.choice(_NOUNS).title()} and {chance.choice(_NOUNS)} no {number}"


def _page(number: int, head: list[str], content: list[str], tail: list[str]) -> Made:
    return Made(f"page-{number:03}", "\n".join([*head, *content, *tail]) + "\n", "\n".join(content))


def news(count: int, seed: int = 1) -> list[Made]:
    """Title tag, masthead, article, related titles that vary, footer with a date that varies."""
    chance = random.Random(seed)
    titles = [_title(chance, number) for number in range(count)]
    pages = []
    for number, title in enumerate(titles):
        head = [f"{title} | The Upland Courier", "The Upland Courier", "Home News Weather Letters", "Sign in"]
        content = [title, _sentence(chance)] + [_paragraph(chance) for _ in range(chance.randrange(2, 6))]
        tail = ["Next story", chance.choice(titles), "Last updated " + str(chance.randrange(1, 29)) + " March 2024"]
        pages.append(_page(number, head, content, [*tail, "Contact the newsroom", "© The Upland Courier Ltd"]))
    return pages


def manual(count: int, seed: int = 2) -> list[Made]:
    """A manual in the GNU style: a line with three slots above and below, sections that are numbered."""
    chance = random.Random(seed)
    titles = [_title(chance, number) for number in range(count)]
    pages = []
    for number, title in enumerate(titles):
        around = (titles[number - 1], chance.choice(titles), titles[(number + 1) % count])
        bar = "Next: {}, Previous: {}, Up: {} [Contents][Index]".format(*around)
        content = [
            f"{number // 9 + 1}.{number % 9} {title}",
            _paragraph(chance),
            "Example",
            f"{chance.choice(_NOUNS)} = bar({number})",
            "}",
        ]
        if number % 2:
            content += ["Example", _paragraph(chance), "}"]
        pages.append(_page(number, [f"{title} (Made Manual 3.2)", bar], content, [bar]))
    return pages


def blog(count: int, seed: int = 3) -> list[Made]:
    """Posts under a byline, with a sidebar whose table of contents repeats the headings of the post."""
    chance = random.Random(seed)
    pages = []
    for number in range(count):
        title = _title(chance, number)
        headings = [f"{chance.choice(_NOUNS).title()} part {part}" for part in range(chance.randrange(1, 9))]
        content = [title, *(line for heading in headings for line in (heading, _paragraph(chance)))]
        content.append(_sentence(chance))
        head = [f"{title} – Allotment Notes", "Allotment Notes", "Posts", "About the allotment", "Archive"]
        tail = ["On this page", *headings, "Search the notes", "Powered by a spade"]
        pages.append(_page(number, head, content, tail))
    return pages


def reference(count: int, seed: int = 4) -> list[Made]:
    """Pages of an API: labels and stock phrases that recur in all bodies, right below the title and at the end."""
    chance = random.Random(seed)
    pages = []
    for number in range(count):
        name = f"{chance.choice(_NOUNS).title()}{number}"
        content = [f"Class {name}", "Description", _paragraph(chance)]
        for method in range(chance.randrange(1, 5)):
            content += [f"{name}.{chance.choice(_VERBS)}{method}()", "Parameters", "None.", "Returns"]
            content += [_sentence(chance), "Since: 1.0"]
        head = [f"{name} (Made Library 2.1)", "Skip to content", "Overview", "Packages", "Classes", "Search"]
        pages.append(_page(number, head, content, ["Report a defect", "Copyright the makers of Made Library"]))
    return pages


SITES: dict[str, Callable[[int], list[Made]]] = {"news": news, "manual": manual, "blog": blog, "reference": reference}
