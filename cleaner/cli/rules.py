"""``cleaner rules``: list, explain and test rules, and print the schema of a rule file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner import decisions
from cleaner.cli import options
from cleaner.config import Config
from cleaner.detectors import BUILT_IN
from cleaner.errors import UsageError
from cleaner.examples import failures
from cleaner.packs import DEFAULT, load, names
from cleaner.reports.safe import visible
from cleaner.ruleschema import json_schema
from cleaner.ruleset import Rule, check_patterns
from cleaner.run import rules_of


@click.group("rules")
def command() -> None:
    """List, explain and test rules.

    \b
    Example:
      cleaner rules test my-pack.toml
    """


@command.command("list")
@options.configuration
def list_(**rest: Any) -> None:
    """One line a rule in force: name, evidence, scope, reason.

    \b
    Example:
      cleaner rules list --select newsletter
    """
    for rule in rules_of(options.config_of(rest)):
        click.echo(f"{rule.name:44} {_evidence(rule):>8}  {rule.scope:7}  {visible(rule.reason)}")
    for name, reason in BUILT_IN.items():
        click.echo(f"{name:44} {'':>8}  {'code':7}  {reason}")


@command.command("explain")
@click.argument("name", metavar="ID")
@options.configuration
def explain(name: str, **rest: Any) -> None:
    """All there is to know of one rule.

    \b
    Example:
      cleaner rules explain newsletter/no-spam
    """
    config = options.config_of(rest)
    found = [rule for rule in rules_of(config) if name in (rule.name, rule.name.partition("/")[2])]
    if name in BUILT_IN:
        click.echo(f"{name}: {BUILT_IN[name]} (a detector, see docs/scoring.md)")
    elif not found:
        raise UsageError(f"no rule {name!r} in force; `cleaner rules list` names them")
    for rule in found:
        click.echo(visible(_explained(rule)))


@command.command("test")
@click.argument("packs", nargs=-1, metavar="[PACK…]")
def test(packs: tuple[str, ...]) -> None:
    """Run the remove and keep examples of every rule, of all built-in packs or of those named.

    Without a name, also the keep examples among the decisions of a review, for the rules in force here.

    \b
    Examples:
      cleaner rules test
      cleaner rules test newsletter ./my-pack.toml
    """
    loaded = load(packs or (DEFAULT, *(name for name in names() if "/" in name)), Path.cwd())
    count = 0
    for pack in loaded:
        for rule in pack.rules:
            check_patterns(rule, pack.origin)
            for failure in failures(rule):
                count += 1
                click.echo(f"{pack.origin}: rule {rule.name}: {failure}")
    for failure in () if packs else _reviewed(options.config_here()):
        count += 1
        click.echo(failure)
    rules = sum(len(pack.rules) for pack in loaded)
    click.echo(f"{rules} rules in {len(loaded)} packs, {count} examples failed", err=True)
    sys.exit(1 if count else 0)


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a rule file.

    \b
    Example:
      cleaner rules schema > pack.schema.json
    """
    click.echo(json.dumps(json_schema(), indent=2))


def _reviewed(config: Config) -> Iterator[str]:
    """The keep examples of a review that their rules still hit."""
    if not config.decisions:
        return
    rules = rules_of(config).by_name
    for own in decisions.load(config.base / config.decisions):
        if own.example and own.verdict == "keep" and own.rule in rules:
            for failure in failures(replace(rules[own.rule], remove=(), keep=(own.text,))):
                yield f"{config.decisions}: rule {own.rule}: {failure}"


def _evidence(rule: Rule) -> str:
    return "certain" if rule.certain else "protect" if rule.protect else f"{rule.weight:+.1f}"


def _explained(rule: Rule) -> str:
    rows = {
        "reason": rule.reason,
        "scope": f"{rule.scope}, extent {rule.extent}" if rule.scope == "section" else rule.scope,
        "evidence": f"{_evidence(rule)} (a block goes at {Config().threshold:g})",
        "pattern": rule.source,
        "unless": rule.unless.pattern if rule.unless else None,
        "stop": rule.stop.pattern if rule.stop else None,
        "words": f"{rule.min_words} to {rule.max_words}",
        "position": rule.position,
        "kinds": ", ".join(sorted(rule.kinds)),
        "sites": ", ".join(rule.sites),
        "languages": ", ".join(rule.languages),
        "pack": rule.pack,
    }
    lines = [rule.name, *(f"  {key}: {value}" for key, value in rows.items() if value)]
    lines += [f"  removes: {text}" for text in rule.remove] + [f"  keeps: {text}" for text in rule.keep]
    return "\n".join(lines)
