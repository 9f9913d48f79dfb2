"""``cleaner baseline``: today's findings are known, so that only new ones stop a commit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cleaner import baseline
from cleaner.cli import options
from cleaner.cli.common import Look
from cleaner.errors import UsageError
from cleaner.reports import findings


@click.command("baseline")
@options.inputs
@click.option("--prune", is_flag=True, help="Drop entries that are found no more; add none.")
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], prune: bool, jobs: int, **rest: Any) -> None:
    """Record what `cleaner check` finds today, so that it passes over it from now on.

    Give the whole corpus. An entry is a file, a rule and a hash of the words it found, and stays good when lines or
    files move. Entries that are found no more are listed.

    \b
    Examples:
      cleaner baseline corpus/
      cleaner baseline corpus/ --prune
    """
    config = options.config_of(rest)
    if not config.baseline:
        raise UsageError(f'baseline = "" ({config.origins.get("baseline")}) says that there is none; name a file there')
    path = config.base / config.baseline
    before = baseline.load(path)
    look = Look(inputs, config, jobs)
    found = [
        one
        for source, units in look.files()
        for done in units
        if done.outcome.cleaned is not None
        for one in findings.findings(str(source.path), done.unit.line, done.outcome.cleaned)
    ]
    today = {before.entry(one) for one in found}
    keys = {own.key for own in today}
    gone = sorted(
        own for own in before.entries.keys() - today if own.key not in keys or (path.parent / own.file).exists()
    )
    for own in gone:
        click.echo(f'{own.file}: {own.rule}: not found: "{before.entries[own]}"')
    if prune and look.failed:
        raise UsageError("nothing is dropped: what could not be read may hold what was not found")
    after = before.with_today(found, prune=prune)
    if after.entries != before.entries or not path.exists():
        after.save()
    new = sum(not before.knows(own) for own in today)
    what = f"{len(gone)} dropped" if prune else f"{new} new, {len(gone)} not found" + " (see --prune)" * bool(gone)
    click.echo(f"{path}: {len(after.entries)} findings known, {what}", err=True)
    if look.failed:
        sys.exit(2)
