"""Columns about the lines of a web page: what its source says of them, and what trafilatura keeps around them."""

from __future__ import annotations

import numpy as np

from cleaner.batch import Batch
from cleaner.facts import gathered
from cleaner.model import Document
from cleaner.score.rows import F64, Columns, Flags, Rows, running
from cleaner.tokens import I64

#: Names of evidence (docs/html.md). The first says whether there was a verdict; without one all are absent that speak
#: of what is kept.
KEPT, LINKED = "html_kept_by_trafilatura", "html_link_density"
COMMENT, LIKE_TITLE = "html_comment_by_trafilatura", "html_like_title"
ELEMENTS = (
    "heading", "title", "item", "paragraph", "code", "table", "quote", "nav", "header", "footer", "aside", "main",
    "article", "form", "dialog", "figure",
)  # fmt: skip
TRAITS = (
    "nav", "header", "footer", "sidebar", "related", "share", "comment", "ad", "consent", "signup", "byline", "caption",
    "search", "card", "hidden", "content",
)  # fmt: skip
#: Evidence that is taken as it is.
EVIDENCE = (
    KEPT, LINKED, COMMENT, LIKE_TITLE, "html_hidden", "html_depth", "html_alike_kept",
    "html_in_prose_body",
    *(f"html_in_{share}_kept" for share in ("half", "most", "all")),
    *(f"html_around{level}_{what}" for level in range(1, 5) for what in ("share", "link", "prose", "kept")),
    *(f"html_in_{name}" for name in ELEMENTS),
    *(f"html_class_{name}" for name in TRAITS),
)  # fmt: skip
#: A line is the page's title in place if it is at least so like it.
TITLE = 0.3
#: Rows to each side of a window.
_WINDOWS = (1, 3, 8, 20)
#: Stands for the share of what is not there, such as the line before the first, and for words to what is not there.
_NONE, _FAR = -0.1, 9999


def has_verdict(document: Document) -> bool:
    """True for a web page of whose lines trafilatura's verdict is known."""
    return any(KEPT in annotation.evidence for annotation in document.annotations)


def web_columns(rows: Rows, batch: Batch) -> Columns:
    """The columns, by name; a value a row, 0 on pages that are no web pages."""
    facts = [annotation.evidence if annotation else {} for page in batch.pages for annotation in page.annotations]
    columns: Columns = {**gathered(facts, EVIDENCE)}
    words = np.maximum(batch.tokens.counts, 1)
    kept = np.asarray(columns[KEPT], np.float64) > 0
    _kept(columns, rows, kept, words)
    like = np.asarray(columns[LIKE_TITLE], np.float64)
    best = rows.most(like)
    columns["title in page"] = best
    columns["lines after title"] = np.where(best >= TITLE, rows.at - rows.first_of_page(like >= best), -_FAR)
    linked = np.rint(1000 * np.asarray(columns[LINKED])).astype(np.int64) * words
    for reach in (3, 8):
        columns[f"linked around {reach}"] = _around(rows, linked, words, reach) / 1000
    return columns


def _kept(columns: Columns, rows: Rows, kept: Flags, words: I64) -> None:
    mass, sums, weights = kept * words, running(kept * words), running(words)
    columns["kept in page"] = rows.whole(sums) / rows.whole(weights)
    for reach in _WINDOWS:
        columns[f"kept around {reach}"] = _around(rows, mass, words, reach)
    columns["kept before"] = _share(rows.before(sums), rows.before(weights))
    columns["kept after"] = _share(rows.after(sums), rows.after(weights))
    columns["kept in 3 before"] = _share(rows.between(sums, 3, -1), rows.between(weights, 3, -1))
    columns["kept in 3 after"] = _share(rows.between(sums, -1, 3), rows.between(weights, -1, 3))
    before, after = rows.latest(kept), rows.coming(kept)
    since = np.where(before < 0, _FAR, weights[:-1] - weights[before + 1])
    until = np.where(after < 0, _FAR, weights[after] - weights[1:])
    columns["words since kept"], columns["words until kept"] = since, until
    columns["words off kept"] = np.maximum(since, until)
    columns["words of kept run"] = _run(rows, kept, words)


def _around(rows: Rows, mass: I64, words: I64, reach: int) -> F64:
    """What share of the words around a row is in ``mass``, the row itself left out."""
    return _share(rows.between(running(mass), reach, reach) - mass, rows.between(running(words), reach, reach) - words)


def _share(part: I64, whole: I64) -> F64:
    return np.where(whole > 0, part / np.maximum(whole, 1), _NONE)


def _run(rows: Rows, kept: Flags, words: I64) -> I64:
    """The words of the run of kept rows in which a row stands; below 0 for a run of rows that are not kept."""
    if not rows.count:
        return words
    begins = np.concatenate(([True], (kept[1:] != kept[:-1]) | (rows.page[1:] != rows.page[:-1])))
    starts = np.flatnonzero(begins)
    totals = np.add.reduceat(words, starts)
    result: I64 = np.where(kept, 1, -1) * totals[np.cumsum(begins) - 1]
    return result
