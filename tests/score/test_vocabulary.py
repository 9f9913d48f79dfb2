from __future__ import annotations

import numpy as np

from cleaner.score.rows import Rows
from cleaner.score.vocabulary import Vocabulary
from cleaner.tokens import TokenTable

PAGES = [["the mill and the ford", "the bridge and the mill"], ["mill", "", "the mill"]]


def _vocabulary(pages: list[list[str]]) -> Vocabulary:
    return Vocabulary(Rows([len(page) for page in pages]), TokenTable.of([view for page in pages for view in page]))


def test_words_are_counted_page_by_page() -> None:
    own = _vocabulary(PAGES)
    assert own.counts.tolist() == [4, 2, 2, 4, 1, 4, 1, 2, 4, 2, 2, 1, 2]
    assert own.a_view(own.counts).tolist() == [13, 13, 2, 0, 3]


def test_short_and_frequent_words_are_function_words() -> None:
    own = _vocabulary(PAGES)
    assert own.a_view(own.function).tolist() == [2, 2, 0, 0, 0]


def test_elsewhere_leaves_the_place_itself_out() -> None:
    own = _vocabulary([["mill", "mill ford", "bridge"]])
    elsewhere, mean = own.elsewhere(np.asarray([900, 100, 500]), np.arange(4))
    page = (900 + 100 + 100 + 500) // 4
    assert mean.tolist() == [page] * 4
    assert elsewhere.tolist() == [(100 + page) // 2, (900 + page) // 2, page, page]


def test_a_page_says_the_same_whatever_shares_its_batch() -> None:
    alone, together = _vocabulary(PAGES[1:]), _vocabulary(PAGES)
    chances, words = np.asarray([700, 20, 300, 800, 100]), np.arange(len(together.counts))
    own = alone.elsewhere(chances[2:], np.arange(3))[0].tolist()
    assert own == together.elsewhere(chances, words)[0][-3:].tolist()
    assert own == together.elsewhere(chances, words[-3:])[0].tolist()
    assert alone.counts.tolist() == together.counts[-3:].tolist()


def test_no_pages_have_no_words() -> None:
    own = _vocabulary([])
    assert own.counters == 0
    assert own.a_view(own.counts).tolist() == []
