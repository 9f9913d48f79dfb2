"""Columns about the blocks of a batch that need no learned weights: shape, place, repetition, and rule hits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.batch import Batch
from cleaner.model import Finding, Kind
from cleaner.score.rows import Flags, Rows, running
from cleaner.tokens import I64, U64

Column = NDArray[np.floating] | I64
Columns = dict[str, Column]

KINDS: tuple[Kind, ...] = (
    "heading", "paragraph", "list_item", "quote", "table", "code", "diagram", "html", "front_matter", "break",
)  # fmt: skip
ENDINGS = ("a letter", ".", "!", "?", ":", ", or ;", "a quote or bracket", "a digit", "a mark", "another", "nothing")
BEGINNINGS = (
    "another",
    "a capital",
    "a digit",
    "a small letter",
    "a letter beyond a-z",
    "a quote",
    "@ or #",
    "nothing",
)
#: Stands for the block beyond the page's ends.
BEYOND = 11

#: Prose: so many words that end in a full stop, an exclamation mark or a question mark.
_PROSE_WORDS = 15
#: Short words that make at least this share of a document's words are its function words.
_SHORT, _FREQUENT, _LEAST = 5, 0.004, 3
#: Counters of words a document, a power of two; words that share one count together.
_COUNTERS = 1 << 12
#: Rule weights count up to so much.
_MOST_RULES = 8

_A = np.uint64(0x9E3779B97F4A7C15)


def _classes(groups: Sequence[bytes], other: int) -> I64:
    table = np.full(256, other, np.int64)
    for number, group in enumerate(groups, 1):
        table[list(group)] = number
    return table


_LAST = _classes([b".", b"!", b"?", b":", b",;", b"\"')]", b"0123456789", b"|>-/\\*+=#_~^&%$@<({["], 0)
_LAST[128:] = 9
_UPPER, _DIGITS, _SMALL = bytes(range(65, 91)), bytes(range(48, 58)), bytes(range(97, 123))
_FIRST = _classes([_UPPER, _DIGITS, _SMALL, bytes(range(128, 256)), b"\"'([", b"@#$"], 0)

#: Three counters of 20 bits in one number: capitals, digits, and marks that are no letters.
_COUNTED = np.zeros(256, np.int64)
_COUNTED[list(_UPPER)] = 1
_COUNTED[list(_DIGITS)] = 1 << 20
_COUNTED[[c for c in range(33, 127) if not chr(c).isalnum() and c != 95]] = 1 << 40
_FIELD = (1 << 20) - 1


def features(rows: Rows, batch: Batch, found: Sequence[Sequence[Finding]]) -> Columns:
    """The columns, by name; a value a row."""
    table = batch.tokens
    words = table.counts
    columns: Columns = {"words": words}
    _shape(columns, batch.views, words)
    columns["kind"] = _kinds(batch)
    _place(columns, rows, words)
    prose = ((words >= _PROSE_WORDS) & (columns["last"] >= 1) & (columns["last"] <= 3)).astype(np.int64)
    _company(columns, rows, words, prose)
    _repetition(columns, rows, batch)
    _rules(columns, rows, found)
    return columns


def _shape(columns: Columns, views: Sequence[str], words: I64) -> None:
    data = np.frombuffer("\n".join(views).encode("utf-8", "replace") + b"\n", np.uint8)
    ends = np.flatnonzero(data == 10)[: len(views)]
    starts = np.concatenate(([0], ends + 1))[: len(views)]
    length = ends - starts
    counted = running(_COUNTED[data])
    counts = counted[ends] - counted[starts]
    some = np.maximum(words, 1)
    columns["length of words"] = length / some
    columns["last"] = np.where(length > 0, _LAST[data[np.maximum(ends - 1, 0)]], len(ENDINGS) - 1)
    columns["first"] = np.where(length > 0, _FIRST[data[starts]], len(BEGINNINGS) - 1)
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
    columns["blocks after"] = rows.high - 1 - rows.at
    columns["place"] = rows.before(sums) / np.maximum(total, 1)
    columns["words in page"] = total
    columns["words a block"] = total / np.maximum(blocks, 1)


def _company(columns: Columns, rows: Rows, words: I64, prose: I64) -> None:
    """Shapes of the blocks around."""
    for by in (-2, -1, 1, 2):
        columns[f"words at{by:+}"] = rows.shifted(words, by, -1)
    for by in (-1, 1):
        columns[f"last at{by:+}"] = rows.shifted(np.asarray(columns["last"], np.int64), by, BEYOND)
        columns[f"kind at{by:+}"] = rows.shifted(np.asarray(columns["kind"], np.int64), by, BEYOND)
    capped = running(np.minimum(words, 40))
    for reach in (3, 8, 20):
        columns[f"words around {reach}"] = rows.between(capped, reach, reach) / (2 * reach + 1)
    sums, in_prose = running(words), running(words * prose)
    columns["prose in page"] = rows.whole(in_prose) / np.maximum(rows.whole(sums), 1)
    columns["prose before"] = rows.before(in_prose) / (rows.before(sums) + 3)
    columns["prose after"] = rows.after(in_prose) / (rows.after(sums) + 3)
    columns["since prose"], columns["until prose"] = rows.since(prose > 0), rows.until(prose > 0)
    columns["prose run"] = rows.run_share(words * prose - 3)


def _repetition(columns: Columns, rows: Rows, batch: Batch) -> None:
    table = batch.tokens
    words = table.counts
    own = table.blocks + rows.page.astype(np.uint64) * _A
    _, first, inverse, counts = np.unique(own, return_index=True, return_inverse=True, return_counts=True)
    columns["copies"] = np.where(words > 0, counts[inverse], 0)
    columns["is copy"] = ((first[inverse] < rows.at) & (words > 0)).astype(np.int64)
    frequent = running(_function_words(rows, table.words, table.lengths, table.view_of).astype(np.int64))
    here = frequent[table.first[1:]] - frequent[table.first[:-1]]
    columns["function words"] = here / np.maximum(words, 1)
    sums, all_words = running(here), running(words)
    columns["function words around 8"] = rows.between(sums, 8, 8) / (rows.between(all_words, 8, 8) + 1)


def _function_words(rows: Rows, words: U64, lengths: I64, view_of: I64) -> Flags:
    """The document's own most frequent short words, so that no language need be known."""
    page = rows.page[view_of]
    pages = int(rows.page[-1]) + 1 if rows.count else 0
    counter = page * _COUNTERS + (words >> np.uint64(52)).astype(np.int64)
    counts = np.bincount(counter[lengths <= _SHORT], minlength=pages * _COUNTERS)[counter]
    total = np.bincount(page, minlength=pages)[page]
    result: Flags = (lengths <= _SHORT) & (counts >= np.maximum(_LEAST, _FREQUENT * total))
    return result


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
    sums = running(np.maximum(milli, 0))
    columns["rules"] = milli
    columns["copy rule"] = copies
    columns["rules around 3"] = rows.between(sums, 3, 3) - np.maximum(milli, 0)
    columns["rules at-1"], columns["rules at+1"] = rows.shifted(milli, -1, 0), rows.shifted(milli, 1, 0)
