"""``cleaner fit`` on a small made corpus: the same weights each time, and weights that clean."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from cleaner import clean
from cleaner.fit import folds
from tests.files import cleaner, put, records

_NOUNS = ["mill", "ferry", "lantern", "orchard", "bridge", "quarry", "saddle", "almanac", "harbour", "meadow"]
_VERBS = ["carries", "follows", "outlasts", "counts", "shelters", "answers"]
MENU = ["Start page", "All stories", "Log into account", "Write us"]
#: In a menu of each page, and wanted by whoever judged it.
JUDGED = "Tide table office"


def _sentence(chance: random.Random) -> str:
    parts = [f"the {chance.choice(_NOUNS)} {chance.choice(_VERBS)} the {chance.choice(_NOUNS)}" for _ in range(4)]
    return f"{', and '.join(parts)}.".capitalize()


def _page(number: int) -> dict[str, str]:
    chance = random.Random(number)
    content = "\n".join(_sentence(chance) for _ in range(chance.randrange(4, 9)))
    menu = chance.sample([*MENU, JUDGED], 5)
    text = "\n".join([*menu, content, *chance.sample(MENU, 3)])
    site = f"https://site{number % 12}.example/{number}"
    return {"id": str(number), "url": site, "page_text": text, "main_content": content}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "_FIRST", (20, 30.0))
    monkeypatch.setattr(folds, "_AGAIN", (20, 30.0))
    monkeypatch.setattr(folds, "_WEB", (20, 30.0))
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"pages.jsonl": records([_page(number) for number in range(48)])})


def _fit(output: str, *options: str, code: int = 0) -> str:
    return cleaner("fit", "pages.jsonl", "-o", output, "--text-field", "page_text", *options, code=code).output


def test_the_same_pages_give_the_same_weights_and_these_clean() -> None:
    told = _fit("w.tsv")
    assert "page_text" in told
    _fit("again.tsv")
    assert Path("w.tsv").read_bytes() == Path("again.tsv").read_bytes()
    page = _page(99)
    left = clean(page["page_text"], config={"packs": [], "weights": "w.tsv", "max_removed": 1.0}).text
    assert page["main_content"] in left
    assert sum(line in left.split("\n") for line in MENU) < 2


def test_what_was_judged_in_a_review_counts_for_its_words() -> None:
    rows = [
        {"id": f"own/rule {number}", "text": JUDGED, "main_content": JUDGED, "label": "keep", "score": None}
        for number in range(40)
    ]
    put(Path(), {"cleaner.labels.jsonl": records(rows)})
    _fit("w.tsv")
    _fit("judged.tsv", "--labels", "cleaner.labels.jsonl")
    assert _weight("judged.tsv", "tide table") > _weight("w.tsv", "tide table")


def test_web_pages_have_a_sum_of_their_own() -> None:
    pages = [_web_page(number) for number in range(48)]
    labels = {"with": ["the"], "without": ["Log into account"]}
    pages += [{"id": "other", "url": "https://other.example/", **labels, "html": _source(_page(60))}]
    pages += [{"id": "none", "url": "https://other.example/", **labels, "html": "<html><body></body></html>"}]
    put(Path(), {"web.jsonl": records(pages)})
    told = _fit("w.tsv", "--html", "web.jsonl")
    assert "web.jsonl:50: left out: no text in the page" in told
    assert [line.split()[:2] for line in told.splitlines() if line.startswith("html")] == [
        ["html", "all"],
        ["html", "by"],
    ]
    assert "tree\tweb first\t" in Path("w.tsv").read_text("utf-8")


def _web_page(number: int) -> dict[str, str]:
    """The page as HTML; its content stands in the other file."""
    return {"id": str(number), "html": _source(_page(number))}


def _source(page: dict[str, str]) -> str:
    lines = "".join(
        f"<p>{line}</p>" if line in page["main_content"] else f"<nav><a href='/'>{line}</a></nav>"
        for line in page["page_text"].split("\n")
    )
    return f"<html><body><article>{lines}</article></body></html>"


def _weight(path: str, gram: str) -> int:
    line = next(line for line in Path(path).read_text("utf-8").splitlines() if line.endswith(f"\t{gram}"))
    return int(line.split("\t")[1].split(" ")[0])


def test_bad_input_is_named_and_nothing_is_written() -> None:
    put(Path(), {"few.jsonl": json.dumps(_page(1)) + "\n", "bad.jsonl": '{"id": "1"}\n'})
    assert "pages of 1 sites; at least 5" in cleaner("fit", "few.jsonl", "-o", "w.tsv", code=2).output
    assert "bad.jsonl:1: no labels: neither 'main_content'" in cleaner("fit", "bad.jsonl", "-o", "w.tsv", code=2).output
    put(Path(), {"part.jsonl": '{"id": "1", "with": ["a"]}\n', "bare.jsonl": '{"id": "1", "with": ["a"], "html": 1}\n'})
    assert "part.jsonl:1: snippets only" in cleaner("fit", "part.jsonl", "-o", "w.tsv", code=2).output
    assert "bare.jsonl:1: field 'html': found int, allowed is text" in _fit("w.tsv", "--html", "bare.jsonl", code=2)
    assert "pages.jsonl: exists; --force" in cleaner("fit", "few.jsonl", "-o", "pages.jsonl", code=2).output
    assert "none.jsonl: cannot be read" in cleaner("fit", "none.jsonl", "-o", "w.tsv", code=2).output
    assert not Path("w.tsv").exists()
