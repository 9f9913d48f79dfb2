from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config import KEYS, Config, find, from_mapping, load, override
from cleaner.errors import ConfigError
from tests.files import put


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("pack", "did you mean packs? "),
        ("max-removed", "did you mean max_removed? "),
        ("treshold", "did you mean threshold? "),
        ("Select", "did you mean select? "),
        ("min_words", "did you mean min_kept_words? "),
        ("zzz", ""),
        ("base", "did you mean "),
        ("origins", ""),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(key: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_mapping({"select": [], key: 1}, "here.toml")
    assert str(caught.value).startswith(f"here.toml: unknown key {key!r}; {hint}")
    assert str(caught.value).endswith(f"allowed: {', '.join(KEYS)}")


WRONG: dict[str, list[object]] = {
    "packs": ["default", [1], [""], None, {}],
    "weights": ["", 1, ["default"], None],
    "select": ["newsletter", [[]], True],
    "ignore": ["newsletter", [None]],
    "languages": ["en", [1]],
    "sites": ["example.org", {"a": 1}, {"a": ""}, ["a"], {"!": "x"}],
    "include": ["*.md", [1], ["!"]],
    "exclude": ["*.md", {"a": "b"}, ["ok", "!"]],
    "threshold": [0, 0.4, 101, -5, "5", True, float("nan"), float("inf")],
    "max_removed": [-0.1, 1.1, "1", False, float("nan")],
    "min_kept_words": [-1, 1.5, "10", True, 10**10],
    "drop_duplicates": ["yes", 1, None],
    "duplicate_threshold": [0.49, 1.01, "0.8", True, float("nan")],
    "site_from": ["host", 1, ["url"]],
    "min_documents": [1, 5.5, "5", True],
    "share": [0, 1.1, "0.2", True],
    "text_field": ["", 1, ["text"]],
    "id_field": ["", None],
    "url_field": ["", 2],
    "html_format": ["", "word", 1],
    "seconds_per_document": [0, 1e9, "1"],
    "megabytes_per_document": [0, 1e9, []],
    "baseline": [1, None, ["a"], "a\0b"],
    "decisions": [1, None, ["a"], "a\0b"],
    "index": [1, None, ["a"], "a\0b"],
}
RIGHT: dict[str, list[object]] = {
    "packs": [[], ["default", "./a.toml"]],
    "weights": ["default", "none", "mine.tsv"],
    "select": [[], ["newsletter"], ("a", "b")],
    "ignore": [[]],
    "languages": [["en", "de"]],
    "sites": [{}, {"news/": "example.org"}],
    "include": [[], ["*.md", "!a.md", "# remark", ""][:3]],
    "exclude": [["/a", "b/**"]],
    "threshold": [0.5, 5, 100],
    "max_removed": [0, 0.5, 1],
    "min_kept_words": [0, 10],
    "drop_duplicates": [True, False],
    "duplicate_threshold": [0.5, 0.8, 1],
    "site_from": ["url", "folder", "corpus"],
    "min_documents": [2, 100],
    "share": [0.1, 1.0],
    "text_field": ["body"],
    "id_field": ["key"],
    "url_field": ["link"],
    "html_format": ["text", "markdown"],
    "seconds_per_document": [0.1, 600],
    "megabytes_per_document": [0.001, 10_000],
    "baseline": ["", "known/findings.json"],
    "decisions": ["", "reviews/ours.toml"],
    "index": ["", "known/findings.json"],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in WRONG.items() for value in values])
def test_a_wrong_value_is_named_with_its_key_and_what_is_allowed(key: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        from_mapping({key: value}, "here.toml")
    assert str(caught.value) == f"here.toml: {key}: found {value!r}; allowed: {KEYS[key][1]}"


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in RIGHT.items() for value in values])
def test_right_values_are_taken_in_the_type_of_the_default(key: str, value: object) -> None:
    config = from_mapping({key: value}, "here.toml")
    own = getattr(config, key)
    assert own == (tuple(value) if isinstance(value, list) else value)
    assert type(own) is type(getattr(Config(), key))
    assert config.origins == {key: "here.toml"}


def test_every_key_is_in_the_tables_above() -> None:
    assert list(WRONG) == list(RIGHT) == list(KEYS)


def test_the_command_line_wins_and_origins_say_so() -> None:
    config = override(from_mapping({"select": ["a"], "threshold": 4}, "f"), {"threshold": 6.0}, "command line")
    assert (config.select, config.threshold) == (("a",), 6.0)
    assert config.origins == {"select": "f", "threshold": "command line"}
    assert config.policy.threshold == 6.0


CLEANER, TOOL, OTHER = "threshold = 7\n", "[tool.cleaner]\nthreshold = 8\n", "[tool.ruff]\nline-length = 1\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cleaner.toml": CLEANER}, "cleaner.toml"),
        ({"pyproject.toml": TOOL}, "pyproject.toml"),
        ({"cleaner.toml": CLEANER, "pyproject.toml": TOOL}, "cleaner.toml"),
        ({"cleaner.toml": CLEANER, "a/pyproject.toml": TOOL}, "a/pyproject.toml"),
        ({"cleaner.toml": CLEANER, "a/pyproject.toml": OTHER}, "cleaner.toml"),
        ({"cleaner.toml": CLEANER, "a/pyproject.toml": "tool = 5"}, "cleaner.toml"),
        ({"cleaner.toml": CLEANER, "a/pyproject.toml": 'tool = "cleaner"'}, "cleaner.toml"),
        ({"cleaner.toml": CLEANER, "a/b/cleaner.toml": ""}, "a/b/cleaner.toml"),
        ({"cleaner.toml": CLEANER, "a/b/c/cleaner.toml": ""}, "cleaner.toml"),
        ({"a/cleaner.toml/x": "", "cleaner.toml": CLEANER}, "cleaner.toml"),
    ],
)
def test_the_closest_file_alone_counts(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    put(tmp_path, {"a/b/x.txt": "", **files})
    path = find(tmp_path / "a/b")
    assert path == tmp_path / expected
    config = load(path)
    assert config.threshold == {CLEANER: 7, TOOL: 8, "": 5}[files[expected]]
    assert config.base == path.parent


def test_without_a_file_the_defaults_hold() -> None:
    assert load(None) == Config()
    assert Config().fields.text == "text"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cleaner.toml", "threshold = ", "cannot be read: "),
        ("cleaner.toml", b"\xff\xfe", "cannot be read: 'utf-8' codec"),
        ("cleaner.toml", "[tool.cleaner]\nthreshold = 7", "unknown key 'tool'"),
        ("pyproject.toml", "[tool]\ncleaner = 5\n", "[tool.cleaner]: found 5, allowed is a table"),
        ("pyproject.toml", "[tool.cleaner]\nthreshold = 'x'", "threshold: found 'x'; allowed: a number"),
        ("none.toml", None, "cannot be read: [Errno 2] No such file"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, content: str | bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        put(tmp_path, {name: content})
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: {message}")
