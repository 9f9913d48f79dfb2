from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.files import DIRTY, PLAIN, cleaner, everything, put, records, tree


@pytest.fixture
def folder(project: Path) -> Path:
    return put(
        project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.jsonl": records([{"text": DIRTY}]), "bad.txt": b"\x00\x01"}
    )


def test_a_report_is_written_and_nothing_else(folder: Path) -> None:
    before = everything(folder)
    result = cleaner("report", "in", "-o", "report", code=2)
    assert everything(folder) == before
    assert result.stdout == ""
    assert result.stderr.count("in/bad.txt") == 1
    assert "report/index.html" in result.stderr
    index = Path("report/index.html").read_text("utf-8")
    assert "in/bad.txt" in index
    assert len(list(Path("report/d").iterdir())) == 2


def test_filters_choose_what_is_in_it(folder: Path) -> None:
    cleaner("report", "in/a.txt", "-o", "report", "--category", "promotion")
    text = "".join(path.read_text("utf-8") for path in Path("report/d").iterdir())
    assert text.count('class="note ') == 1
    assert "certain-ad" in text


def test_workers_change_nothing(folder: Path) -> None:
    put(folder, {f"{number}.txt": DIRTY for number in range(30)})
    (folder / "bad.txt").unlink()
    cleaner("report", "in", "-o", "one", "-j", "1")
    cleaner("report", "in", "-o", "two", "-j", "2")
    assert everything(Path("one")) == everything(Path("two"))


def test_an_output_that_holds_anything_is_refused(folder: Path) -> None:
    put(folder.parent, {"report/mine.txt": "x", "file": "x"})
    assert "not empty" in cleaner("report", "in/a.txt", "-o", "report", code=2).stderr
    assert "not a folder" in cleaner("report", "in/a.txt", "-o", "file", code=2).stderr
    cleaner("report", "in/a.txt", "-o", "report", "--force")
    assert tree(Path("report"))["mine.txt"] == b"x"


def test_cleaned_trees_and_inputs_together(folder: Path) -> None:
    cleaner("clean", "in/a.txt", "-o", "out")
    cleaner("report", "out", "in/b.txt", "-o", "report")
    index = Path("report/index.html").read_text("utf-8")
    assert "<dd>2</dd>" in index
    assert len(list(Path("report/d").iterdir())) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error(folder: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    cleaner("report", "in/a.txt", "-o", "closed/report", code=2)


def test_a_review_without_a_file_to_write_to_is_refused(folder: Path) -> None:
    put(folder.parent, {"cleaner.toml": Path("cleaner.toml").read_text() + 'decisions = ""\n'})
    assert "no file to write decisions to" in cleaner("review", "in", code=2).stderr
