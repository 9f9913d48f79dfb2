"""A report's folder: what is in it, that it adds up, and that its data can be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.reporting import ReportFolder, Seen, site_of
from cleaner.reports.html.overview import Skipped
from tests.files import SIGNUP, A, B, everything
from tests.support import cleaned


def _write(folder: Path, *seen: Seen) -> dict[str, bytes]:
    report = ReportFolder(folder, "title")
    for own in seen:
        report.add(own)
    report.close([Skipped("link.txt", "a symbolic link")])
    return everything(folder)


def _data(files: dict[str, bytes]) -> tuple[dict[str, Any], list[Any]]:
    """The manifest and the documents of all chunks, read as a browser reads them."""
    manifest = json.loads(files["data/manifest.js"].decode().partition(" = ")[2].removesuffix(";\n"))
    documents = []
    for number in range(len(manifest["chunks"])):
        own = files[f"data/c{number}.js"].decode()
        assert own.isascii()
        assert own.startswith(f"(window.cleanerChunks ||= {{}})[{number}] = ")
        documents += json.loads(own.partition(" = ")[2].removesuffix(";\n"))
    return manifest, documents


def _seen(place: str, text: str, **policy: float) -> Seen:
    result = cleaned(text, **policy)
    return Seen(place, len(text), "example.org", cleaned=result)


def test_what_is_in_it(tmp_path: Path) -> None:
    files = _write(
        tmp_path,
        _seen("a.txt", f"{A}\n\n{SIGNUP}\n\n{B}\n"),
        Seen("b.txt", 1000, "other.example"),
        Seen("c.txt", reason="not <b>text</b>"),
        _seen("d.txt", f"{A}\n\nAdvertisement\n", max_removed=0.01),
    )
    folders = sorted({name.partition("/")[0] for name in files})
    assert folders == ["assets", "d", "data", "index.html", "list.html", "skipped.html"]
    assert sum(name.startswith("d/") for name in files) == 2
    index = files["index.html"].decode()
    assert "<dd>3</dd>" in index, "documents that could be read"
    assert "not &lt;b&gt;text&lt;/b&gt;" in index
    assert "a symbolic link" in index
    assert "would lose" in index


def test_the_data_says_where_each_removal_is(tmp_path: Path) -> None:
    files = _write(tmp_path, _seen("a\u202e.txt", f"{A}\n\n{SIGNUP}\n\n{B}\n\nAdvertisement\n"))
    manifest, ((place, page, removals),) = _data(files)
    assert place == "a\\u202e.txt"
    assert f"d/{page}.html" in files
    assert [[manifest["rules"][r], manifest["categories"][c], score, text] for _, r, c, score, text, _ in removals] == [
        ["newsletter/signup", "newsletter", 6.0, SIGNUP],
        ["promotion/certain-ad", "promotion", None, "Advertisement"],
    ]
    (chunk,) = manifest["chunks"]
    assert chunk == {"rules": [0, 1], "categories": [0, 1], "least": 6.0}


def test_ten_thousand_removals_are_split(tmp_path: Path) -> None:
    text = "\n\n".join(part for n in range(120) for part in (f"{n} {A}", f"Sign up now {n}")) + "\n"
    files = _write(tmp_path, *(_seen(f"{n}.txt", text) for n in range(20)))
    manifest, documents = _data(files)
    assert len(manifest["chunks"]) == 3
    assert sum(len(removals) for _, _, removals in documents) == 2400
    assert max(len(own) for name, own in files.items() if name.startswith("data/c")) < 300_000
    assert len(files["index.html"]) < 300_000


def test_the_first_page_is_small_whatever_the_corpus(tmp_path: Path) -> None:
    report = ReportFolder(tmp_path, "title")
    for number in range(400):
        name = f"{number} " + "long " * 50
        report.add(Seen(name, 100, name, reason="because " * 50))
        report.add(Seen(name, 100, f"site {number}"))
    report.close(Skipped(f"{number}", "reason " * 20) for number in range(400))
    assert (tmp_path / "index.html").stat().st_size < 300_000
    assert (tmp_path / "skipped.html").read_text("utf-8").count("<li>") == 800


def test_nothing_goes(tmp_path: Path) -> None:
    files = _write(tmp_path, Seen("a.txt", 10))
    assert "Nothing goes" in files["index.html"].decode()
    assert _data(files) == ({"chunks": [], "rules": [], "categories": [], "colours": []}, [])


def test_the_same_documents_are_the_same_bytes(tmp_path: Path) -> None:
    seen = [_seen(f"{n}.txt", f"{n} {A}\n\n{SIGNUP}\n") for n in range(5)]
    assert _write(tmp_path / "one", *seen) == _write(tmp_path / "two", *seen)


@pytest.mark.parametrize(
    ("site", "relative", "expected"),
    [("a.org", "x/y.txt", "a.org"), (None, "x/y/z.txt", "x"), (None, "z.txt", "(no folder)"), ("", "x/z.txt", "x")],
)
def test_site(site: str | None, relative: str, expected: str) -> None:
    assert site_of(site, relative) == expected
