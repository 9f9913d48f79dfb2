"""Configuration: the closest ``cleaner.toml`` or ``[tool.cleaner]`` of a ``pyproject.toml``, nothing merged."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args

from cleaner.decide import Policy
from cleaner.errors import ConfigError
from cleaner.model import Media
from cleaner.readers.base import Fields
from cleaner.sites.learn import MIN_DOCUMENTS, SHARE

_POLICY = Policy()

FILES = ("cleaner.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Config:
    """What is in force. ``origins`` says for each key where its value came from, if not by default."""

    packs: tuple[str, ...] = ("default",)
    weights: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sites: Mapping[str, str] = field(default_factory=dict)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    threshold: float = _POLICY.threshold
    max_removed: float = _POLICY.max_removed
    min_kept_words: int = _POLICY.min_kept_words
    drop_duplicates: bool = False
    duplicate_threshold: float = 0.8
    site_from: str = "url"
    min_documents: int = MIN_DOCUMENTS
    share: float = SHARE
    text_field: str = "text"
    id_field: str = "id"
    url_field: str = "url"
    html_format: Media = "text"
    seconds_per_document: float = 60.0
    megabytes_per_document: float = 200.0
    baseline: str = "cleaner.baseline.json"
    decisions: str = "cleaner.decisions.toml"
    index: str = ".cleaner/index.sqlite"
    base: Path = Path()
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        return Policy(self.threshold, self.max_removed, self.min_kept_words)

    @property
    def fields(self) -> Fields:
        return Fields(self.text_field, self.id_field, self.url_field, self.html_format)


def _is_strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value)


def _is_patterns(value: Any) -> bool:
    if not _is_strings(value) or not value:
        return _is_strings(value)
    from pathspec import GitIgnoreSpec  # a hook without patterns need not wait for it

    try:
        GitIgnoreSpec.from_lines(value)
    except ValueError:
        return False
    return True


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and _is_patterns(list(value)) and _is_strings(list(value.values()))


def _is_number(least: float, most: float) -> Any:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_media(value: Any) -> bool:
    return value in get_args(Media)


#: Where the site of a document comes from that brings none; ``url`` is the safe one.
SITE_FROM = ("url", "folder", "corpus")


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


#: key → (test, what is allowed, what it does)
KEYS: dict[str, tuple[Any, str, str]] = {
    "packs": (_is_strings, "a list of names and paths", "rule packs: built-in by name, your own by path"),
    "weights": (_is_name, "none, default, or a path", "weights of the learned score; none for rules alone"),
    "select": (_is_strings, "a list of categories and rules", "only these are looked for"),
    "ignore": (_is_strings, "a list of categories and rules", "these are not looked for"),
    "languages": (_is_strings, "a list of ISO 639-1 codes", "only rules for these languages; empty for all"),
    "sites": (_is_map, "a table of path pattern = site", "the site of documents that bring no URL"),
    "include": (_is_patterns, "a list of gitignore patterns", "only these files are read; empty for all"),
    "exclude": (_is_patterns, "a list of gitignore patterns", "these files are not read, even if named"),
    "threshold": (_is_number(0.5, 100), "a number from 0.5 to 100", "sum of evidence at which a block goes"),
    "max_removed": (_is_number(0, 1), "a share from 0 to 1", "a document that would lose more stays whole"),
    "min_kept_words": (_is_number(0, 10**9), "a whole number", "a document that would keep fewer stays whole"),
    "drop_duplicates": (_is_flag, "true or false", "clean leaves near copies of other documents out"),
    "duplicate_threshold": (
        _is_number(0.5, 1),
        "a Jaccard index from 0.5 to 1",
        "from which documents are near copies",
    ),
    "site_from": (
        lambda value: value in SITE_FROM,
        " | ".join(SITE_FROM),
        "what makes a site of documents without one: nothing but their URL, their top folder, or the whole corpus",
    ),
    "min_documents": (
        _is_number(2, 10**9),
        "a whole number from 2",
        "documents of a site that must share a template",
    ),
    "share": (_is_number(0.01, 1), "a share from 0.01 to 1", "share of a site's documents that must share it"),
    "text_field": (_is_name, "a field's name", "the field of a record that holds its text"),
    "id_field": (_is_name, "a field's name", "the field of a record that holds its id"),
    "url_field": (_is_name, "a field's name", "the field of a record that holds its URL"),
    "html_format": (_is_media, "text or markdown", "what HTML pages are turned into"),
    "seconds_per_document": (_is_number(0.1, 86_400), "seconds from 0.1", "a document that takes longer is left"),
    "megabytes_per_document": (_is_number(0.001, 10_000), "megabytes", "a larger document is left"),
    "baseline": (_is_path, 'a path, or "" for none', "the file of findings that `cleaner check` passes over"),
    "decisions": (_is_path, 'a path, or "" for none', "the file with what people decided in reviews"),
    "index": (_is_path, 'a path, or "" for none', "the file in which `cleaner index` keeps what sites share"),
}


def find(start: Path) -> Path | None:
    """The closest configuration file in ``start`` or above it."""
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if _is_file(path) and (name == "cleaner.toml" or "cleaner" in _tools(path)):
                return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder above that we may not look into
        return False


def _tools(path: Path) -> dict[str, Any]:
    tools = _read(path).get("tool")
    return tools if isinstance(tools, dict) else {}


def load(path: Path | None) -> Config:
    """The configuration of a file, or the defaults without one. Raises ``ConfigError``."""
    if path is None:
        return Config()
    table = _tools(path).get("cleaner", {}) if path.name == "pyproject.toml" else _read(path)
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.cleaner]: found {table!r}, allowed is a table")
    return replace(from_mapping(table, str(path)), base=path.parent)


def from_mapping(table: Mapping[str, Any], origin: str) -> Config:
    """A configuration from a table; ``origin`` is what errors and ``origins`` name. Raises ``ConfigError``."""
    return override(Config(), table, origin)


def override(config: Config, table: Mapping[str, Any], origin: str) -> Config:
    """The configuration with the table's values in place of its own. Raises ``ConfigError``."""
    values: dict[str, Any] = {}
    kinds = {entry.name: getattr(config, entry.name) for entry in fields(config)}
    for key, value in table.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}? " if near else ""
            raise ConfigError(f"{origin}: unknown key {key!r}; {hint}allowed: {', '.join(KEYS)}")
        test, allowed, _ = KEYS[key]
        if not test(value) or (isinstance(kinds[key], int) and not isinstance(value, int)):
            raise ConfigError(f"{origin}: {key}: found {value!r}; allowed: {allowed}")
        values[key] = tuple(value) if isinstance(value, list | tuple) else type(kinds[key])(value)
    return replace(config, **values, origins={**config.origins, **dict.fromkeys(values, origin)})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
