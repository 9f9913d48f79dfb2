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
from cleaner.cli.paging import show
from cleaner.cli.patch import NoPatchError, patch
from cleaner.model import Cleaned
from cleaner.reports import json as json_report
from cleaner.reports import terminal
from cleaner.reports.counts import Counts, table
from cleaner.reports.filter import Filter, doubt
from cleaner.reports.safe import visible
from cleaner.run import Done
from cleaner.sources import Source

#: Columns of output that is not a terminal.
_WIDTH = 100


@click.command("diff")
@options.inputs
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "unified", "json"]),
    default="terminal",
    help="For people, for git apply, or for programs.",
)
@click.option("--stat", is_flag=True, help="One line a document, then a table by category and by rule.")
@click.option("--context", type=click.IntRange(0, 1000), help="Lines of context around a change.")
@click.option("--word-diff", "words", is_flag=True, help="Mark cuts inside a line in their line.")
@click.option("--width", type=click.IntRange(40, 1000), help="Columns; default: the terminal's, else 100.")
@click.option("--color/--no-color", default=None, help="Colour or not, whatever the output is.")
@click.option("--pager/--no-pager", default=True, help="Page long output on a terminal, as is the default.")
@options.filters
@options.jobs
@options.configuration
def command(
    inputs: tuple[Path, ...],
    form: str,
    stat: bool,
    context: int | None,
    words: bool,
    width: int | None,
    color: bool | None,
    pager: bool,
    jobs: int,
    **rest: Any,
) -> None:
    """Show what would be cut from each document, with rule, reason and score; change nothing.

    \b
    Examples:
      cleaner diff corpus/
      cleaner diff corpus/ --below 6 --category promotion
      cleaner diff corpus/ --stat
      cleaner diff corpus/ --format unified | git apply
    """
    chosen = options.filter_of(rest)
    look = Look(inputs, options.config_of(rest), jobs)
    if form == "unified":
        _unified(look, context, chosen)
    elif form == "json":
        documents = [
            json_report.document(str(source.path), done.unit.line, cleaned)
            for source, done, cleaned in _cut(look, chosen)
        ]
        click.echo(json_report.dump({"version": json_report.VERSION, "documents": documents}))
    elif stat:
        show(_stat(look, chosen), color=color, pager=pager)
    else:
        width = width or (shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH)
        style = options.styler(color)
        parts = (
            terminal.document(
                place(source, done),
                cleaned,
                style,
                width=width,
                context=1 if context is None else context,
                words=words,
            )
            for source, done, cleaned in _cut(look, chosen)
        )
        show(parts, color=color, pager=pager)
    if look.failed:
        sys.exit(2)


def _cut(look: Look, chosen: Filter) -> Iterator[tuple[Source, Done, Cleaned]]:
    """The documents that lose something, or would if no limit held them; where doubt is asked for, by it."""
    found = _documents(look, chosen)
    return found if chosen.below is None else iter(sorted(found, key=lambda entry: doubt(entry[2])))


def _documents(look: Look, chosen: Filter) -> Iterator[tuple[Source, Done, Cleaned]]:
    is_empty = True
    for source, units in look.files():
        for done in units:
            cleaned = done.outcome.cleaned
            if cleaned is not None and (cleaned := chosen.of(cleaned)).removals:
                is_empty = False
                yield source, done, cleaned
    if chosen and is_empty:
        click.echo("cleaner: nothing that goes fits --category, --rule and --below", err=True)


def _stat(look: Look, chosen: Filter) -> Iterator[str]:
    counts = Counts()
    for source, done, cleaned in _cut(look, chosen):
        counts.add(cleaned)
        yield f"{visible(place(source, done))}  {terminal.share(cleaned)}"
    if counts.removals:
        yield "\n" + table(counts)


def _unified(look: Look, context: int | None, chosen: Filter) -> None:
    out = sys.stdout.buffer
    for source, units in look.files():
        try:
            out.write(patch(source, units, context, chosen))
        except NoPatchError as error:
            complain(str(source.path), str(error), warning=True)
