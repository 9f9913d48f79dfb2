"""``cleaner duplicates``: clusters of near-duplicate documents. Changes nothing."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.common import complain, found
from cleaner.config import Config
from cleaner.duplicates import Found, find
from cleaner.errors import UsageError
from cleaner.files import replace
from cleaner.indexed import stages_of
from cleaner.indexsketches import Sketchbook, sketchbook
from cleaner.reports import duplicates as report
from cleaner.reports.json import VERSION, dump
from cleaner.run import work_of
from cleaner.sources import Source
from cleaner.work import Work


@click.command("duplicates")
@options.inputs
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the clusters there, as JSON Lines.")
@click.option("--force", is_flag=True, help="Overwrite OUTPUT.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How clusters are shown.")
@options.duplicate_threshold("--threshold")
@options.memory
@options.jobs
@options.configuration_but_threshold
def command(
    inputs: tuple[Path, ...], output: Path | None, force: bool, form: str, memory: int, jobs: int, **rest: Any
) -> None:
    """List clusters of near-duplicate documents, judged by their cleaned text; change nothing.

    The first of a cluster is the longest; the others are near copies of it, by the Jaccard index of their
    five-word shingles. `cleaner clean --drop-duplicates` leaves those out.

    \b
    Examples:
      cleaner duplicates corpus/
      cleaner duplicates posts.jsonl --threshold 0.9 -o clusters.jsonl
    """
    config = options.config_of(rest)
    if output is not None and output.exists() and not force:
        raise UsageError(f"output {output} is there already; --force overwrites it")
    started = time.monotonic()
    files = found(inputs, config)
    stages = stages_of(files.sources, config, jobs)
    with sketchbook(config, stages) as book:
        size = sum(source.size for source in files.sources if not book.knows(source))
        work = work_of(config, size, every_document=True, stages=stages)
        result = look(files.sources, config, jobs, memory, work, book)
    for place, reason in result.failed:
        complain(place, reason)
    if output is not None:
        replace(output, (dump(report.as_json(cluster)).encode() + b"\n" for cluster in result.clusters))
    elif form == "json":
        shown = [report.as_json(cluster) for cluster in result.clusters]
        click.echo(dump({"version": VERSION, "clusters": shown}))
    else:
        for cluster in result.clusters:
            click.echo(report.as_text(cluster))
    counts = f"{len(result.clusters)} clusters, {len(result.copies())} near copies"
    click.echo(f"{result.documents} documents: {counts}, in {time.monotonic() - started:.1f} s", err=True)
    if result.failed or any(skipped.error for skipped in files.skipped):
        sys.exit(2)


def look(sources: list[Source], config: Config, jobs: int, memory: int, work: Work, book: Sketchbook) -> Found:
    """The clusters among the sources, with a progress bar. Raises ``UsageError`` without room for temporary files."""
    with click.progressbar(
        length=sum(source.size for source in sources),
        label="looking for copies",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        try:
            return find(sources, config, jobs, memory, work, book, bar.update)
        except OSError as error:
            folder = tempfile.gettempdir()
            raise UsageError(
                f"temporary files in {folder}: {error.strerror or error}; TMPDIR names another folder"
            ) from None
