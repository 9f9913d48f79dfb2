from __future__ import annotations

import pytest

from cleaner.spare import spared
from tests.support import PROSE, page

TIMELINE = "1983\nThe gutter is replaced.\nMay 2025\nLight is seen.\nJune 2025\nThe room closes.\nMarch 2027\nIt opens."


TITLED = f"Herons of the ford - Wader Weekly\nOur shops\nHerons of the ford\n{PROSE[0]}"


@pytest.mark.parametrize(
    ("text", "gone", "weak", "stay"),
    [
        (f"Quick summary\n{PROSE[0]}", {0}, {0: 0.5}, {0}),
        (f"Quick summary\n{PROSE[0]}", {0}, {0: 2.5}, set()),  # the score is sure of it
        (f"Quick summary\n{PROSE[0]}", {0}, {}, set()),
        (f"Quick summary\n{PROSE[0]}", {0, 1}, {0: 0.5, 1: 2.5}, {1}),  # it may be the title
        (f"Quick summary\n{PROSE[0]}", {0, 1}, {0: 0.5}, set()),
        (f"Log in\nThe heron in the ford\n{PROSE[0]}", {0, 1, 2}, {1: 2.5, 2: 2.5}, {1}),
        (TITLED, {0, 1}, {0: 0.5, 1: 2.5}, set()),  # its title stays without the site's name
        (TITLED, {0, 1, 2}, {0: 2.0, 1: 2.5, 2: 2.5}, {2}),
        (f"{TITLED}\n{PROSE[1]}\nHerons of the ford", {0, 1, 2, 5}, dict.fromkeys((0, 1, 2, 5), 2.5), {2}),
        (TITLED, {0, 1, 2}, {0: 2.5, 1: 2.5}, {0}),  # a rule takes the repetition
        (f"Herons of the muddy ford - Wader Weekly\nWader Weekly\n{PROSE[0]}", {0}, {0: 2.5}, {0}),
        (f"Herons of the ford - Wader Weekly\nThe ford\n{PROSE[0]}", {0}, {0: 2.5}, {0}),
        (f"Home | Science | About us\nHerons of the ford\n{PROSE[0]}", {0, 1}, {0: 2.5, 1: 2.5}, {1}),
        (f"Herons of the ford | Birds | Weekly\n{PROSE[0]}", {0}, {0: 2.5}, {0}),
        (f"The Wader Weekly\nHerons of the ford are back\n{PROSE[0]}", {0, 1}, {0: 2.5, 1: 2.5}, {1}),
        (f"The Wader Weekly\nPicture by the Wader Weekly of a heron\n{PROSE[0]}", {0}, {0: 2.5}, set()),
        (f"Herons of the ford\nFour herons wading through the ford yesterday\n{PROSE[0]}", {0, 1}, {0: 2.5}, {0}),
        (f"{PROSE[0]}\nQuick summary", {1}, {1: 2.5}, set()),
        ("Sign in\nMy account", {0}, {0: 2.5}, set()),
        (TIMELINE, {4, 5, 6, 7}, dict.fromkeys((4, 5, 6, 7), 2.5), {4, 5, 6, 7}),
        (TIMELINE, {4, 5, 6, 7}, dict.fromkeys((5, 6, 7), 2.5), {5}),
        (TIMELINE, {5}, {5: 2.5}, {5}),
        (TIMELINE, {2, 4, 5}, dict.fromkeys((2, 4, 5), 2.5), set()),
        (TIMELINE, {2, 3}, dict.fromkeys((2, 3), 2.5), set()),
    ],
)
def test_what_stays_for_its_neighbours(text: str, gone: set[int], weak: dict[int, float], stay: set[int]) -> None:
    assert spared(page(text), gone, weak) == stay


def test_a_marked_heading_over_text_stays_however_sure_the_score_is() -> None:
    text = f"# Herons of the ford\n\n{PROSE[0]}\n\n## Where to look\n\n{PROSE[1]}"
    assert spared(page(text, "markdown"), {2}, {2: 4.0}) == {2}
    assert spared(page(text.replace("#", ""), "text"), {2}, {2: 4.0}) == set()
