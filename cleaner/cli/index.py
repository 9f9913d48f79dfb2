"""``cleaner index``: what the corpus has in common, kept in a file, so that one page alone can be looked at."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.common import complain, found
from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.index import schema
from cleaner.index.sketches import check
from cleaner.index.store import Store
from cleaner.indexed import checked, path_of
from cleaner.indexfiles import build_in, differences, roots_of
from cleaner.indexing import Changes, update_in
from cleaner.reports.safe import visible
from cleaner.sources import Inputs

#: Places that are listed, and signatures that are made anew: half a second of them.
_MOST_LISTED, _MOST_SIGNED = 20, 1_000


@click.group("index")
def command() -> None:
    """Keep what the pages of each site share, so that `check` knows it of a single page.

    \b
    Example:
      cleaner index build corpus/
    """


@command.command("build")
@options.inputs
@options.jobs
@options.configuration
def build(inputs: tuple[Path, ...], jobs: int, **rest: Any) -> None:
    """Make the index of the inputs anew, whatever there was.

    \b
    Example:
      cleaner index build corpus/
    """
    config = options.config_of(rest)
    path = _path(config)
    files = found(inputs, config)
    with build_in(path, config) as store:
        changes = update_in(store, inputs, files.sources, config, jobs)
        _say(path, store, changes)
    _end(files, changes)


@command.command("update")
@options.some_inputs
@options.jobs
@options.configuration
def update(inputs: tuple[Path, ...], jobs: int, **rest: Any) -> None:
    """Bring the index up to date: files that came, changed or went, and the sites they are of.

    INPUT is added to what the index is of; without it, all of that is looked at.

    \b
    Examples:
      cleaner index update
      cleaner index update more-pages/
    """
    config = options.config_of(rest)
    with _opened(config, to_write=True) as store:
        store.begin()
        roots = roots_of(store, inputs)
        files = found(roots, config)
        changes = update_in(store, roots, files.sources, config, jobs)
        _say(store.path, store, changes)
    _end(files, changes)


@command.command("status")
@options.configuration
def status(**rest: Any) -> None:
    """Say what the index holds, how old it is, and what changed since; exit 1 if anything did.

    \b
    Example:
      cleaner index status
    """
    config = options.config_of(rest)
    with _opened(config, to_write=False) as store:
        header = store.header()
        click.echo(f"{visible(os.path.relpath(store.path))}: {store.path.stat().st_size / 1e6:.1f} MB")
        click.echo(_totals(store))
        updated = header.get("updated", "")
        click.echo(f"brought up to date {_age(time.time() - int(updated)) if updated.isdigit() else 'never'}")
        _compare(store, config, by_digest=False)


@command.command("verify")
@options.configuration
def verify(**rest: Any) -> None:
    """Check the file of the index, and every file of the corpus against it, by digest; exit 1 if they differ.

    A sample of the signatures in it, another one each time, is made anew with datasketch.

    \b
    Example:
      cleaner index verify
    """
    config = options.config_of(rest)
    with _opened(config, to_write=False) as store:
        wrong = store.integrity()
        if wrong:
            raise UsageError(f"index {store.path} is damaged: {wrong}; `cleaner index build INPUT…` makes it anew")
        click.echo(f"surveys and templates that can be read: {store.check_values()}")
        click.echo(f"signatures that are as datasketch makes them: {check(store.some_sketches(_MOST_SIGNED))}")
        _compare(store, config, by_digest=True)


def _compare(store: Store, config: Config, *, by_digest: bool) -> None:
    """Lists what changed among the files since the index read them; exits with 1 if anything did."""
    files = found(roots_of(store, ()), config)
    lines = _listed(differences(store, files.sources, by_digest=by_digest))
    click.echo("\n".join(lines or ["every file is as indexed" if by_digest else "nothing changed since"]))
    if lines:
        sys.exit(1)


def _path(config: Config) -> Path:
    path = path_of(config)
    if path is None:
        raise UsageError(f'index = "" ({config.origins.get("index")}) says that there is none; name a file there')
    return path


def _opened(config: Config, *, to_write: bool) -> Store:
    path = _path(config)
    if not path.exists():
        raise UsageError(f"index {path} is not there; `cleaner index build INPUT…` makes it")
    store = Store(path, schema.open_to_write(path) if to_write else schema.open_to_read(path))
    with ExitStack() as stack:
        stack.enter_context(store)
        checked(store, config)
        stack.pop_all()
    return store


def _say(path: Path, store: Store, changes: Changes) -> None:
    click.echo(
        f"{visible(os.path.relpath(path))}: {_totals(store)}; files: "
        f"{changes.added} new, {changes.changed} changed, {changes.removed} gone, {changes.unchanged} as before",
        err=True,
    )


def _totals(store: Store) -> str:
    documents, sites, known = store.totals()
    return f"{_count(documents, 'document')}, {_count(sites, 'site')}, {known} with a template"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _end(files: Inputs, changes: Changes) -> None:
    for place, reason in changes.failed:
        complain(place, reason)
    if changes.failed or any(skipped.error for skipped in files.skipped):
        sys.exit(2)


def _listed(found: Sequence[tuple[str, str]]) -> list[str]:
    lines = [f"{what}: {visible(path)}" for what, path in found[:_MOST_LISTED]]
    more = len(found) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def _age(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{_count(int(seconds // size), unit)} ago"
    return "less than a minute ago"
