"""The file of decisions: what is written is read again, whatever the text, and what is wrong in it is named."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import decisions
from cleaner.decisions import DOUBTFUL, Decided
from cleaner.errors import ConfigError
from cleaner.reports.safe import visible
from tests.files import DIRTY, cleaner, put

PRINT = "57b986d3900c51f7"
OWN = Decided("newsletter/signup", "keep", PRINT, "Sign up now.", 6.0, "in/a.txt", True)


def test_the_file_reads_as_a_person_would_write_it(tmp_path: Path) -> None:
    path = tmp_path / "cleaner.decisions.toml"
    decisions.change(path, [OWN, Decided("legal/terms", "remove")])
    assert path.read_text("utf-8") == (
        "# What people decided about removals: written by `cleaner review`, heeded by clean, diff and check.\n"
        "version = 1\n"
        '\n[[decision]]\nrule = "legal/terms"\nverdict = "remove"\n'
        f'\n[[decision]]\nrule = "newsletter/signup"\nverdict = "keep"\nfingerprint = "{PRINT}"\n'
        'text = "Sign up now."\nscore = 6.0\nplace = "in/a.txt"\nexample = true\n'
    )


def test_changes_add_replace_and_take_back(tmp_path: Path) -> None:
    path = tmp_path / "cleaner.decisions.toml"
    assert decisions.load(path) == []
    decisions.change(path, [OWN])
    decisions.change(path, [Decided("legal/terms", "keep")])
    assert len(decisions.load(path)) == 2
    decisions.change(path, [Decided(OWN.rule, "remove", PRINT)])
    assert {own.verdict for own in decisions.load(path) if own.key == OWN.key} == {"remove"}
    decisions.change(path, drop=[OWN.key, ("no/such", "")])
    assert [own.rule for own in decisions.load(path)] == ["legal/terms"]


@given(st.text(), st.text(), st.floats(-100, 100))
def test_any_text_comes_back_visible(text: str, place: str, score: float) -> None:
    own = Decided("a/b", "keep", PRINT, text, score, place, True)
    table = tomllib.loads(decisions.dump([own]))["decision"][0]
    assert table.get("text", "") == visible(text)
    assert table.get("place", "") == visible(place)
    assert table["score"] == score


def test_a_person_may_write_the_text_alone(tmp_path: Path) -> None:
    own = 'version = 1\n[[decision]]\nrule = "newsletter/signup"\nverdict = "keep"\ntext = "SIGN UP now"\n'
    put(tmp_path, {"cleaner.decisions.toml": own})
    (read,) = decisions.load(tmp_path / "cleaner.decisions.toml")
    assert read.fingerprint == PRINT


def test_two_peoples_decisions_merge(tmp_path: Path) -> None:
    """Tables are sorted: the same decisions are the same bytes, in whatever order they were made."""
    entries = [Decided("b/x", "keep", f"{number:016x}", str(number)) for number in range(9)]
    assert decisions.dump(entries) == decisions.dump(entries[::-1])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("version = 2\n", "version: found 2"),
        ("", "version: found None"),
        ("version = 1\ndecision = 3\n", "decision: found 3"),
        ("version = 1\n[[decision]]\nrule = 'a/b'\n", "decision 1: rule and verdict"),
        ("version = 1\n[[decision]]\nrule = 'a/b'\nverdict = 'yes'\n", "found 'yes'; allowed: keep | remove"),
        ("version = 1\n[[decision]]\nrule = 'a/b'\nverdict = 'keep'\nhash = 'x'\n", "unknown key 'hash'"),
        ("version = 1\n[[decision]]\nrule = 'a/b'\nverdict = 'keep'\nfingerprint = 'x'\n", "fingerprint: found 'x'"),
        ("version = 1\n[[decision]]\nrule = 3\nverdict = 'keep'\n", "rule: found 3"),
        ("[[", "cannot be read"),
        (b"\xff", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str | bytes, wrong: str) -> None:
    put(tmp_path, {"cleaner.decisions.toml": text})
    with pytest.raises(ConfigError, match=r"cleaner\.decisions\.toml") as raised:
        decisions.load(tmp_path / "cleaner.decisions.toml")
    assert wrong in str(raised.value)


def test_labels_are_what_a_fit_can_learn_from() -> None:
    entries = [
        OWN,
        Decided("a/sure", "remove", PRINT, "surely", DOUBTFUL + 1),
        Decided("a/doubt", "remove", PRINT, "in doubt", DOUBTFUL - 1),
        Decided("a/certain", "remove", PRINT, "certain", None),
        Decided("a/whole-rule", "keep"),
    ]
    rows = [json.loads(line) for line in decisions.labels(entries).splitlines()]
    assert [(row["text"], row["main_content"], row["label"]) for row in rows] == [
        ("in doubt", "", "remove"), ("Sign up now.", "Sign up now.", "keep")
    ]  # fmt: skip


def test_commands_heed_the_file_beside_the_configuration(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    decisions.change(project / "cleaner.decisions.toml", [OWN])
    assert "signup" not in cleaner("check", "in", code=1).stdout
    assert "signup" not in cleaner("diff", "in").stdout
    cleaner("clean", "in", "-o", "out")
    assert "Sign up now." in (project / "out/a.txt").read_text("utf-8")
    put(project, {"cleaner.toml": (project / "cleaner.toml").read_text() + 'decisions = ""\n'})
    assert "signup" in cleaner("check", "in", code=1).stdout


def test_a_broken_file_stops_the_run(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "cleaner.decisions.toml": "version = 9\n"})
    assert "version: found 9" in cleaner("clean", "in", "-o", "out", code=2).stderr
    assert not (project / "out").exists()


def test_the_ledger_names_the_decisions(project: Path) -> None:
    from tests.files import entries

    put(project / "in", {"a.txt": DIRTY})
    cleaner("clean", "in", "-o", "one")
    decisions.change(project / "cleaner.decisions.toml", [OWN])
    cleaner("clean", "in", "-o", "two")
    assert "decisions" not in entries(project / "one")[0]
    assert len(entries(project / "two")[0]["decisions"]) == 64


def test_examples_are_run_by_rules_test(project: Path) -> None:
    decisions.change(
        project / "cleaner.decisions.toml", [OWN, Decided("newsletter/hint", "keep", PRINT, "not hit", example=True)]
    )
    result = cleaner("rules", "test", code=1)
    assert "cleaner.decisions.toml: rule newsletter/signup: hits its keep example 'Sign up now.'" in result.stdout
    assert "newsletter/hint" not in result.stdout
