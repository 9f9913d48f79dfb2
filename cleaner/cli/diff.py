"""``cleaner diff``: what would go, and why. Changes nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.common import Look, complain, place
from cleaner.cli.patch import NoPatchError, patch
from cleaner.model import Cleaned
from cleaner.reports import json as json_report
from cleaner.reports import terminal
from cleaner.reports.safe import visible
from cleaner.run import Done
from cleaner.sources import Source

#: Columns of output that is not a terminal.
_WIDTH = 120


@click.command("diff")
@options.inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "unified", "json"]),
    default="terminal",
    help="For people, for git apply, or for programs.",
)
@click.option("--stat", is_flag=True, help="One line a document.")
@click.option("--context", type=click.IntRange(0, 1000), help="Lines of context around a change.")
@click.option("--color/--no-color", default=None, help="Colour or not, whatever the output is.")
@options.jobs
@options.configuration
def command(
    inputs: tuple[Path, ...],
    form: str,
    stat: bool,
    context: int | None,
    color: bool | None,
    jobs: int,
    **rest: Any,
) -> None:
    """Show what would be cut from each document, with rule, reason and score; change nothing.

    \b
    Examples:
      cleaner diff corpus/
      cleaner diff corpus/ --stat
      cleaner diff corpus/ --format unified | git apply
    """
    look = Look(inputs, options.config_of(rest), jobs)
    if form == "unified":
        _unified(look, context)
    elif form == "json":
        documents = [
            json_report.document(str(source.path), done.unit.line, cleaned) for source, done, cleaned in _cut(look)
        ]
        click.echo(json_report.dump({"version": json_report.VERSION, "documents": documents}))
    elif stat:
        for source, done, cleaned in _cut(look):
            click.echo(f"{visible(place(source, done))}  {terminal.share(cleaned)}")
    else:
        style = options.styler(color)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
        for source, done, cleaned in _cut(look):
            text = terminal.document(
                place(source, done), cleaned, style, width=width, context=1 if context is None else context
            )
            click.echo(text, color=color)
    if look.failed:
        sys.exit(2)


def _cut(look: Look) -> Iterator[tuple[Source, Done, Cleaned]]:
    """The documents that lose something, or would if no limit held them."""
    for source, units in look.files():
        for done in units:
            cleaned = done.outcome.cleaned
            if cleaned is not None and cleaned.removals:
                yield source, done, cleaned


def _unified(look: Look, context: int | None) -> None:
    out = sys.stdout.buffer
    for source, units in look.files():
        try:
            out.write(patch(source, units, context))
        except NoPatchError as error:
            complain(str(source.path), str(error), warning=True)
