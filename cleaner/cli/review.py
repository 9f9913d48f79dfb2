"""``cleaner review``: the report on this machine, with buttons; what is decided is written down at once."""

from __future__ import annotations

import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.looking import Looking
from cleaner.errors import UsageError
from cleaner.reporting import ReportFolder
from cleaner.reviewing import Book, Server


@click.command("review")
@options.inputs
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Listen here; default: any free port.")
@click.option("--open/--no-open", "browser", default=None, help="Open a browser; default: from a terminal.")
@options.filters
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], port: int, browser: bool | None, jobs: int, **rest: Any) -> None:
    """Accept and reject removals in a browser; clean, diff and check heed what was decided.

    Decisions go into the configuration's `decisions` file, cleaner.decisions.toml unless it says otherwise, at once.
    Stop it with Ctrl-C whenever you like.

    \b
    Examples:
      cleaner review corpus/
      cleaner review corpus/ --below 6
    """
    config = options.config_of(rest)
    if not config.decisions:
        raise UsageError('decisions = "" in the configuration: there is no file to write decisions to')
    # earlier decisions are shown as such, not heeded: what was rejected can be looked at again
    looking = Looking(inputs, replace(config, decisions=""), jobs, options.filter_of(rest))
    book = Book(config.base / config.decisions)
    book.decided()  # a file that cannot be read is an error now, not at the first click
    with tempfile.TemporaryDirectory(prefix="cleaner-review-") as name:
        folder = ReportFolder(Path(name), looking.title, review=True)
        for seen in looking:
            if own := folder.add(seen):
                book.add(own)
        folder.close(looking.passed_over)
        with Server(Path(name), book, port) as server:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the pages' folder goes too
            click.echo(server.address)
            click.echo(f"Decisions go into {book.path}; Ctrl-C ends the review.", err=True)
            if sys.stdout.isatty() if browser is None else browser:
                click.launch(server.address)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                click.echo("The review is over; everything decided is on file.", err=True)
