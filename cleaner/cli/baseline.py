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
from cleaner.fingerprint import Key
from cleaner.reports import findings


@click.command("baseline")
@options.inputs
@click.option("--prune", is_flag=True, help="Drop entries that are found no more; add none.")
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], prune: bool, jobs: int, **rest: Any) -> None:
    """Record what `cleaner check` finds today, so that it passes over it from now on.

    Give the whole corpus. An entry is a rule and a hash of the words it found, so it stays good when lines or files
    move. Entries that are found no more are listed.

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
    today: dict[Key, str] = {}
    for source, units in look.files():
        for done in units:
            if done.outcome.cleaned is not None:
                today |= baseline.entries(findings.findings(str(source.path), done.unit.line, done.outcome.cleaned))
    gone = before.keys() - today.keys()
    new = today.keys() - before.keys()
    for rule, mark in sorted(gone):
        click.echo(f'{rule} {mark}: not found: "{before[rule, mark]}"')
    if prune and look.failed:
        raise UsageError("nothing is dropped: what could not be read may hold what was not found")
    after = {own: text for own, text in before.items() if own in today} if prune else before | today
    if after != before or not path.exists():
        baseline.save(path, after)
    what = f"{len(gone)} dropped" if prune else f"{len(new)} new, {len(gone)} not found" + " (see --prune)" * bool(gone)
    click.echo(f"{path}: {len(after)} findings known, {what}", err=True)
    if look.failed:
        sys.exit(2)
