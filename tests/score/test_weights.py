from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.score.lexicon import hashes_of
from cleaner.score.weights import HEAD, dump, kept, of_kept, parse
from cleaner.weightfiles import content
from tests.score.weights import SMALL

TEXT = dump(SMALL)


def test_written_and_read_they_are_the_same() -> None:
    again = parse(TEXT.encode(), "w.tsv")
    assert dump(again) == TEXT
    assert list(again.lexicon.names) == ["sign in", "the"]
    assert again.lexicon.voices.tolist() == [[-900, -300, 0, -20], [300, 0, 40, 0]]


@pytest.mark.parametrize("text", [TEXT, TEXT.rstrip("\n"), TEXT.replace("-900", "-90000")])
def test_what_was_kept_gives_the_same(text: str) -> None:
    once = parse(text.encode(), "w.tsv")
    again = of_kept(kept(once), text.encode())
    assert dump(again) == dump(once) == text.rstrip("\n") + "\n"
    hashes = hashes_of(["the", "sign in", "sign"])
    assert again.lexicon.find(hashes).tolist() == once.lexicon.find(hashes).tolist() == [1, 0, -1]


def test_what_was_kept_of_the_shipped_weights_gives_the_same() -> None:
    data = content("default", Path())
    once = parse(data, "w.tsv")
    again = of_kept(kept(once), data)
    assert dump(again) == dump(once)
    for one, other in zip(once.looks, again.looks, strict=True):
        assert list(one.first.edges) == list(other.first.edges)
        for name in ("columns", "below", "weights"):
            assert getattr(one.first, name).dtype == getattr(other.first, name).dtype


def test_a_second_look_may_ask_what_the_first_says() -> None:
    sighted_again = "tree\tsighted again\twords < "
    assert sighted_again in TEXT
    parse(TEXT.replace(sighted_again, "tree\tsighted again\tfirst: own < ").encode(), "w.tsv")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("", "w.tsv: line 1: found ''"),
        (TEXT.replace(HEAD, "cleaner weights 9"), "w.tsv: line 1: found 'cleaner weights 9'"),
        (TEXT.replace("bias\tblind first", "bios\tblind first"), "line"),
        (TEXT.replace("bias\tblind first\t-5\n", ""), "w.tsv: no bias of blind first"),
        (TEXT.replace("words < 8\twords < 8", "words < 8", 1), "w.tsv: line 4: found 'tree"),
        (TEXT.replace("words < 8", "words < many"), "w.tsv: line 4: found 'tree"),
        (TEXT.replace("words < 8", "words < nan"), "w.tsv: line 4: found 'tree"),
        (TEXT.replace("words < 8", "words"), "w.tsv: line 4: found 'tree"),
        (TEXT.replace("words < 8", "wrds < 8"), "w.tsv: line 4: found a question about 'wrds'; allowed: after title, "),
        (TEXT.replace("words < 8", "first: own < 8"), "w.tsv: line 4: found a question about 'first: own'; allowed: "),
        (TEXT.replace("0 -2000 1000", "0 1000"), "w.tsv: line 4: found 'tree"),
        (
            TEXT.replace("0 -2000 1000", "0 zero 1000"),
            "w.tsv: trees of sighted first: found a weight that is no whole number",
        ),
        (TEXT.replace("gram\t-900 -300 0 -20\tsign in", "gram\t-900 0\tsign in"), "w.tsv: found a line that is no"),
    ],
)
def test_what_is_wrong_is_named(broken: str, said: str) -> None:
    with pytest.raises(RuleError, match=r"w\.tsv") as caught:
        parse(broken.encode(), "w.tsv")
    assert said in str(caught.value)
