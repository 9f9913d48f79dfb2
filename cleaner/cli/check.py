"""``cleaner check``: findings by line, for hooks and continuous integration."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.clean import run
from cleaner.cli.common import Look, complain, found
from cleaner.config import Config
from cleaner.reports import findings
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
    fixable: list[Path] = []
    for source, units in look.files():
        before = len(found_)
        for done in units:
            if done.outcome.cleaned is not None:
                found_ += findings.findings(str(source.path), done.unit.line, done.outcome.cleaned)
        if len(found_) > before and source.reader.output_suffix is None:
            fixable.append(source.path)
    if form == "json":
        click.echo("[" + ",\n ".join(map(_FORMATS[form], found_)) + "]")
    else:
        for one in found_:
            click.echo(_FORMATS[form](one))
    left = _fix(inputs, config, jobs) if fix and fixable else found_ != []
    if look.failed:
        sys.exit(2)
    sys.exit(1 if left else 0)


def _fix(inputs: tuple[Path, ...], config: Config, jobs: int) -> bool:
    """Cleans in place what can be; True if findings are left."""
    tally = Tally()
    sources = found(inputs, config).sources
    editable = [source for source in sources if source.reader.output_suffix is None]
    run(editable, config, None, jobs, tally)
    for place, reason in tally.failed:
        complain(place, reason)
    return len(editable) < len(sources)
