"""Rule packs by name or path → the rule set in force.

A pack from elsewhere is hostile data: it is parsed in a child process under a wall-clock limit first, since
compiling a pattern has no limit of its own.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import multiprocessing
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cleaner.detectors import BUILT_IN
from cleaner.errors import ConfigError, RuleError
from cleaner.rulecache import RuleCache
from cleaner.ruleschema import CATEGORIES
from cleaner.ruleset import Pack, RuleSet, build, pack_of, parse, table_of

#: All built-in packs that are not for single sites.
DEFAULT = "default"
#: Seconds that the patterns of one pack from elsewhere may take to compile.
_COMPILE_LIMIT = 10.0


@cache
def folder() -> Path:
    """Where the built-in packs lie: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def names() -> list[str]:
    """The names of the built-in packs, site packs too."""
    base = folder()
    return sorted(path.relative_to(base).with_suffix("").as_posix() for path in base.rglob("*.toml"))


def load(wanted: Sequence[str], base: Path) -> list[Pack]:
    """The packs by name or, with ``/`` at the start, ``./`` or ``.toml``, by path from ``base``.

    Raises ``RuleError``.
    """
    packs: dict[str, Pack] = {}
    for name in wanted:
        if name == DEFAULT:
            packs |= {plain: _built_in(plain) for plain in names() if "/" not in plain}
        elif is_path(name):
            path = base / name
            packs[str(path)] = _from_elsewhere(path)
        elif name in names():
            packs[name] = _built_in(name)
        else:
            near = difflib.get_close_matches(name, names(), n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise RuleError(f"no rule pack {name!r}; {hint}allowed: {DEFAULT}, {', '.join(names())}, or a path")
    return list(packs.values())


def is_path(name: str) -> bool:
    """True if the name of a pack is a path to one."""
    return name.endswith(".toml") or name.startswith(("/", "./", "../"))


@cache
def _built_in(name: str) -> Pack:
    return pack_of(_tables()[name], f"rules/{name}.toml", trusted=True)


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    """The built-in packs as tables; kept in the cache, for reading them as TOML takes ten times as long as as JSON."""
    sources = {name: (folder() / f"{name}.toml").read_text(encoding="utf-8") for name in names()}
    key = hashlib.sha256("\0".join([*sources, *sources.values()]).encode()).hexdigest() + ".packs"
    cached = RuleCache().get(key)
    if cached:
        kept: dict[str, dict[str, Any]] = json.loads(cached)
        return kept
    tables = {name: table_of(source, f"rules/{name}.toml") for name, source in sources.items()}
    RuleCache().put(key, json.dumps(tables).encode())
    return tables


def _from_elsewhere(path: Path) -> Pack:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read: {error}") from None
    child = multiprocessing.Process(target=_try, args=(source, str(path)), daemon=True)
    child.start()
    child.join(_COMPILE_LIMIT)
    if child.is_alive():
        child.kill()
        child.join()
        raise RuleError(f"{path}: its patterns take over {_COMPILE_LIMIT:g} s to compile; simplify them")
    if child.exitcode:
        raise RuleError(f"{path}: compiling its patterns ended a process with status {child.exitcode}; simplify them")
    return parse(source, str(path))


def _try(source: str, origin: str) -> None:
    try:
        parse(source, origin)
    except RuleError:
        return  # the parent parses again and reports it


def choose(packs: Sequence[Pack], select: Sequence[str], ignore: Sequence[str], languages: Sequence[str]) -> RuleSet:
    """The rules of the packs that languages, ``select`` and ``ignore`` leave. Raises ``ConfigError``."""
    everything = build(packs)
    known = {*CATEGORIES, *everything.by_name, *BUILT_IN}
    for key, entries in (("select", select), ("ignore", ignore)):
        for entry in entries:
            if entry not in known:
                near = difflib.get_close_matches(entry, sorted(known), n=1)
                hint = f"; did you mean {near[0]}?" if near else ";"
                raise ConfigError(
                    f"{key}: found {entry!r}{hint} allowed: a category ({', '.join(CATEGORIES)}) "
                    "or a rule as `cleaner rules list` names it"
                )
    return RuleSet(
        tuple(
            rule
            for rule in everything
            if is_chosen(rule.name, select, ignore)
            and (not languages or not rule.languages or not set(languages).isdisjoint(rule.languages))
        )
    )


def is_chosen(name: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """True if ``select`` names the rule or its category, or is empty, and ``ignore`` names neither."""
    both = {name, name.split("/")[0]}
    return (not select or not both.isdisjoint(select)) and both.isdisjoint(ignore)
