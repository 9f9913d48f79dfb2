from __future__ import annotations

import numpy as np
import pytest

from cleaner.batch import HEAD_BLOCKS, TAIL_BLOCKS, Batch, Page, Rest
from cleaner.model import Annotation, Document, Media
from cleaner.tokens import I64, TokenTable
from tests.support import PROSE, page


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("", []),
        (" \n", [""]),
        ("## Sign *up*\n\nNow.", ["Sign up", "Now."]),
        ("```\ncode\n```\n\nText.", ["", "Text."]),
        ("---\na: b\n---\nText.", ["", "Text."]),
        ("graph TD\n  A --> B\n\nText.", ["", "Text."]),
    ],
)
def test_views(text: str, views: list[str]) -> None:
    assert page(text).views == views


def test_head_and_tail_of_a_long_document_are_shares_and_of_a_short_one_everything() -> None:
    own = page("\n\n".join(PROSE * 20))
    assert [own.in_head(n) for n in (0, HEAD_BLOCKS, 24, 26, 99)] == [True, True, True, False, False]
    assert [own.in_tail(n) for n in (0, 58, 61, 99)] == [False, False, True, True]
    short = page("\n\n".join(PROSE))
    assert all(short.in_head(n) and short.in_tail(n) for n in range(len(PROSE)))


def test_few_blocks_count_as_head_and_tail_however_long_they_are() -> None:
    own = page("\n\n".join([*["short one."] * 20, "x " * 9000 + "y."]))
    assert own.in_head(HEAD_BLOCKS - 1)
    assert own.in_tail(21 - TAIL_BLOCKS)
    assert not own.in_tail(20 - TAIL_BLOCKS)


def test_a_batch_numbers_views_through() -> None:
    batch = Batch([Document("a", "One.\n\nTwo."), Document("b", ""), Document("c", "Three.")])
    assert [own.first for own in batch.pages] == [0, 2, 2]
    assert batch.views == ["One.", "Two.", "Three."]
    assert batch.tokens.counts.tolist() == [1, 1, 1]
    assert Batch([]).tokens.counts.tolist() == []


def test_a_batch_takes_over_what_the_one_before_knew_of_views() -> None:
    """Of pages that are left of its own; the others' views are asked about, and nothing but them."""
    asked: list[int] = []

    def tell(table: TokenTable) -> I64:
        asked.append(len(table.counts))
        return np.stack((table.counts, table.counts * 2))

    before = Batch([Document("a", "One thing.\n\nTwo 2 too."), Document("b", "One thing.\n\nÉté")], before=Batch([]))
    assert before.of_views("key", tell).shape == (2, 4)
    documents = [Document("b", "Été"), Document("c", "4 more words now"), Document("a", "One thing.\n\nTwo 2 too.")]
    left = (before.pages[1], {0}, [(0, 12)]), (page("4 more words now"), set(), []), (before.pages[0], set(), [])
    rests = [Rest(*own) for own in left]
    batch, fresh = Batch(documents, before=before, rests=rests), Batch(documents)
    for name in ("words", "first", "counts", "lengths", "numeric", "view_of", "blocks"):
        assert getattr(batch.tokens, name).tolist() == getattr(fresh.tokens, name).tolist()
    assert batch.of_views("key", tell).tolist() == batch.of_views("key", tell).tolist() == tell(fresh.tokens).tolist()
    assert asked == [4, 1, 4]


@pytest.mark.parametrize("media", ["text", "markdown"])
def test_a_page_of_which_nothing_went_is_taken_over(media: Media) -> None:
    own = Page(Document("a", "One *thing*.\n\n- two", media))
    again = Page(own.document, 7, Rest(own, set(), []))
    assert (again.first, again.folded) == (7, own.folded)
    assert again.blocks is own.blocks
    assert again.views is own.views


def test_blocks_that_have_to_be_looked_for_again_bring_their_own_views() -> None:
    """Two quotes become one, which is none of the views before."""
    text = "> said\nOne.\n> again"
    before = Batch([Document("a", text)])
    rest = Rest(before.pages[0], {1}, [(7, 12)])
    batch = Batch([Document("a", "> said\n> again")], before=before, rests=[rest])
    assert batch.views == ["said > again"]
    assert batch.tokens.words.tolist() == Batch([Document("a", "> said\n> again")]).tokens.words.tolist()


def test_a_block_has_the_annotation_of_the_line_it_begins_in() -> None:
    text = "One.\n\nTwo.\nThree.\n"
    one, three = Annotation(0, 4, ("p",)), Annotation(11, 17, ("li",))
    own = Batch([Document("a", text, annotations=(one, three))]).pages[0]
    assert own.annotations == [one, None, three]
    assert Batch([Document("a", text)]).pages[0].annotations == [None, None, None]
