"""``cleaner check``: findings by line, for hooks and continuous integration."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.clean import run
from cleaner.cli.common import Look, complain
from cleaner.config import Config
from cleaner.reports import findings
from cleaner.sites.template import Templates
from cleaner.sources import Source
from cleaner.writing import Tally

_FORMATS: dict[str, Callable[[findings.Found], str]] = {
    "text": findings.as_text,
    "json": findings.as_json,
    "github": findings.as_github,
}


@click.command("check")
@options.inputs
@click.option("--fix", is_flag=True, help="Remove what is found, in place; `cleaner restore` undoes it.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", help="How findings are shown.")
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], fix: bool, form: str, jobs: int, **rest: Any) -> None:
    """List what would be cut, a line a finding; exit 1 if there is any.

    \b
    Examples:
      cleaner check corpus/
      cleaner check --fix changed.md other.txt
      cleaner check corpus/ --format github
    """
    config = options.config_of(rest)
    look = Look(inputs, config, jobs)
    found_: list[findings.Found] = []
    fixable: list[Source] = []
    for source, units in look.files():
        before = len(found_)
        for done in units:
            if done.outcome.cleaned is not None:
                found_ += findings.findings(str(source.path), done.unit.line, done.outcome.cleaned)
        if len(found_) > before:
            fixable.append(source)
    if form == "json":
        click.echo("[" + ",\n ".join(map(_FORMATS[form], found_)) + "]")
    else:
        for one in found_:
            click.echo(_FORMATS[form](one))
    failed = fix and _fix(fixable, config, jobs, look.stages)
    if look.failed or failed:
        sys.exit(2)
    left = any(source.reader.output_suffix is not None for source in fixable) if fix else found_ != []
    sys.exit(1 if left else 0)


def _fix(sources: list[Source], config: Config, jobs: int, stages: Sequence[Templates]) -> bool:
    """Cleans in place what can be, which HTML cannot; True if a file failed."""
    tally = Tally()
    editable = [source for source in sources if source.reader.output_suffix is None]
    run(editable, config, None, jobs, tally, stages)
    for place, reason in tally.failed:
        complain(place, reason)
    return bool(tally.failed)
