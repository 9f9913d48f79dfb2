"""Rule files → validated rules.

A pack is one TOML file: a ``[pack]`` table and ``[[rule]]`` tables (docs/rules.md). Whatever is wrong in it
is a ``RuleError`` that names file, rule, key, value and what was allowed. No I/O: callers pass text.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal

import regex

from cleaner.errors import RuleError
from cleaner.rulepattern import Pattern
from cleaner.ruleschema import CATEGORIES, PACK_KEYS, RULE_KEYS, Key

Scope = Literal["block", "section", "span"]
Extent = Literal["heading", "teasers", "short", "end", "empty"]

#: A section reaches this many blocks at most unless its rule says otherwise.
MAX_BLOCKS = 40
#: A section's lead line is a heading or a label, not a paragraph.
MAX_LEAD_WORDS = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file, checked; its patterns compile on first use. Field meanings: docs/rules.md."""

    name: str
    category: str
    pack: str
    reason: str
    scope: Scope
    source: str
    pattern: Pattern
    weight: float
    certain: bool
    protect: bool
    min_words: int
    max_words: int
    position: Literal["head", "tail"] | None
    kinds: frozenset[str]
    unless: Pattern | None
    extent: Extent
    stop: Pattern | None
    max_blocks: int
    item_max_words: int
    sites: tuple[str, ...]
    languages: tuple[str, ...]
    ignore_case: bool
    remove: tuple[str, ...]
    keep: tuple[str, ...]
    trusted: bool = False

    def applies_to(self, site: str | None) -> bool:
        """True if the rule is for every site, or for this one."""
        return not self.sites or (site is not None and any(fnmatchcase(site.lower(), s) for s in self.sites))


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule file: its name, what it is for, and its rules."""

    name: str
    category: str
    description: str
    languages: tuple[str, ...]
    sites: tuple[str, ...]
    rules: tuple[Rule, ...]
    origin: str


@dataclass(frozen=True)
class RuleSet:
    """The rules in force, in a stable order, no name twice."""

    rules: tuple[Rule, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        return {rule.name: rule for rule in self.rules}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)


def build(packs: Iterable[Pack]) -> RuleSet:
    """The rules of all packs, sorted by name. Two rules of one name are an error."""
    seen: dict[str, Pack] = {}
    rules: list[Rule] = []
    for pack in packs:
        for rule in pack.rules:
            if rule.name in seen:
                raise RuleError(
                    f"{pack.origin}: rule {rule.name}: this name is taken by {seen[rule.name].origin}; "
                    "give it an id of its own"
                )
            seen[rule.name] = pack
            rules.append(rule)
    return RuleSet(tuple(sorted(rules, key=lambda rule: rule.name)))


def parse(source: str, origin: str, *, trusted: bool = False) -> Pack:
    """A rule file's text as a Pack. ``origin`` is the path that errors name.

    The patterns of a ``trusted`` pack, one of ours, are known to be good and compiled when they are needed. Those of
    any other are tried here, and searched under a time limit, which costs as much again.
    """
    pack = pack_of(table_of(source, origin), origin, trusted=trusted)
    if not trusted:
        for rule in pack.rules:
            check_patterns(rule, origin)
    return pack


def table_of(source: str, origin: str) -> dict[str, Any]:
    """A rule file's text as a table of which all keys and values are allowed. Raises ``RuleError``."""
    try:
        table = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise RuleError(f"{origin}: not valid TOML: {error}") from None
    _check_keys(table, {"pack": None, "rule": None}, f"{origin}: top level")
    head = table.get("pack")
    if not isinstance(head, dict):
        raise RuleError(f"{origin}: a [pack] table with name and category is missing")
    _check(head, PACK_KEYS, f"{origin}: [pack]")
    entries = table.get("rule", [])
    if not isinstance(entries, list) or not entries:
        raise RuleError(f"{origin}: no [[rule]] table; a pack needs at least one")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = _check_rule(entry, head, origin, number)
        if name in seen:
            raise RuleError(f"{origin}: rule {name}: the id stands twice in this file")
        seen.add(name)
    return table


def _check_rule(entry: Any, head: Mapping[str, Any], origin: str, number: int) -> str:
    """The rule's name. Raises ``RuleError``."""
    if not isinstance(entry, dict):
        raise RuleError(f"{origin}: rule number {number}: found {entry!r}, allowed is a [[rule]] table")
    place = f"{origin}: rule {entry.get('id') or f'number {number}'}"
    _check(entry, RULE_KEYS, place)
    category = entry.get("category", head.get("category"))
    if category is None:
        raise RuleError(f"{place}: category: missing here and in [pack]; allowed: {', '.join(CATEGORIES)}")
    _check_combination(entry, entry.get("scope", "block"), place)
    return f"{category}/{entry['id']}"


