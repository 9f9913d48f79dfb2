from __future__ import annotations

from cleaner.reports.counts import Counts, ranked, table
from tests.files import SIGNUP, A, B
from tests.support import cleaned


def _counts(*texts: str) -> Counts:
    counts = Counts()
    for text in texts:
        counts.add(cleaned(text))
    return counts


def test_figures_add_up() -> None:
    one = f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n\nSign up today!\n"
    counts = _counts(one, f"{A}\n\n{SIGNUP}\n")
    assert counts.removals == 4
    assert counts.documents == 2
    own = counts.categories["newsletter"]
    assert (own.removals, own.documents) == (3, 2)
    assert counts.removed == sum(len(text) - len(cleaned(text).text) for text in (one, f"{A}\n\n{SIGNUP}\n"))
    assert [name for name, _ in ranked(counts.categories)] == ["newsletter", "promotion"]


def test_the_table() -> None:
    lines = table(_counts(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")).splitlines()
    assert lines[0].split() == ["category", "removals", "documents", "characters", "share"]
    assert [line.split()[0] for line in lines if line] == [
        "category", "promotion", "newsletter", "all", "rule", "promotion/certain-ad", "newsletter/signup",
    ]  # fmt: skip
    assert len({len(line) for line in lines if line}) == 1, "figures stand under each other"


def test_nothing_goes() -> None:
    assert table(Counts()) == table(_counts(f"{A}\n")) == ""
