from __future__ import annotations

import numpy as np
import pytest

from cleaner.score.rows import Rows
from cleaner.score.threads import NO_THREAD, threads

PROSE = "The mill stands where the river bends and nobody grinds corn there."
THREAD = [PROSE, "Ann says", "Lovely.", "Ben says:", "Quite so.", "Cleo Hart wrote on 3 May 2021:", "Thanks!"]


def _columns(*pages: list[str]) -> dict[str, list[float]]:
    views = [view for page in pages for view in page]
    words = np.asarray([len(view.split()) for view in views], np.int64)
    found = threads(Rows([len(page) for page in pages]), views, words)
    return {name: column.tolist() for name, column in found.items()}


@pytest.mark.parametrize(
    "line",
    [
        "Ann says", "Ann Hart says:", "Re: Guaranteed jobs? (Score:2)", "December 18, 2025, 9:46 pm", "Permalink",
        "28/11/2025 at 7:07 pm", "George Oates 3 weeks ago", "Ben on January 8, 2026 2:01 am", "Jonas schrieb am 3.4.:",
        "3. Mai 2021 um 12:30", "Antworten", "Marta escribió el lunes:", "le 3 mai, 2021 à 12.30 h", "5 mins ago",
    ],
)  # fmt: skip
def test_lines_over_posts(line: str) -> None:
    assert _columns([line])["is post"] == [1]


@pytest.mark.parametrize(
    "line", ["He said he would.", "September 17, 2025", "Reply to this", PROSE, "a " * 14 + "says"]
)
def test_other_lines(line: str) -> None:
    assert _columns([line])["is post"] == [0]


def test_a_thread_begins_at_the_first_of_three() -> None:
    own = _columns(THREAD)
    assert own["after thread"] == [-1, 0, 1, 2, 3, 4, 5]
    assert own["words before thread"] == [12] * 7
    assert own["posts in page"] == [3] * 7
    assert _columns(THREAD[:5])["after thread"] == [NO_THREAD] * 5


def test_a_page_does_not_depend_on_what_shares_its_batch() -> None:
    alone, beside = _columns(THREAD), _columns([PROSE], THREAD[1:5], [], THREAD, [PROSE])
    assert {name: column[5:12] for name, column in beside.items()} == alone
