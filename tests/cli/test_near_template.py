"""A signup of which each page has another word edited: in the corpus pass, by the index, and as a learned pack."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from cleaner import packs as rule_packs
from tests.files import cleaner, put, records, tree

SIGNUP = (
    "Every Friday the editors of the Upland Courier write down what they heard on the road that week, who has lost a "
    "dog, which bridge is shut, where the market moved to, and send it in one short letter to everybody who left us "
    "an address, so that nobody in the five valleys has to hear the news of their own village from the city paper."
)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"cleaner.toml": "min_kept_words = 0\nmax_removed = 1\n"})
    monkeypatch.chdir(tmp_path)


def _row(number: int) -> tuple[dict[str, str], str]:
    """A page, and its text without the signup."""
    chance = random.Random(number)
    signup = SIGNUP.split(" ")
    signup[chance.randrange(len(signup))] = f"edit{number}"
    body = "\n".join(" ".join(f"w{chance.randrange(10**6)}" for _ in range(25)) + "." for _ in range(4))
    return {"id": f"p{number}", "site": "courier.example", "text": f"{body}\n{' '.join(signup)}\n"}, body


ROWS = [_row(number) for number in range(16)]


def _texts(path: str) -> list[str]:
    return [json.loads(line)["text"].strip() for line in Path(path).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_all_go_whatever_the_order_and_come_back(jobs: int) -> None:
    rows = [row for row, _ in ROWS]
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    put(Path("in"), {"posts.jsonl": records(rows)})
    put(Path("other"), {"posts.jsonl": records([row for row, _ in shuffled])})
    before = tree(Path("in"))
    cleaner("clean", "in", "-o", "out", "-j", jobs)
    cleaner("clean", "other", "-o", "out2", "-j", jobs)
    assert _texts("out/posts.jsonl") == [body for _, body in ROWS]
    assert _texts("out2/posts.jsonl") == [body for _, body in shuffled]
    assert "stands, nearly, in 16 of 16 documents of courier.example" in Path("out/.cleaner/ledger.jsonl").read_text()
    assert cleaner("check", "out").exit_code == 0
    cleaner("restore", "out")
    assert tree(Path("out")) == before


def test_an_index_fed_in_parts_knows_them_as_one_built_at_once() -> None:
    files = {f"{number}.jsonl": records([row]) for number, (row, _) in enumerate(ROWS[:15])}
    put(Path("in"), dict(list(files.items())[:3]))
    cleaner("index", "build", "in")
    for name, text in list(files.items())[3:]:
        put(Path("in"), {name: text})
        cleaner("index", "update", "in")
    put(Path("new"), {"new.jsonl": records([ROWS[15][0]])})
    fed = cleaner("diff", "new", "--format", "json").output
    cleaner("index", "build", "in", "--index", "whole.sqlite")
    assert cleaner("diff", "new", "--format", "json", "--index", "whole.sqlite").output == fed
    cleaner("clean", "new", "-o", "out")
    assert _texts("out/new.jsonl") == [ROWS[15][1]]


def test_a_learned_pack_takes_them_from_fresh_pages() -> None:
    put(Path("in"), {"posts.jsonl": records([row for row, _ in ROWS[:12]])})
    put(Path("fresh"), {"posts.jsonl": records([row for row, _ in ROWS[12:]])})
    cleaner("learn", "in", "-o", "learned.toml")
    (pack,) = rule_packs.load(["./learned.toml"], Path())
    assert len(pack.rules) == 1
    assert cleaner("rules", "test", "./learned.toml").exit_code == 0
    cleaner("clean", "fresh", "-o", "out", "--pack", "./learned.toml")
    assert _texts("out/posts.jsonl") == [body for _, body in ROWS[12:]]
