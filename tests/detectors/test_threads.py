from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner.batch import Batch
from cleaner.detectors.threads import Threads
from cleaner.model import Document
from tests.support import PROSE

ARTICLE = [*PROSE, *(f"{one} {two}" for one, two in pairwise(PROSE))]
POSTS = [
    "Ann says", "Lovely, thank you!", "Ben Hart says:", "Does it work for slugs?", "Cleo says", "It does.", "Reply",
    "Dora M. says", "Mine were gone in a week.",
]  # fmt: skip


def _found(blocks: list[str]) -> list[int]:
    batch = Batch([Document("d", "\n\n".join(blocks))])
    assert len(batch.pages[0].blocks) == len(blocks)
    return [finding.block for finding in Threads().detect(batch, [[]])[0]]


def test_comments_under_an_article_go_from_the_first_on() -> None:
    first = len(ARTICLE)
    assert _found([*ARTICLE, *POSTS]) == list(range(first, first + len(POSTS)))


def test_what_stands_far_below_the_last_stays() -> None:
    assert max(_found([*ARTICLE, *POSTS, *PROSE, *PROSE])) == len(ARTICLE) + len(POSTS) + 2


@pytest.mark.parametrize(
    "blocks",
    [
        POSTS,
        [PROSE[0], *POSTS],
        [*ARTICLE, *POSTS[:6]],
        [*ARTICLE, *(line for n in range(6) for line in (("Ann says", "Ben says")[n % 2], f"Well {n}, yes."))],
        [*ARTICLE, "Ann says", *ARTICLE * 5, "Ben says", *ARTICLE * 5, "Cleo says", *ARTICLE * 5, "Dora says"],
    ],
    ids=["a forum", "too little before", "too few", "two people talk", "far from each other"],
)
def test_what_is_no_thread_of_comments(blocks: list[str]) -> None:
    assert _found(blocks) == []
