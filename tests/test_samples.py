"""The samples cleaned with default settings, against what a careful editor would strip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.files import cleaner, everything, tree
from tests.gold import faults
from tests.support import ROOT

SAMPLES = ROOT / "samples"
GOLD = json.loads((SAMPLES / "gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "out"
    (folder.parent / "cleaner.toml").write_text("")
    cleaner("clean", SAMPLES, "-o", folder, "--config", folder.parent / "cleaner.toml")
    return folder


@pytest.mark.parametrize("name", GOLD["documents"])
def test_a_sample_has_no_faults(out: Path, name: str) -> None:
    source, cleaned = (folder / name for folder in (SAMPLES, out))
    assert faults(source.read_text("utf-8"), GOLD["documents"][name], cleaned.read_text("utf-8")) == []


def _held_to(text: str, gold: Any) -> list[tuple[str, str]]:
    lost = [("lost", snippet) for snippet in gold["with"] if snippet not in text]
    return lost + [("left in", snippet) for snippet in gold["without"] if snippet in text]


@pytest.mark.parametrize("name", GOLD["html"])
def test_a_page_has_its_snippets(out: Path, name: str) -> None:
    text = (out / name).with_suffix(".txt").read_text("utf-8")
    assert _held_to(text, GOLD["html"][name]) == []


@pytest.mark.parametrize("own", [own for rows in GOLD["jsonl"].values() for own in rows])
def test_a_row_has_its_snippets(out: Path, own: str) -> None:
    name = next(name for name, rows in GOLD["jsonl"].items() if own in rows)
    rows = {str(row["id"]): row for row in map(json.loads, (out / name).read_text("utf-8").splitlines())}
    assert _held_to(rows[own]["text"], GOLD["jsonl"][name][own]) == []


def test_cleaning_the_samples_again_changes_nothing_and_restoring_gives_them_back(out: Path, tmp_path: Path) -> None:
    cleaner("clean", out, "-o", tmp_path / "again", "--config", out.parent / "cleaner.toml", "--jobs", "1")
    assert tree(tmp_path / "again") == tree(out)
    cleaner("clean", SAMPLES, "-o", tmp_path / "once", "--config", out.parent / "cleaner.toml", "--jobs", "1")
    assert everything(tmp_path / "once") == everything(out)
    cleaner("restore", tmp_path / "once")
    originals = {name: raw for name, raw in tree(SAMPLES).items() if name in tree(out)}
    restored = tree(tmp_path / "once")
    assert {name: restored[name] for name in originals} == originals
    assert len(originals) > 12
