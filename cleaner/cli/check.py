"""``cleaner check``: findings by line, for hooks and continuous integration."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner import baseline
from cleaner.cli import options
from cleaner.cli.common import Look, complain
from cleaner.fingerprint import Key
from cleaner.reports import findings
from cleaner.reports.markdown import as_markdown
from cleaner.reports.sarif import as_sarif
from cleaner.run import Done
from cleaner.sources import Source

if TYPE_CHECKING:
    from cleaner.cli.changes import Changes

_FORMATS: dict[str, Callable[[Sequence[findings.Found]], str]] = {
    "text": findings.as_text,
    "json": findings.as_json,
    "sarif": as_sarif,
    "github": findings.as_github,
    "markdown": as_markdown,
}


@click.command("check")
@options.some_inputs
@click.option("--fix", is_flag=True, help="Remove what is found, in place; `cleaner restore` undoes it.")
@click.option("--alone", is_flag=True, help="Judge each document by itself and the index, not by the others given.")
@click.option("--since", metavar="REV", help="Only lines that git has as changed since this revision.")
@click.option("--baseline/--no-baseline", "heeds", default=True, help="Pass over the findings known to the baseline.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", help="How findings are shown.")
@options.jobs
@options.configuration
def command(
    inputs: tuple[Path, ...], fix: bool, alone: bool, since: str | None, heeds: bool, form: str, jobs: int, **rest: Any
) -> None:
    """List what would be cut, a line a finding; exit 1 if there is any.

    With --since, INPUT may be left out: all files that changed are looked at.

    \b
    Examples:
      cleaner check corpus/
      cleaner check --fix changed.md other.txt
      cleaner check --since origin/main
      cleaner check corpus/ --format github
    """
    if fix and since:
        raise click.UsageError("--fix cuts in whole files; leave --since out")
    config = options.config_of(rest)
    lines = _changes(since) if since else None
    if not (inputs or lines):
        raise click.UsageError("Missing argument 'INPUT…'.")
    look = Look(lines.files(inputs) if lines else inputs, config, jobs, learns=not alone)
    by_source = {source: list(_of(source, units)) for source, units in look.files()}
    if lines:
        by_source = {source: lines.among(source, own) for source, own in by_source.items()}
    known: dict[Source, frozenset[Key]] = {}
    if heeds and config.baseline and any(by_source.values()):
        book = baseline.load(config.base / config.baseline)
        for source, own in by_source.items():
            old = {one: entry.key for one in own if book.knows(entry := book.entry(one))}
            by_source[source] = [one for one in own if one not in old]
            known[source] = frozenset(old.values())
    fixable = [source for source, own in by_source.items() if own]
    found_ = [one for own in by_source.values() for one in own]
    if text := _FORMATS[form](found_):
        click.echo(text.removesuffix("\n"))
    if fix:
        from cleaner.cli.fixing import cut  # what writes files is not needed to look at them

        look.failed |= not cut(fixable, config, jobs, look.stages, known)
    if look.failed:
        sys.exit(2)
    left = any(source.reader.output_suffix is not None for source in fixable) if fix else found_ != []
    sys.exit(1 if left else 0)


def _changes(since: str) -> Changes:
    from cleaner.cli.changes import Changes  # a hook asks git nothing

    return Changes(since)


def _of(source: Source, units: Iterator[Done]) -> Iterator[findings.Found]:
    """The findings of a file; marks in it that keep nothing are said on stderr."""
    for done in units:
        if done.outcome.cleaned is not None:
            for line in done.outcome.cleaned.idle_marks:
                complain(f"{source.path}:{line}", "this mark keeps nothing that would go; remove it", warning=True)
            yield from findings.findings(str(source.path), done.unit.line, done.outcome.cleaned)
