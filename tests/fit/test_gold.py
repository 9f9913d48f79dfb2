from __future__ import annotations

import pytest

from cleaner.batch import Page
from cleaner.fit.forms import Labelled, forms
from cleaner.fit.gold import labels, matched_words
from cleaner.model import Document

STORY = "The mill stands where the river bends.\n\nNobody has ground corn there since the war."


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        (STORY, STORY, [True, True]),
        (STORY, "", [False, False]),
        ("Home\n\nNews\n\n" + STORY, STORY, [False, False, True, True]),
        # a label of the menu that stands in the content too counts where it is in order
        ("river bends\n\nHome\n\n" + STORY + "\n\nThe mill", STORY, [False, False, True, True, False]),
        # half of a block's words decide
        (
            "The mill stands here Share Tweet Pin\n\nThe mill stands Share",
            "The mill stands here The mill stands",
            [True, True],
        ),
        ("The mill Share Tweet Pin", "The mill", [False]),
        ("***\n\n" + STORY, STORY, [False, True, True]),
        ("", STORY, []),
    ],
)
def test_blocks_are_content_where_their_words_are(text: str, gold: str, expected: list[bool]) -> None:
    page = Page(Document("d", text))
    assert labels(*matched_words(text, page.blocks, gold)).tolist() == expected


def test_forms_keep_all_content_and_part_of_the_rest() -> None:
    menu = "\n".join(f"Section {number}" for number in range(60))
    page = Labelled("1", "example.org", {"whole": f"{menu}\n{STORY}\n{menu}", "short": f"Home\n{STORY}"}, STORY)
    own = dict(forms(page))
    assert list(own) == ["whole", "whole clean", "whole 15%", "whole 40%", "short", "short clean"]
    assert own["whole clean"].split() == own["short clean"].split() == STORY.split()
    left = [own[name].count("Section") for name in ("whole", "whole 40%", "whole 15%", "whole clean")]
    assert left == sorted(left, reverse=True)
    assert left[0] == 120 and left[3] == 0
    assert all(line in own["whole 15%"] for line in STORY.split("\n"))
    assert dict(forms(page)) == own
