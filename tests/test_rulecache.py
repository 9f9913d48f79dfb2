from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner import rulecache
from cleaner.detectors.prefilter import Hyperscan
from cleaner.rulecache import _MOST, RuleCache, folder
from tests.support import PROSE, ruleset


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cleaner"


def test_what_was_put_comes_back(home: Path) -> None:
    cache = RuleCache()
    assert cache.get("a.hs") is None
    cache.put("a.hs", b"compiled")
    assert cache.get("a.hs") == b"compiled"
    assert home.stat().st_mode & 0o777 == 0o700
    assert _only(home).stat().st_mode & 0o777 == 0o600


def _only(home: Path) -> Path:
    (path,) = home.iterdir()
    assert path.suffix == ".hs"
    return path


def test_another_version_of_the_code_does_not_find_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RuleCache().put("a.hs", b"compiled")
    monkeypatch.setattr(rulecache, "_salt", lambda: b"another")
    assert RuleCache().get("a.hs") is None


def test_what_was_seen_is_added_up() -> None:
    assert [RuleCache().seen("a", size) for size in (7, 0, 30)] == [7, 7, 37]
    assert RuleCache().seen("b", 2) == 2


def test_two_processes_may_write_at_once(home: Path) -> None:
    data = [bytes([number]) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda own: RuleCache().put("a.hs", own), data * 3))
    assert RuleCache().get("a.hs") in data
    _only(home)


def _damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"X")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _open_to_all(path: Path) -> None:
    path.chmod(0o666)


def _open_folder(path: Path) -> None:
    path.parent.chmod(0o777)


def _link(path: Path) -> None:
    path.rename(path.with_suffix(".real"))
    path.symlink_to(path.with_suffix(".real"))


@pytest.mark.parametrize("tamper", [_damage, _cut, _empty, _open_to_all, _open_folder, _link])
def test_what_somebody_may_have_changed_is_not_trusted(home: Path, tamper: object) -> None:
    cache = RuleCache()
    cache.put("a.hs", b"compiled")
    assert callable(tamper)
    tamper(_only(home))
    assert cache.get("a.hs") is None


def test_the_folder_does_not_grow_without_end(home: Path) -> None:
    for number in range(_MOST):
        RuleCache().put(f"{number}.hs", b"x")
    for path in home.iterdir():
        os.utime(path, (1, 1))
    assert RuleCache().get("0.hs"), "which makes it the one used last"
    RuleCache().put("new.hs", b"x")
    assert len(list(home.iterdir())) == _MOST
    assert RuleCache().get("0.hs")
    assert RuleCache().get("new.hs")


@pytest.mark.parametrize("base", ["/proc/nowhere", "relative"])
def test_without_a_usable_folder_nothing_fails(monkeypatch: pytest.MonkeyPatch, base: str, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    RuleCache().put("a.hs", b"x")
    assert folder().is_absolute()
    assert RuleCache().get("b.hs") is None


def test_a_database_from_the_cache_finds_the_same(home: Path) -> None:
    pytest.importorskip("hyperscan")
    rules = ruleset().rules
    views = [*PROSE, "Subscribe to our newsletter", "No spam. Unsubscribe anytime."]
    compiled = set(Hyperscan(rules).candidates(views))
    assert set(Hyperscan(rules, RuleCache()).candidates(views)) == compiled
    stored = sorted(home.iterdir())
    assert stored
    assert set(Hyperscan(rules, RuleCache()).candidates(views)) == compiled
    for path in stored:
        path.write_bytes(b"")
    assert set(Hyperscan(rules, RuleCache()).candidates(views)) == compiled
