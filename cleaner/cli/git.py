"""``cleaner git``: drivers with which git shows, and on request keeps, cleaned text."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.attributes import Scope, install, installed, lines, uninstall
from cleaner.cli.common import complain
from cleaner.config import find, load
from cleaner.errors import CleanerError, UsageError
from cleaner.pktline import serve

if TYPE_CHECKING:
    from cleaner.driver import Driver

_everywhere = click.option(
    "--global", "everywhere", is_flag=True, help="For all of your repositories, not for this one alone."
)


@click.group("git")
def command() -> None:
    """Let git show cleaned text in diffs, and keep the index clean if you wish.

    \b
    Examples:
      cleaner git install
      git log -p -- corpus/
      cleaner git uninstall
    """


@command.command("install")
@click.option("--filter", "filters", is_flag=True, help="Also clean what `git add` takes, file by file.")
@click.option("--dry-run", "-n", is_flag=True, help="Only print what would be written.")
@_everywhere
def install_(filters: bool, dry_run: bool, everywhere: bool) -> None:
    """Set up the diff driver; with --filter the clean filter, too. Prints the attributes before it writes them.

    \b
    Examples:
      cleaner git install
      cleaner git install --filter
    """
    scope = Scope(everywhere)
    click.echo(f"{scope.attributes}:")
    click.echo("\n".join(f"  {line}" for line in lines(filters=filters)))
    if not dry_run:
        install(scope, filters=filters)


@command.command("uninstall")
@_everywhere
def uninstall_(everywhere: bool) -> None:
    """Take the drivers and their attributes out again.

    \b
    Example:
      cleaner git uninstall
    """
    uninstall(Scope(everywhere))


@command.command("status")
@_everywhere
def status(everywhere: bool) -> None:
    """Say what is installed.

    \b
    Example:
      cleaner git status
    """
    scope = Scope(everywhere)
    for name, key in (("diff", "diff.cleaner.textconv"), ("filter", "filter.cleaner.process")):
        click.echo(f"{name}: {scope.get(key) or 'not installed'}")
    click.echo(f"{scope.attributes}: {len(installed(scope.attributes))} lines of ours")


@command.command("textconv", hidden=True)
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def textconv(path: Path) -> None:
    """What git calls for a diff: prints a file cleaned. Where that cannot be, git gets a diff of it as it is."""
    raw = path.read_bytes()
    try:
        shown = _driver().converted(raw, path.name)
    except CleanerError as error:
        complain(path.name, f"shown as it is: {error}", warning=True)
        shown = raw
    sys.stdout.buffer.write(shown)


@command.command("filter", hidden=True)
def filter_() -> None:
    """What git calls to clean files that it adds, through packets on stdin and stdout."""
    try:
        serve(lambda raw, name: _driver().filtered(raw, name), sys.stdin.buffer, sys.stdout.buffer)
    except (ValueError, EOFError) as error:
        raise UsageError(f"git filter: {error}") from None


@cache
def _driver() -> Driver:
    """Made when the first file comes: a checkout has nothing to clean."""
    from cleaner.driver import Driver

    return Driver(
        load(find(Path.cwd())), lambda place, reason: complain(place, f"left as it is: {reason}", warning=True)
    )
