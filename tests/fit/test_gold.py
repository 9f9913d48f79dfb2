from __future__ import annotations

import pytest

from cleaner.batch import Page
from cleaner.evaluation import Gold
from cleaner.fit.forms import Labelled, forms
from cleaner.fit.gold import judged, labels, matched_words
from cleaner.model import Annotation, Document

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


def _texts(page: Labelled) -> dict[str, str]:
    return {name: document.text for name, document in forms(page)}


def test_forms_keep_all_content_and_part_of_the_rest() -> None:
    menu = "\n".join(f"Section {number}" for number in range(60))
    texts = {"whole": f"{menu}\n{STORY}\n{menu}", "short": f"Home\n{STORY}"}
    page = Labelled("a.example", {name: Document("1", text) for name, text in texts.items()}, Gold("1", "page", STORY))
    own = _texts(page)
    assert list(own) == ["whole", "whole clean", "whole 15%", "whole 40%", "short", "short clean"]
    assert own["whole clean"].split() == own["short clean"].split() == STORY.split()
    left = [own[name].count("Section") for name in ("whole", "whole 40%", "whole 15%", "whole clean")]
    assert left == sorted(left, reverse=True)
    assert left[0] == 120 and left[3] == 0
    assert all(line in own["whole 15%"] for line in STORY.split("\n"))
    assert _texts(page) == own


def test_a_form_of_a_web_page_keeps_what_the_page_says_of_its_lines() -> None:
    lines = ["Home", *STORY.split("\n\n"), "Imprint"]
    text = "\n\n".join(lines)
    marks = [Annotation(at := text.index(line), at + len(line), evidence={"line": float(n)}) for n, line in
             enumerate(lines)]  # fmt: skip
    page = Labelled("a.example", {"html": Document("1", text, annotations=tuple(marks))}, Gold("1", "page", STORY))
    clean = dict(forms(page))["html clean"]
    assert [own.evidence["line"] for own in clean.annotations] == [1, 2]
    assert [clean.text[own.start : own.end] for own in clean.annotations] == lines[1:3]


def test_of_snippets_the_blocks_count_that_hold_one() -> None:
    page = Page(Document("1", f"Home\n\n{STORY}\n\nShare  this page\n\nImprint"))
    gold = Gold("1", wanted=("ground corn",), unwanted=("Share this", "Shop"))
    label, weight = judged(page, gold)
    assert label.tolist() == [False, False, True, False, False]
    assert (weight > 0).tolist() == [False, False, True, True, False]
    assert list(dict(forms(Labelled("a.example", {"html": page.document}, gold)))) == ["html"]
