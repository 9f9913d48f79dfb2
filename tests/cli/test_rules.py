from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from cleaner.detectors import BUILT_IN
from cleaner.examples import failures
from tests.files import SETTINGS, cleaner, configure, put
from tests.support import RULES, pack, rule


def test_list(project: Path) -> None:
    lines = cleaner("rules", "list").stdout.splitlines()
    names = [line.split()[0] for line in lines]
    assert names == sorted(names[: len(names) - len(BUILT_IN)]) + list(BUILT_IN)
    assert "newsletter/signup                                +6.0  block    asks to sign up" in lines
    only = cleaner("rules", "list", "--select", "newsletter").stdout
    assert "newsletter/signup" in only
    assert "promotion/certain-ad" not in only


@pytest.mark.parametrize("name", ["newsletter/signup", "signup", *BUILT_IN])
def test_explain(project: Path, name: str) -> None:
    shown = cleaner("rules", "explain", name).stdout
    assert name in shown
    assert name in BUILT_IN or "  keeps: He would sign up now." in shown


def test_an_unknown_rule_is_an_error(project: Path) -> None:
    assert (
        "no rule 'nope' in force; `cleaner rules list` names them" in cleaner("rules", "explain", "nope", code=2).stderr
    )


def test_a_pack_of_one_s_own_is_tested(project: Path) -> None:
    result = cleaner("rules", "test", "./pack.toml")
    assert (result.stdout, result.stderr) == ("", f"{RULES.count('[[rule]]')} rules in 1 packs, 0 examples failed\n")
    put(project, {"bad.toml": pack(remove='["foo", "bar"]', keep='["foo", "baz"]')})
    result = cleaner("rules", "test", "bad.toml", code=1)
    origin = project / "bad.toml"
    assert result.stdout.splitlines() == [
        f"{origin}: rule promotion/r: does not hit its remove example 'bar'",
        f"{origin}: rule promotion/r: hits its keep example 'foo'",
    ]
    assert "no rule pack 'nope'" in cleaner("rules", "test", "nope", code=2).stderr


def test_a_pattern_that_takes_too_long_on_its_own_examples(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.detectors.patterns.TIMEOUT", 0.02)
    put(project, {"evil.toml": pack(pattern=r"'(?:a|aa|aaa)*(?:a|aa)*b(?<!b)'", remove=f'["{"a" * 5000}b", "x"]')})
    assert "rule promotion/r took over 0.02 s" in cleaner("rules", "test", "evil.toml", code=2).stderr


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, []),
        ({"sites": '["*.example.org"]'}, []),
        ({"scope": '"span"'}, []),
        ({"remove": '["foo", "fo"]'}, ["does not hit its remove example 'fo'"]),
        ({"keep": '["bar", "a foo"]'}, ["hits its keep example 'a foo'"]),
    ],
)
def test_examples(keys: dict[str, str], expected: list[str]) -> None:
    assert list(failures(rule(**keys))) == expected


def test_the_schema_is_json_and_knows_the_keys_of_our_packs(project: Path) -> None:
    schema = json.loads(cleaner("rules", "schema").stdout)
    assert set(schema["properties"]) == {"pack", "rule"}
    known = set(schema["properties"]["rule"]["items"]["properties"])
    assert all(set(entry) <= known for entry in tomllib.loads(RULES)["rule"])


def test_rules_follow_the_configuration(project: Path) -> None:
    configure(project, SETTINGS + 'ignore = ["newsletter"]\n')
    assert "newsletter/signup" not in cleaner("rules", "list").stdout
