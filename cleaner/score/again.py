"""Columns of a second look: what the first says around a block, and of the places where a block's words stand again.

A first look tells the better part of a page. The words of that part are then the page's own, whatever its language: a
line that shares them belongs to it.
"""

from __future__ import annotations

import numpy as np

from cleaner.score.context import context, likely
from cleaner.score.rows import Columns, Flags, Rows
from cleaner.score.vocabulary import Vocabulary
from cleaner.tokens import I64

#: Stands for what words say that stand nowhere else.
_NONE = -1


def again(rows: Rows, vocabulary: Vocabulary, first: I64, words: I64, headings: Flags, wanted: Flags) -> Columns:
    """The columns, by name; a value a row, which means nothing but for rows of pages that are ``wanted``.

    ``first``: the sums of the first look, in thousandths. ``words``: words a row. ``headings``: true where one stands.
    ``wanted``: true for all rows of a page or for none.
    """
    first = np.where(words > 0, first, 0)
    columns: Columns = {f"first: {name}": column for name, column in context(rows, first, words, headings).items()}
    return columns | _shared(vocabulary, likely(first), wanted)


def _shared(vocabulary: Vocabulary, chance: I64, wanted: Flags) -> Columns:
    """What the words of each block, but function words, say of it by the other places where they stand.

    ``chance``: how likely each block is content, in thousandths.
    """
    table = vocabulary.table
    views = table.view_of
    several = np.flatnonzero((vocabulary.counts > 1) & wanted[views])
    elsewhere, mean = vocabulary.elsewhere(chance, several)
    shared = ~vocabulary.function[several]

    def a_view(values: I64 | Flags) -> I64:
        # exact: whole numbers far below 2**53
        return np.bincount(views[several], values * shared, len(chance)).astype(np.int64)

    count, content = a_view(shared), a_view(elsewhere)
    return {
        "shared: in content": np.where(count > 0, content / np.maximum(count, 1), _NONE),
        "shared: over page": a_view(elsewhere - mean) / np.sqrt(count + 1),
        "shared: words": count / np.maximum(table.counts - vocabulary.functions, 1),
    }
