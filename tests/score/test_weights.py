from __future__ import annotations

import pytest

from cleaner.errors import RuleError
from cleaner.score.weights import HEAD, dump, parse
from tests.score.weights import SMALL

TEXT = dump(SMALL)


def test_written_and_read_they_are_the_same() -> None:
    again = parse(TEXT, "w.tsv")
    assert dump(again) == TEXT
    assert dict(again.lexicon.weights) == {"sign in": -900, "the": 300}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("", "w.tsv: line 1: found ''"),
        (TEXT.replace(HEAD, "cleaner weights 2"), "w.tsv: line 1: found 'cleaner weights 2'"),
        (TEXT.replace("bias\tsighted.far", "bios\tsighted.far"), "line"),
        (TEXT.replace("bias\tsighted.far\t-5\n", ""), "w.tsv: no bias of sighted.far"),
        (TEXT.replace("-2000 0 2000", "-2000 0"), "w.tsv: table words of sighted.near does not fit"),
        (TEXT.replace("-2000 0 2000", "-2000 zero 2000"), ": found 'table"),
        (TEXT.replace("gram\t-900\tsign in", "gram\tmany\tsign in"), "w.tsv: found a line that is no"),
    ],
)
def test_what_is_wrong_is_named(broken: str, said: str) -> None:
    with pytest.raises(RuleError, match=r"w\.tsv") as caught:
        parse(broken, "w.tsv")
    assert said in str(caught.value)
