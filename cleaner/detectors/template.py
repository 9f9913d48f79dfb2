"""What a page shares with the other pages of its site: mastheads, navigation, footers, by their repetition.

Which lines those are was learned from the whole corpus before (:mod:`cleaner.sites`); here it is frozen. This
detector looks at documents before the others do, for that is the text it was learned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import ClassVar

from cleaner.batch import Batch, Page
from cleaner.model import Finding
from cleaner.sites.survey import Line, keyed_lines, site_of
from cleaner.sites.template import Entry, Taken, Template, Templates

CATEGORY = "template"
_STANDS = {"between": "next to what stands", "near": "stands, nearly,"}


class SiteTemplate:
    """Findings in the category ``template``; ``templates`` holds one a site."""

    RULES: ClassVar = {
        "template/repeated": "stands at the ends of the site's pages",
        "template/near": "near copy of a line at the ends of the site's pages",
        "template/slotted": "line at the ends of the site's pages of which a part varies",
        "template/between": "stands between lines of the site's template",
    }

    def __init__(self, templates: Templates, site_from: str, chosen: Set[str] = RULES.keys()) -> None:
        self.templates, self.site_from, self.chosen = templates, site_from, chosen

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        return [list(self._of_page(page)) for page in batch.pages]

    def _of_page(self, page: Page) -> Iterator[Finding]:
        site = site_of(page.document, self.site_from)
        template = self.templates.get(site) if site is not None else None
        if template is None:
            return
        keyed = keyed_lines(page)
        gone = {
            taken.place: (taken, entry)
            for taken, entry in template.strip([key for key, _ in keyed])
            if f"template/{taken.kind}" in self.chosen
        }
        if not gone:
            return
        places = enumerate(line for _, line in keyed)
        for block, own in groupby(places, key=lambda item: item[1].block):
            yield from _findings(page, template, block, list(own), gone)


def _findings(
    page: Page,
    template: Template,
    block: int,
    own: Sequence[tuple[int, Line]],
    gone: Mapping[int, tuple[Taken, Entry]],
) -> Iterator[Finding]:
    """One finding for a block that goes, or one for each run of its lines."""
    if all(place in gone for place, _ in own):
        yield _finding(template, block, *_namesake([gone[place] for place, _ in own]), None)
        return
    for is_gone, run in groupby(own, key=lambda item: item[0] in gone):
        if is_gone:
            places = [place for place, _ in run]
            first, last = places[0] - own[0][0], places[-1] - own[0][0]
            at_end = last + 1 == len(own)
            start = own[first - 1][1].stop if at_end else own[first][1].start
            stop = own[last][1].stop if at_end else own[last + 1][1].start
            named = _namesake([gone[place] for place in places])
            yield _finding(template, block, *named, (start, stop))


def _namesake(gone: Sequence[tuple[Taken, Entry]]) -> tuple[Taken, Entry]:
    """Of several lines the one that most pages share."""
    return max(gone, key=lambda item: (item[0].kind != "between", item[1].count))


def _finding(template: Template, block: int, taken: Taken, entry: Entry, cut: tuple[int, int] | None) -> Finding:
    rule = f"template/{taken.kind}"
    what = _STANDS.get(taken.kind, "stands")
    evidence = (
        f"{what} in {entry.count} of {template.surveyed} documents of {template.site}: {', '.join(entry.documents)}"
    )
    return Finding(block, rule, CATEGORY, SiteTemplate.RULES[rule], 0.0, True, evidence, cut)
