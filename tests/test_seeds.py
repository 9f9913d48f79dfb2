"""The four real pages that the project's aim is measured on, where they are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.files import cleaner, tree
from tests.gold import faults
from tests.support import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
NAMES = list(json.loads((SEEDS / "gold.json").read_text("utf-8"))["documents"]) if SEEDS.is_dir() else []

pytestmark = pytest.mark.skipif(not NAMES, reason=f"THE SEEDS WERE NOT CHECKED: there is no {SEEDS}")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "out"
    (folder.parent / "cleaner.toml").write_text("")
    cleaner("clean", SEEDS, "-o", folder, "--config", folder.parent / "cleaner.toml")
    return folder


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_a_seed_has_no_faults(out: Path, name: str) -> None:
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))["documents"][name]
    assert faults((SEEDS / name).read_text("utf-8"), gold, (out / name).read_text("utf-8")) == []


def test_the_seeds_come_back_and_cleaning_them_again_changes_nothing(out: Path, tmp_path: Path) -> None:
    config = ("--config", out.parent / "cleaner.toml")
    cleaner("clean", out, "-o", tmp_path / "again", *config)
    assert tree(tmp_path / "again") == tree(out)
    cleaner("clean", SEEDS, "-o", tmp_path / "once", *config)
    cleaner("restore", tmp_path / "once")
    originals = {name: raw for name, raw in tree(SEEDS).items() if name in NAMES}
    assert tree(tmp_path / "once") == originals
