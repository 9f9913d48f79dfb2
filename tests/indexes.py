"""A corpus of several sites for tests of the index: rows in files, the tables of an index, what would go."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from tests.files import SETTINGS, cleaner, put, records
from tests.sites.made import SITES, news

#: A rule for lines that have no word in common, so that a site's template ends before them.
PACK = """
[pack]
name = "own"
category = "related"
[[rule]]
id = "codes"
reason = "row of codes"
pattern = '^(?:q\\d+ ?){13,}$'
certain = true
remove = ["q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 q13", "q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1"]
keep = ["q1 q2 q3", "A q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 q13"]
"""
#: Stands behind such a line from the page's end: template, once the rule has taken that.
UNCOVERED = "Letters to the courier are printed with name and town, and may be shortened."
INDEX = Path(".cleaner/index.sqlite")
#: Seconds after which a file is old enough for its time to be trusted.
OLD = 1_000_000_000


@pytest.fixture
def corpus_of_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project whose configuration names :data:`PACK` alone, worked in."""
    put(tmp_path, {"cleaner.toml": SETTINGS, "pack.toml": PACK})
    monkeypatch.chdir(tmp_path)


def site_pages() -> list[dict[str, str]]:
    """Pages of several sites; from those of one a rule takes a line amid the template."""
    rows = [
        {"id": own.id, "site": f"{site}.example", "text": own.text} for site in SITES for own in SITES[site](20, seed=1)
    ]
    for number, own in enumerate(news(20)):
        codes = " ".join(f"q{number * 100 + place}" for place in range(14))
        text = own.text.replace("Next story\n", f"{UNCOVERED}\n{codes}\nNext story\n")
        rows.append({"id": own.id, "site": "staged.example", "text": text})
    return rows


def put_rows(name: str, rows: list[dict[str, str]]) -> None:
    """Writes a file of the corpus, old enough for its time to be trusted."""
    put(Path("in"), {name: records(rows)})
    os.utime(Path("in", name), (OLD, OLD))


def parts_of(count: int) -> list[list[dict[str, str]]]:
    """The pages, mixed, in so many parts."""
    rows = random.Random(2).sample(site_pages(), len(site_pages()))
    return [rows[number::count] for number in range(count)]


def tables_in(path: Path = INDEX) -> dict[str, list[tuple[object, ...]]]:
    """The rows of an index, by table."""
    connection = sqlite3.connect(path)
    try:
        held = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("file", "document", "survey", "template")
        }
    finally:
        connection.close()
    return held


def would_go(*options: str) -> list[str]:
    """What would go of the corpus."""
    return listed(cleaner("diff", "in", "--format", "json", *options).stdout)


def listed(shown: str) -> list[str]:
    """All that is shown, in pieces, so that of two lists the first piece that differs is named."""
    return shown.split("}, ")
