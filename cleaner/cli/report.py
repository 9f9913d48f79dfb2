"""``cleaner report``: everything that goes, and why, as a static site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.looking import Looking
from cleaner.errors import UsageError
from cleaner.reporting import ReportFolder


@click.command("report")
@options.inputs
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write the report to.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@options.filters
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], output: Path, force: bool, jobs: int, **rest: Any) -> None:
    """Write a report that a browser opens as it is: no server, no network.

    An INPUT that `cleaner clean` wrote is shown as its ledger has it; any other is looked at anew, and nothing in it
    is changed.

    \b
    Examples:
      cleaner report corpus/ -o report/
      cleaner report out/ -o report/
      cleaner report corpus/ -o doubtful/ --below 6
    """
    config = options.config_of(rest)
    if output.exists() and not output.is_dir():
        raise UsageError(f"output {output} is not a folder")
    if output.is_dir() and any(output.iterdir()) and not force:
        raise UsageError(f"output {output} is not empty; --force writes into it")
    started = time.monotonic()
    looking = Looking(inputs, config, jobs, options.filter_of(rest))
    folder = ReportFolder(output, looking.title)
    count = 0
    for seen in looking:
        folder.add(seen)
        count += 1
    folder.close(looking.passed_over)
    click.echo(f"{count} documents in {time.monotonic() - started:.1f} s: {output / 'index.html'}", err=True)
    if looking.failed:
        sys.exit(2)
