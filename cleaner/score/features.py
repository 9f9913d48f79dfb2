"""Columns about the blocks of a batch that need no learned weights: shape, place, repetition, and rule hits."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

import numpy as np

from cleaner.batch import Batch
from cleaner.model import Finding, Kind
from cleaner.score.rows import F64, Columns, Rows, running
from cleaner.score.vocabulary import Vocabulary
from cleaner.tokens import I64

KINDS: tuple[Kind, ...] = (
    "heading", "paragraph", "list_item", "quote", "table", "code", "diagram", "html", "front_matter", "break",
)  # fmt: skip
ENDINGS = ("a letter", ".", "!", "?", ":", ", or ;", "a quote or bracket", "a digit", "a mark", "another", "nothing")
#: Prose: so many words that end in a full stop, an exclamation mark or a question mark.
_PROSE_WORDS = 15
#: A block with at least this share of the title's words, and no more words than this, may be the title in place.
_TITLE_SHARE, _TITLE_WORDS = 0.25, 30
#: Stands for the distance to a title that is not there.
NO_TITLE = -9999
#: Rule weights count up to so much.
_MOST_RULES = 8
#: Lengths in words as their logarithm in thousandths, up to the last.
_LOG = np.asarray([round(1000 * log1p(words)) for words in range(1001)], np.int64)


def _classes(groups: Sequence[bytes], other: int) -> I64:
    table = np.full(256, other, np.int64)
    for number, group in enumerate(groups, 1):
        table[list(group)] = number
    return table


_LAST = _classes([b".", b"!", b"?", b":", b",;", b"\"')]", b"0123456789", b"|>-/\\*+=#_~^&%$@<({["], 0)
_LAST[128:] = 9
_UPPER, _DIGITS = bytes(range(65, 91)), bytes(range(48, 58))
#: Three counters of 20 bits in one number: capitals, digits, and marks that are no letters.
_COUNTED = np.zeros(256, np.int64)
_COUNTED[list(_UPPER)] = 1
_COUNTED[list(_DIGITS)] = 1 << 20
_COUNTED[[c for c in range(33, 127) if not chr(c).isalnum() and c != 95]] = 1 << 40
_IS_COUNTED = (_COUNTED > 0).tobytes()
_FIELD = (1 << 20) - 1


def features(rows: Rows, batch: Batch, found: Sequence[Sequence[Finding]], vocabulary: Vocabulary) -> Columns:
    """The columns, by name; a value a row."""
    words = batch.tokens.counts
    columns: Columns = {"words": words}
    _shape(columns, batch.views, words)
    columns["kind"] = _kinds(batch)
    _place(columns, rows, words)
    prose = (words >= _PROSE_WORDS) & (columns["last"] >= 1) & (columns["last"] <= 3)
    _company(columns, rows, words, prose.astype(np.int64))
    _copies(columns, rows, batch)
    _vocabulary(columns, rows, vocabulary)
    _rules(columns, rows, found)
    return columns


def _shape(columns: Columns, views: Sequence[str], words: I64) -> None:
    buffer = "\n".join(views).encode("utf-8", "replace") + b"\n"
    data = np.frombuffer(buffer, np.uint8)
    ends = np.flatnonzero(data == 10)[: len(views)]
    starts = np.concatenate(([0], ends + 1))[: len(views)]
    length = ends - starts
    places = np.flatnonzero(np.frombuffer(buffer.translate(_IS_COUNTED), bool))  # few bytes are counted
    counted = running(_COUNTED[data[places]])
    counts = counted[places.searchsorted(ends)] - counted[places.searchsorted(starts)]
    some = np.maximum(words, 1)
    columns["length"] = length
    columns["last"] = np.where(length > 0, _LAST[data[np.maximum(ends - 1, 0)]], len(ENDINGS) - 1)
    columns["capitals"] = (counts & _FIELD) / some
    columns["digits"] = (counts >> 20 & _FIELD) / np.maximum(length, 1)
    columns["marks"] = (counts >> 40) / some


def _kinds(batch: Batch) -> I64:
    numbers = {kind: number for number, kind in enumerate(KINDS)}
    kinds = [numbers[block.kind] if block.kind != "heading" or not block.level else len(KINDS)
             for page in batch.pages for block in page.blocks]  # fmt: skip
    return np.asarray(kinds, np.int64)


def _place(columns: Columns, rows: Rows, words: I64) -> None:
    sums = running(words)
    blocks = rows.high - rows.low
    total = rows.whole(sums)
    columns["blocks before"] = rows.within
    columns["place"] = rows.within / blocks
    columns["words before"] = rows.before(sums)
    columns["blocks in page"] = blocks
    columns["words in page"] = total
    columns["words a block"] = total / blocks


def _company(columns: Columns, rows: Rows, words: I64, prose: I64) -> None:
    """Shapes of the blocks around."""
    lengths = running(_LOG[np.minimum(words, len(_LOG) - 1)])
    for reach in (3, 8, 20):
        columns[f"length around {reach}"] = rows.between(lengths, reach, reach) / rows.count_between(reach, reach)
    sums, in_prose = running(words), running(words * prose)
    columns["prose in page"] = rows.whole(in_prose) / (rows.whole(sums) + 3)
    columns["prose before"] = rows.before(in_prose) / (rows.before(sums) + 3)
    columns["since prose"], columns["until prose"] = rows.since(prose > 0), rows.until(prose > 0)
    gains = words * prose - 3
    columns["prose run"], columns["words of prose run"] = rows.run_share(gains), rows.run(gains)


def _copies(columns: Columns, rows: Rows, batch: Batch) -> None:
    words = batch.tokens.counts
    first, counts = batch.alike
    columns["copies"] = np.where(words > 0, counts, 0)
    columns["is copy"] = ((first < rows.at) & (words > 0)).astype(np.int64)


def _vocabulary(columns: Columns, rows: Rows, vocabulary: Vocabulary) -> None:
    """What a block shares with its document, whatever the language: function words, words of its own, the title's."""
    words, function, a_view = vocabulary.table.counts, vocabulary.function, vocabulary.a_view
    some = np.maximum(words, 1)
    columns["words of its own"] = a_view(vocabulary.counts == 1) / some
    sums, all_words = running(vocabulary.functions), running(words)
    for reach in (1, 20):
        columns[f"function words around {reach}"] = rows.between(sums, reach, reach) / (
            rows.between(all_words, reach, reach) + 1
        )
    first = rows.first_of_page(words > 0)
    title = np.zeros(vocabulary.counters, bool)
    views = vocabulary.table.view_of
    title[vocabulary.counter[~function & (views == first[views])]] = True
    rare, shared = words - vocabulary.functions, a_view(~function & title[vocabulary.counter])
    _title(columns, rows, words, first, shared / np.maximum(rare + rare[first] - shared, 1))


