"""The report's folder: pages and data files, written as documents go by.

``index.html``, ``list.html`` and ``skipped.html`` stand on top, a document's pages in ``d/``, the data that the list
searches in ``data/``: a manifest that says what is where, and chunks that are loaded as they are needed. They are
scripts, since browsers let no page that is a file fetch another file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from cleaner.model import Cleaned
from cleaner.reports.html import ASSETS
from cleaner.reports.html.overview import SNIPPET, Overview, Skipped, list_page
from cleaner.reports.html.page import Entry, entry, file, page_of, pages
from cleaner.reports.palette import number
from cleaner.reports.safe import one_line, visible

#: Removals of one data file: about 150 KB, of which a browser makes objects in a few milliseconds.
_CHUNK = 1000
#: The site of a file that lies in no folder.
_TOP = "(no folder)"


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as a report takes it: where it is, and what became of it.

    ``cleaned`` is there if something goes, or would; ``reason`` says why it stays whole or could not be read.
    """

    place: str
    characters: int = 0
    site: str = _TOP
    reason: str = ""
    cleaned: Cleaned | None = None


@dataclass(slots=True)
class _Chunk:
    """Documents of one data file, and what its line in the manifest says of them."""

    documents: list[Any] = field(default_factory=list)
    rules: set[int] = field(default_factory=set)
    categories: set[int] = field(default_factory=set)
    least: float | None = None
    removals: int = 0


class ReportFolder:
    """Writes a report: ``add`` each document in order, then ``close``."""

    def __init__(self, folder: Path, title: str, *, review: bool = False) -> None:
        self._folder, self._title, self._review = folder, title, review
        self._overview = Overview()
        self._rules: dict[str, int] = {}
        self._categories: dict[str, int] = {}
        self._chunk = _Chunk()
        self._manifest: list[dict[str, Any]] = []
        self._before: Entry | None = None
        self._held: Entry | None = None  # its page waits for the name of the next
        for name in ("assets", "data", "d"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name in ASSETS:
            self._write(f"assets/{name}", (files("cleaner.reports.html") / "assets" / name).read_text("utf-8"))

    def add(self, seen: Seen) -> Entry | None:
        """Takes a document; its entry, if it has a page. Raises ``OSError``."""
        if seen.cleaned is None:
            if seen.reason:
                self._overview.failed.append(Skipped(seen.place, seen.reason))
            else:
                self._overview.seen(seen.site, seen.characters, 0)
            return None
        own = entry(seen.place, seen.cleaned)
        if seen.cleaned.held:
            self._overview.held.append(Skipped(seen.place, seen.cleaned.held, file(own)))
            self._overview.seen(seen.site, seen.characters, 0)
        else:
            gone = sum(removal.end - removal.start for removal in seen.cleaned.removals)
            self._overview.seen(seen.site, seen.characters, gone)
        links = page_of(own)
        if not seen.cleaned.held:
            self._overview.add(own, links)
        self._list(own, links)
        self._turn(own)
        return own

    def close(self, passed_over: Iterable[Skipped] = ()) -> None:
        """Writes what stands on top of the rest; ``index.html`` is the last. Raises ``OSError``."""
        self._turn(None)
        self._flush()
        passed = list(passed_over)
        manifest = {
            "chunks": self._manifest,
            "rules": list(self._rules),
            "categories": list(self._categories),
            "colours": [f"c{number(name)}" for name in self._categories],
        }
        self._write("data/manifest.js", f"window.cleanerManifest = {json.dumps(manifest)};\n")
        self._write("list.html", list_page(list(self._rules), list(self._categories), review=self._review))
        self._write("skipped.html", self._overview.skipped_page(passed, review=self._review))
        self._write("index.html", self._overview.page(title=self._title, passed_over=passed, review=self._review))

    # -- pages

    def _turn(self, own: Entry | None) -> None:
        """Writes the pages of the document before this one, which is the one to go to from there."""
        if self._held is not None:
            for name, text in pages(self._held, self._before, own, review=self._review):
                self._write(f"d/{name}", text)
        self._before, self._held = self._held, own

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")

    # -- data

    def _list(self, own: Entry, links: dict[int, str]) -> None:
        chunk, text = self._chunk, own.cleaned.document.text
        rows = []
        for removal, note in zip(own.cleaned.removals, own.notes, strict=True):
            rule = self._rules.setdefault(removal.rule, len(self._rules))
            category = self._categories.setdefault(removal.category, len(self._categories))
            score = None if removal.certain else round(removal.score, 2)
            part = int(links[note.number].removesuffix(".html").partition("-")[2] or 1)
            snippet = one_line(text[removal.start : removal.end], SNIPPET)
            rows.append([note.number, rule, category, score, snippet, part])
            chunk.rules.add(rule)
            chunk.categories.add(category)
            if score is not None:
                chunk.least = score if chunk.least is None else min(chunk.least, score)
        chunk.documents.append([visible(own.place), own.page, rows])
        chunk.removals += len(rows)
        if chunk.removals >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        chunk, self._chunk = self._chunk, _Chunk()
        if not chunk.documents:
            return
        name = len(self._manifest)
        # ASCII, so that no character of a document is more than a character of a string
        self._write(f"data/c{name}.js", f"(window.cleanerChunks ||= {{}})[{name}] = {json.dumps(chunk.documents)};\n")
        self._manifest.append(
            {"rules": sorted(chunk.rules), "categories": sorted(chunk.categories), "least": chunk.least}
        )


def site_of(site: str | None, relative: str) -> str:
    """The document's site, else its top folder in its tree."""
    top, _, below = relative.partition("/")
    return site or (top if below else _TOP)
