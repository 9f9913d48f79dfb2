from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import packs
from cleaner.config import Config
from cleaner.detectors.patterns import TIMEOUT
from cleaner.errors import ConfigError, RuleError
from cleaner.packs import choose, is_chosen, load, names
from cleaner.run import rules_of
from tests.files import put
from tests.support import RULES, pack


def test_the_built_in_packs_are_named_and_the_default_leaves_sites_out() -> None:
    assert {"newsletter", "share", "german"} <= set(names())
    assert any("/" in name for name in names())
    assert [own.origin for own in load(["default"], Path())] == [f"rules/{n}.toml" for n in names() if "/" not in n]
    assert [own.name for own in load(["share", "newsletter", "share"], Path())] == ["share", "newsletter"]
    assert load([], Path()) == []


def test_packs_from_the_cache_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    loaded = []
    for _ in range(2):
        packs._tables.cache_clear()
        packs._built_in.cache_clear()
        loaded.append(load(["default"], Path()))
    assert loaded[0] == loaded[1]
    assert [path.suffix for path in (tmp_path / "cleaner").iterdir()] == [".packs"]


@pytest.mark.parametrize("name", ["my.toml", "./my.toml", "../base/my.toml", "{base}/my.toml", "../base/pack"])
def test_own_packs_are_found_from_the_base(tmp_path: Path, name: str) -> None:
    put(tmp_path, {"base/my.toml": pack(), "base/pack": pack()})
    (own,) = load([name.format(base=tmp_path / "base")], tmp_path / "base")
    assert own.name == "p"
    assert own.origin.startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("newsleter", "no rule pack 'newsleter'; did you mean newsletter? allowed: default, "),
        ("zzz", "no rule pack 'zzz'; allowed: default, "),
        ("", "no rule pack ''"),
        ("../rules/share", "/rules/share: cannot be read: "),
        ("none.toml", "none.toml: cannot be read: [Errno 2]"),
        ("binary.toml", "binary.toml: cannot be read: 'utf-8' codec"),
        ("folder.toml", "folder.toml: cannot be read: [Errno 21]"),
        ("bad.toml", "bad.toml: not valid TOML: "),
    ],
)
def test_packs_that_cannot_be_used(tmp_path: Path, name: str, message: str) -> None:
    put(tmp_path, {"binary.toml": b"\xff", "bad.toml": "[[", "folder.toml/x": ""})
    with pytest.raises(RuleError) as caught:
        load([name], tmp_path)
    assert message in str(caught.value)


def test_a_pack_that_kills_its_process_does_not_kill_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"deadly.toml": pack()})
    monkeypatch.setattr(packs, "_try", lambda source, origin: __import__("os")._exit(9))
    with pytest.raises(RuleError, match=r"deadly\.toml: compiling its patterns ended a process with status 9"):
        load(["deadly.toml"], tmp_path)


EXTRA = pack(id='"deutsch"', languages='["de"]').replace('"p"', '"other"')
MINE = ["legal/law", "newsletter/address", "newsletter/signup"]


def _chosen(select: list[str], ignore: list[str], languages: list[str]) -> list[str]:
    from cleaner.ruleset import parse

    rules = choose([parse(RULES, "a.toml"), parse(EXTRA, "b.toml")], select, ignore, languages)
    return [rule.name for rule in rules]


@pytest.mark.parametrize(
    ("select", "ignore", "languages", "left", "gone"),
    [
        ([], [], [], "newsletter/signup", ""),
        (["newsletter"], [], [], "newsletter/signup", "promotion/certain-ad"),
        (["promotion/certain-ad"], [], [], "promotion/certain-ad", "promotion/deutsch"),
        (["newsletter", "promotion"], ["newsletter/signup"], [], "promotion/certain-ad", "newsletter/signup"),
        ([], ["promotion"], [], "newsletter/signup", "promotion/deutsch"),
        ([], [], ["en"], "newsletter/signup", "promotion/deutsch"),
        ([], [], ["de", "fr"], "promotion/deutsch", ""),
        (["duplicate"], [], [], "", "newsletter/signup"),
    ],
)
def test_which_rules_are_in_force(
    select: list[str], ignore: list[str], languages: list[str], left: str, gone: str
) -> None:
    chosen = _chosen(select, ignore, languages)
    assert not left or left in chosen
    assert gone not in chosen


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("newsleter", "; did you mean newsletter?"),
        ("promotion/certain", "; did you mean promotion/certain-ad?"),
        ("", "; allowed"),
    ],
)
@pytest.mark.parametrize("key", ["select", "ignore"])
def test_an_unknown_entry_is_named_with_the_nearest(key: str, entry: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _chosen(**{"select": [], "ignore": [], "languages": [], key: [entry]})
    assert str(caught.value).startswith(f"{key}: found {entry!r}{hint}")


def test_code_rules_are_chosen_by_name_and_category() -> None:
    from cleaner.detectors import BUILT_IN

    for name in BUILT_IN:
        category = name.split("/")[0]
        assert is_chosen(name, [], [])
        assert is_chosen(name, [category], [])
        assert is_chosen(name, [name], [])
        assert not is_chosen(name, ["share"], [])
        assert not is_chosen(name, [], [category])
    assert _chosen(list(BUILT_IN), [], []) == []


@pytest.mark.parametrize("mark", ["|", "."])
def test_no_built_in_rule_blows_the_fuse_on_a_long_row_of_marks(mark: str) -> None:
    # no limit is set for rules of ours, so none may need it
    for rule in rules_of(Config()).rules:
        for example in (*rule.remove, ""):
            for pattern in (rule.pattern, rule.unless, rule.stop):
                if pattern:
                    pattern.search(f"{mark * 50_000}{example} else", timeout=TIMEOUT)  # raises TimeoutError
