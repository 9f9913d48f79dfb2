"""Templates of sites → a rule pack for a person to prune.

A rule says what a line looks like, and less well where it stands: what only a walk over the page can know, such as
the title of the next page between two lines of a frame, is left to the run over the corpus. Short lines, which may
stand in any text, are therefore bound to the end of the page where they were found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from cleaner.detectors.template import CATEGORY
from cleaner.sites.survey import words_of
from cleaner.sites.template import Entry, Template, Templates
from cleaner.sites.walk import Words

#: Lines of fewer words may stand in any text.
_TELLING = 4
#: Characters that may vary in a slot.
_SLOT = 300
#: Texts that no pattern of a template is to match, where the corpus gives none.
_KEEP = ("A sentence of the text itself, which says something.", "The next paragraph says something else again.")

#: What a line's words say of its category, tried in order.
_HINTS = (
    ("legal", r"copyright|licen[cs]e|all rights reserved|terms of|privacy|cookies?|imprint"),
    ("newsletter", r"newsletter|subscribe|sign up|e mail"),
    ("share", r"share|tweet|facebook|twitter|mastodon|linkedin"),
    ("comments", r"comments?|reply|log in to"),
    ("metadata", r"last updated|last modified|last edited|min read|posted (?:on|by)"),
    ("navigation", r"next|prev(?:ious)?|up|home|index|menu|search|contents?|archives?|top|skip to"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of a site's template: the words it begins and ends with, all of it if nothing varies.

    ``near``: lines that are nearly this are meant too.
    """

    begin: Words
    end: Words
    varies: bool
    raw: str
    head: bool
    entry: Entry
    near: bool = False

    @property
    def shown(self) -> str:
        """The line for people."""
        if self.raw:
            return self.raw
        return " ".join((*self.begin, *(("…",) if self.varies else ()), *self.end))

    @property
    def pattern(self) -> str:
        """What matches it in a block's text."""
        if self.raw:
            return f"^{regex.escape(self.raw, special_only=True)}$"
        if self.near:
            return self._pattern_of_parts()
        around = [r"\W+".join(self.begin), r"\W+".join(self.end)]
        if self.varies:
            slot = rf".{{1,{_SLOT}}}"
            return rf"^\W*{around[0]}\b{slot}" + rf"\b{around[1]}\W*$" if around[1] else rf"^\W*{around[0]}\b{slot}$"
        return rf"^\W*{around[0]}\W*$"

    def _pattern_of_parts(self) -> str:
        """Any third of the words, in a line of about their length: an edit leaves one of the thirds as it was."""
        parts = "|".join(r"\W+".join(part) for part in thirds(self.begin))
        around = rf".{{0,{len(' '.join(self.begin))}}}"
        return rf"^{around}\b(?:{parts})\b{around}$"

    @property
    def category(self) -> str:
        """A guess, which a person is asked to look at."""
        text = " ".join((*self.begin, *self.end))
        return next((name for name, hint in _HINTS if re.search(rf"\b(?:{hint})\b", text)), CATEGORY)


def thirds(words: Words) -> tuple[Words, Words, Words]:
    """The words in three parts."""
    size = -(-len(words) // 3)
    return words[:size], words[size : 2 * size], words[2 * size :]


def proposals(template: Template) -> list[Proposal]:
    """The lines of a template that took something, those of most documents first."""
    found: dict[tuple[Words, Words, bool, str], Proposal] = {}
    for own in template.rounds:
        for head, table in ((True, own.head), (False, own.tail)):
            for (key, _), entry in table.lines.items():
                words, near = words_of(key), key in own.near.wordings
                _add(found, Proposal(words, (), False, "" if words else key[1:], head, entry, near))
            for (side, words), entry in table.ends.items():
                begins = side == "begins"
                _add(found, Proposal(words if begins else (), () if begins else words, True, "", head, entry))
    return sorted(found.values(), key=lambda own: (-own.entry.count, own.shown))


def _add(found: dict[tuple[Words, Words, bool, str], Proposal], own: Proposal) -> None:
    key = own.begin, own.end, own.varies, own.raw
    if own.entry.count and (key not in found or found[key].entry.count < own.entry.count):
        found[key] = own


def packs(stages: Sequence[Templates]) -> str:
    """The rules of all templates as one rule file; empty if there are none."""
    rows: list[str] = []
    names: set[str] = set()
    for templates in stages:
        for template in templates.values():
            for own in proposals(template):
                rows += _rule(template, own, names)
    if not rows:
        return ""
    head = [
        "# Proposed from what repeats at the ends of pages. Take out what should stay, then name this file in packs."
    ]
    return "\n".join([*head, "[pack]", 'name = "learned"', f'category = "{CATEGORY}"', *rows]) + "\n"


def _rule(template: Template, own: Proposal, names: set[str]) -> Iterator[str]:
    entry = own.entry
    yield ""
    share = f"in {entry.count} of {template.surveyed} documents"
    yield f"# {share} of {template.site}, such as {', '.join(entry.documents)}"
    yield "[[rule]]"
    yield f"id = {_string(_name(own, names))}"
    yield f"category = {_string(own.category)}"
    yield f"reason = {_string(f'stands in {entry.count} of {template.surveyed} documents of the site')}"
    yield f"sites = [{_string(template.site)}]"
    yield f"pattern = {_string(own.pattern)}"
    yield "certain = true"
    if len(own.begin) + len(own.end) < _TELLING:
        yield f'position = "{"head" if own.head else "tail"}"'
    yield f"remove = [{', '.join(map(_string, _examples(own)))}]"
    yield f"keep = [{', '.join(map(_string, _KEEP))}]"


def _examples(own: Proposal) -> tuple[str, str]:
    if own.raw:
        return own.raw, own.raw
    if own.near:
        first, *rest = thirds(own.begin)
        return own.shown, " ".join(("edited", *first[1:], *(word for part in rest for word in part)))
    if not own.varies:
        return own.shown, own.shown.upper()
    filled = [" ".join((*own.begin, fill, *own.end)) for fill in ("Some Name", "another name, 2024")]
    return filled[0], filled[1]


def _name(own: Proposal, names: set[str]) -> str:
    """A name of its own for the rule."""
    words = [word for word in (*own.begin, *own.end) if re.fullmatch("[a-z0-9]+", word)][:6]
    stem = "-".join(words) or "line"
    name, number = stem, 2
    while name in names:
        name, number = f"{stem}-{number}", number + 1
    names.add(name)
    return name


def _string(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