def pack_of(table: Mapping[str, Any], origin: str, *, trusted: bool) -> Pack:
    """The Pack of a table that :func:`table_of` gave."""
    head = table["pack"]
    return Pack(
        name=head["name"],
        category=head.get("category", ""),
        description=head.get("description", ""),
        languages=tuple(head.get("languages", ())),
        sites=tuple(head.get("sites", ())),
        rules=tuple(_rule(entry, head, trusted) for entry in table["rule"]),
        origin=origin,
    )


def _rule(entry: Mapping[str, Any], head: Mapping[str, Any], trusted: bool) -> Rule:
    category = entry.get("category", head.get("category"))
    scope: Scope = entry.get("scope", "block")
    ignore_case = entry.get("ignore_case", True)
    return Rule(
        name=f"{category}/{entry['id']}",
        category=category,
        pack=head["name"],
        reason=entry["reason"],
        scope=scope,
        source=entry["pattern"],
        pattern=Pattern(entry["pattern"], ignore_case),
        weight=float(entry.get("weight", 0.0)),
        certain=entry.get("certain", False),
        protect=entry.get("protect", False),
        min_words=entry.get("min_words", 0),
        max_words=entry.get("max_words", MAX_LEAD_WORDS if scope == "section" else 1_000_000),
        position=entry.get("position"),
        kinds=frozenset(entry.get("kinds", ())),
        unless=_optional(entry, "unless", ignore_case),
        extent=entry.get("extent", "heading"),
        stop=_optional(entry, "stop", ignore_case),
        max_blocks=entry.get("max_blocks", MAX_BLOCKS),
        item_max_words=entry.get("item_max_words", 12 if entry.get("extent") == "short" else 60),
        sites=tuple(site.lower() for site in entry.get("sites", head.get("sites", ()))),
        languages=tuple(entry.get("languages", head.get("languages", ()))),
        ignore_case=ignore_case,
        remove=tuple(entry["remove"]),
        keep=tuple(entry["keep"]),
        trusted=trusted,
    )


def _check_combination(entry: Mapping[str, Any], scope: Scope, place: str) -> None:
    given = [key for key in ("weight", "certain", "protect") if entry.get(key)]
    if len(given) != 1:
        raise RuleError(
            f"{place}: found {' and '.join(given) or 'none of them'}; allowed is exactly one of "
            "weight (a number other than 0), certain = true, protect = true"
        )
    if scope != "section":
        for key in ("extent", "stop", "max_blocks", "item_max_words"):
            if key in entry:
                raise RuleError(f'{place}: {key}: only a rule with scope = "section" may have it')
    if scope == "span" and entry.get("protect"):
        raise RuleError(f'{place}: protect: allowed with scope = "block" or "section"')


def _check(entry: Mapping[str, Any], keys: Mapping[str, Key], place: str) -> None:
    _check_keys(entry, keys, place)
    for name, key in keys.items():
        if name not in entry:
            if key.required:
                raise RuleError(f"{place}: {name}: missing; allowed: {key.allowed}")
            continue
        if not key.fits(entry[name]):
            raise RuleError(f"{place}: {name}: found {entry[name]!r}; allowed: {key.allowed}")


def _check_keys(entry: Mapping[str, Any], allowed: Iterable[str], place: str) -> None:
    for key in entry:
        if key not in allowed:
            near = difflib.get_close_matches(key, list(allowed), n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}? " if near else ""
            raise RuleError(f"{place}: unknown key {key!r}; {hint}allowed: {', '.join(allowed)}")


def _optional(entry: Mapping[str, Any], key: str, ignore_case: bool) -> Pattern | None:
    return Pattern(entry[key], ignore_case) if key in entry else None


def check_patterns(rule: Rule, origin: str) -> None:
    """Compiles all patterns of the rule. Raises ``RuleError`` for one that cannot be used."""
    for key, pattern in (("pattern", rule.pattern), ("unless", rule.unless), ("stop", rule.stop)):
        if pattern is None:
            continue
        place = f"{origin}: rule {rule.name.partition('/')[2]}: {key}: found {pattern.pattern!r}"
        try:
            compiled = pattern.compiled()
        except (regex.error, RecursionError, OverflowError) as error:
            raise RuleError(f"{place}, which the regex package refuses: {error}") from None
        if compiled.match(""):
            raise RuleError(f"{place}, which matches empty text; it must need a character")
