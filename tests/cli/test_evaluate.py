from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.files import SIGNUP, A, B, C, D, cleaner, put, records

TEXT = f"{A}\n\n{SIGNUP}\n\n{B}\n"
GOLD = {
    "id": 1,
    "page_type": "article",
    "main_content": f"{A}\n{B}",
    "with": [A],
    "without": [SIGNUP],
    "page_text": TEXT,
}


def _evaluated(*arguments: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(cleaner("evaluate", *arguments, "--format", "json").stdout)
    return shown


def test_labelled_pages_are_cleaned_and_scored(project: Path) -> None:
    put(project, {"gold.jsonl": records([GOLD, {**GOLD, "id": 2, "page_type": "forum", "page_text": f"{A}\n"}])})
    shown = _evaluated("gold.jsonl", "--jobs", "1")
    article = next(row for row in shown["types"] if row["type"] == "article")
    assert (article["f1"], article["wanted"], article["unwanted"]) == (1.0, 1.0, 0.0)
    forum = next(row for row in shown["types"] if row["type"] == "forum")
    assert (forum["precision"], forum["recall"] < 0.6) == (1.0, True)
    assert shown["categories"] == [{"category": "newsletter", "removals": 1, "words": 3, "wrong": 0}]
    assert shown == _evaluated("gold.jsonl", "--jobs", "2")
    assert "article" in cleaner("evaluate", "gold.jsonl").stdout


def test_pages_that_are_html(project: Path) -> None:
    page = (
        f"<html><body><article><h1>Herons</h1><p>{A}</p><p>{SIGNUP}</p><p>{B}</p><p>{C} {D}</p></article></body></html>"
    )
    gold = {**GOLD, "main_content": f"Herons {A} {B} {C} {D}"}
    put(project, {"gold.jsonl": records([gold, {**gold, "id": 2}]), "html.jsonl": records([{"id": 1, "html": page}])})
    shown = _evaluated("gold.jsonl", "--field", "html", "--html", "html.jsonl")
    assert [(row["type"], row["pages"], row["f1"]) for row in shown["types"]] == [("all", 1, 1.0), ("article", 1, 1.0)]


def test_texts_of_another_tool(project: Path) -> None:
    rows = [GOLD, {**GOLD, "id": 2}]
    put(
        project,
        {"gold.jsonl.gz": gzip.compress(records(rows).encode()), "other.jsonl": records([{"id": 1, "x": A + B}])},
    )
    shown = _evaluated("gold.jsonl.gz", "--predicted", "other.jsonl", "--predicted-field", "x")
    assert shown["types"][0]["f1"] == 0.5  # one right, one missing, which counts as empty
    assert shown["categories"] == []


def test_pages_labelled_by_snippets(project: Path) -> None:
    put(project, {"gold.jsonl": records([{"id": "a", "with": [A, C], "without": [SIGNUP], "page_text": TEXT}])})
    assert _evaluated("gold.jsonl")["snippets"] == {"pages": 1, "f1": 0.6667, "precision": 1.0, "recall": 0.5}


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, (), "gold.jsonl: cannot be read: No such file"),
        ("", (), "gold.jsonl: holds no labelled page"),
        ("[1]\n", (), "gold.jsonl:1: allowed is a JSON object a line"),
        (records([GOLD]) + "{", (), "gold.jsonl:2: "),
        ('{"id": "a"}\n', (), "gold.jsonl:1: no labels"),
        (records([GOLD]), ("--field", "extracted"), "gold.jsonl:1: no text in field 'extracted'"),
        (records([GOLD]), ("--predicted", "none.jsonl"), "none.jsonl: cannot be read"),
    ],
)
def test_what_cannot_be_scored_is_named(
    project: Path, content: str | None, arguments: tuple[str, ...], message: str
) -> None:
    if content is not None:
        put(project, {"gold.jsonl": content})
    assert message in cleaner("evaluate", "gold.jsonl", *arguments, code=2).stderr


def test_a_truncated_archive_is_an_error(project: Path) -> None:
    put(project, {"gold.jsonl.gz": gzip.compress(records([GOLD] * 9).encode())[:-9]})
    assert "gold.jsonl.gz" in cleaner("evaluate", "gold.jsonl.gz", code=2).stderr


def test_a_page_that_cannot_be_read_counts_as_empty_and_is_named(project: Path) -> None:
    put(project, {"gold.jsonl": records([{**GOLD, "html": "<html><body></body></html>"}])})
    done = cleaner("evaluate", "gold.jsonl", "--field", "html", "--format", "json", code=2)
    assert "gold.jsonl:1: " in done.stderr
    assert json.loads(done.stdout)["types"][0]["f1"] == 0.0