def _title(columns: Columns, rows: Rows, words: I64, first: I64, likeness: F64) -> None:
    """How far a block is from the one that repeats the page's first, as a page's own heading repeats its title.

    ``likeness``: Jaccard similarity of its words with those of the ``first`` block.
    """
    likeness = np.where((rows.at == first) | (words > _TITLE_WORDS), 0, likeness)
    best = rows.most(likeness)
    place = rows.first_of_page((likeness >= best) & (best >= _TITLE_SHARE))
    there = best >= _TITLE_SHARE
    columns["title again"] = best
    columns["after title"] = np.where(there, rows.at - place, NO_TITLE)
    columns["place of title"] = np.where(there, (place - rows.low) / (rows.high - rows.low), -1)


def _rules(columns: Columns, rows: Rows, found: Sequence[Sequence[Finding]]) -> None:
    hits = np.zeros(rows.count)
    copies = np.zeros(rows.count, np.int64)
    start = np.concatenate(([0], np.flatnonzero(np.diff(rows.page)) + 1)) if rows.count else np.zeros(0, np.int64)
    first_of = dict(zip(rows.page[start].tolist(), start.tolist(), strict=True))
    for page, findings in enumerate(found):
        for finding in findings:
            if finding.cut is None:
                row = first_of[page] + finding.block
                if finding.copy_of is not None:
                    copies[row] = 1
                else:
                    hits[row] += _MOST_RULES if finding.certain else finding.weight
    milli = np.rint(np.clip(hits, -_MOST_RULES, _MOST_RULES) * 1000).astype(np.int64)
    columns["rules"] = milli
    columns["copy rule"] = copies
    sums = running(np.maximum(milli, 0))
    columns["rules around 3"] = rows.between(sums, 3, 3) / rows.count_between(3, 3)
