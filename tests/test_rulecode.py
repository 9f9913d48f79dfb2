from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner import rulecode
from cleaner.detectors.prefilter import HAS_HYPERSCAN, Everything, Hyperscan
from cleaner.rulecode import ready
from cleaner.ruleset import Rule
from tests.support import PROSE, ruleset

RULES = ruleset().rules
VIEWS = [*PROSE, "Sign up now", "Enter your address", "Advertisement", "Click here"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cleaner"


def _hits(rules: tuple[Rule, ...], size: int) -> set[tuple[int, int]]:
    prefilter = ready(rules, size)
    return {(view, rule) for view, rule in prefilter.candidates(VIEWS) if rules[rule].pattern.search(VIEWS[view])}


needs_hyperscan = pytest.mark.skipif(not HAS_HYPERSCAN, reason="no hyperscan wheel for this machine")


@needs_hyperscan
def test_small_runs_compile_when_they_have_seen_enough_together(home: Path) -> None:
    kinds = [type(ready(RULES, size)) for size in (10, *[rulecode._REPAID // 16] * 16, 10)]
    assert kinds == [Everything] * 16 + [Hyperscan] * 2
    assert isinstance(ready(RULES, 0), Hyperscan)
    assert {path.suffix for path in home.iterdir()} == {".seen", ".json", ".hs", ".code"}


@needs_hyperscan
def test_a_large_run_compiles_at_once_and_a_call_for_a_text_keeps_nothing(home: Path) -> None:
    assert isinstance(ready(RULES, 0), Everything)
    assert not home.exists()
    assert isinstance(ready(RULES, rulecode.WORTH_COMPILING), Hyperscan)
    assert isinstance(ready(RULES, 0), Hyperscan)


@needs_hyperscan
def test_a_small_run_loads_one_database(home: Path) -> None:
    sizes = (rulecode.WORTH_COMPILING, 0, 10)
    loaded = [prefilter.tiers for size in sizes if isinstance(prefilter := ready(RULES, size), Hyperscan)]
    assert [len(tiers) for tiers in loaded] == [5, 5, 1]


def test_the_hits_are_the_same_each_time(home: Path) -> None:
    first = _hits(RULES, 10)
    assert len(first) == 4
    for _ in range(3):
        assert _hits(RULES, 10) == first


@needs_hyperscan
def test_a_damaged_entry_changes_nothing(home: Path) -> None:
    want = _hits(RULES, 1 << 20)
    for path in home.iterdir():
        for damage in (b"", b"[]", os.urandom(200)):
            path.write_bytes(damage)
            assert _hits(RULES, 10) == want, (path.name, damage)


def test_without_hyperscan_every_rule_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulecode, "HAS_HYPERSCAN", False)
    assert isinstance(ready(RULES, 1 << 20), Everything)
    assert isinstance(ready((), 1 << 20), Everything)
