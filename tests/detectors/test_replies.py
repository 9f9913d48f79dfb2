from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner.batch import Batch
from cleaner.detectors.replies import PREFIX, Replies
from cleaner.model import Document, Finding
from tests.support import PROSE, ROOT, cleaned, found, real_rules

ARTICLE = [*PROSE, *(f"{one} {two}" for one, two in pairwise(PROSE)), *(f"{two} {one}" for one, two in pairwise(PROSE))]
POSTS = [
    "Thanks for this, Ann!", "My mill has no door at all.", "Great post!", "Does it work for slugs?",
    "Hi Cleo, it does.", "I had mine for years and it never broke.", "Love this idea.", "you can leave the lid on",
    "So helpful!",
]  # fmt: skip
VOICES = {0, 2, 4, 6, 8}


def _found(blocks: list[str], voices: set[int]) -> list[int]:
    batch = Batch([Document("d", "\n\n".join(blocks))])
    assert len(batch.pages[0].blocks) == len(blocks)
    before = [Finding(n, "comments/reader-thanks", "comments", "because", 0.5) for n in sorted(voices)]
    return [finding.block for finding in Replies().detect(batch, [before])[0]]


def _after(first: int) -> set[int]:
    return {first + voice for voice in VOICES}


def test_comments_go_from_the_first_that_speaks_as_a_reader_to_the_end() -> None:
    first = len(ARTICLE)
    assert _found([*ARTICLE, *POSTS], _after(first)) == list(range(first, first + len(POSTS)))


def test_a_reader_who_is_quoted_in_the_article_is_no_comment() -> None:
    first = len(ARTICLE)
    assert _found([*ARTICLE, *POSTS], {3, *_after(first)}) == list(range(first, first + len(POSTS)))


def test_what_follows_far_below_the_last_comment_stays() -> None:
    first = len(ARTICLE)
    posts, after = [*POSTS, *POSTS], ARTICLE[:9]
    gone = _found([*ARTICLE, *posts, *after], _after(first) | _after(first + len(POSTS)))
    assert gone[0] == first
    assert len(posts) <= len(gone) < len(posts) + len(after)


@pytest.mark.parametrize(
    ("blocks", "voices"),
    [
        (POSTS, VOICES),
        ([*PROSE, *POSTS], _after(len(PROSE))),
        ([*ARTICLE, *POSTS[:5]], {len(ARTICLE), len(ARTICLE) + 2, len(ARTICLE) + 4}),
        ([*ARTICLE, *POSTS], {0, 2, 4, *_after(len(ARTICLE))}),
        ([*POSTS, *ARTICLE, *ARTICLE], VOICES),
        ([*ARTICLE, *ARTICLE, *ARTICLE, *ARTICLE, *ARTICLE], {20, 33, 46, 59}),
    ],
    ids=["a forum", "too little before", "too few", "the article speaks so", "before the article", "here and there"],
)
def test_what_is_no_thread_of_comments(blocks: list[str], voices: set[int]) -> None:
    assert _found(blocks, voices) == []


def test_the_rules_that_ship_find_where_comments_begin() -> None:
    posts = [
        "Many thanks for this!",
        "Great tips, all of them.",
        "Hi Ann, mine broke.",
        "You're welcome, Ben.",
        "I agree!",
    ]
    article = "\n\n".join(ARTICLE)
    assert cleaned("\n\n".join([article, *posts]), rules=real_rules()).text == article


@pytest.mark.parametrize(
    ("pack", "posts"),
    [
        (
            "german",
            ["Vielen Dank für den Tipp!", "Toller Beitrag.", "Hallo Anna, geht das?", "Freut mich, dass es klappt."],
        ),
        ("french", ["Merci beaucoup !", "Très bon article.", "Bonjour Anne, est-ce sûr ?", "Je suis d'accord."]),
        ("spanish", ["¡Muchas gracias!", "Muy buen post.", "Hola Ana, ¿es seguro?", "Me encanta este blog."]),
        ("portuguese", ["Muito obrigada!", "Ótimo artigo.", "Olá Ana, é seguro?", "Adorei o texto."]),
    ],
)
def test_they_know_how_readers_speak_in_other_languages(pack: str, posts: list[str]) -> None:
    findings = found("\n\n".join(posts), (ROOT / "rules" / f"{pack}.toml").read_text("utf-8"))
    assert [finding.block for finding in findings if finding.rule.startswith(PREFIX)] == list(range(len(posts)))
