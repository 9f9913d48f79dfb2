"""``cleaner clean``: the corpus, clean, with a ledger."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner import ledger
from cleaner.cli import options
from cleaner.cli.common import complain, found
from cleaner.cli.duplicates import look
from cleaner.config import Config
from cleaner.duplicates import Drops
from cleaner.errors import UsageError
from cleaner.indexed import stages_of
from cleaner.indexsketches import sketchbook
from cleaner.reports.summary import summary
from cleaner.run import outcomes, stamp, work_of
from cleaner.sources import Source, refuse_collisions
from cleaner.work import Work
from cleaner.writing import Tally, Writing


@click.command("clean")
@options.inputs
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write the cleaned tree to.")
@click.option("--in-place", is_flag=True, help="Replace the files themselves; `cleaner restore` undoes it.")
@click.option("--force", is_flag=True, help="Overwrite what the output folder already holds.")
@click.option("--drop-duplicates/--keep-duplicates", default=None, help="Leave out near copies of other documents.")
@options.duplicate_threshold("--duplicate-threshold")
@options.memory
@options.jobs
@options.configuration
def command(
    inputs: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    force: bool,
    memory: int,
    jobs: int,
    **rest: Any,
) -> None:
    """Clean files and folders of text, markdown, HTML and JSONL, each also as .gz and .zst.

    Writes the same tree under OUTPUT, with the ledger in OUTPUT/.cleaner. Of HTML the extracted text is
    written, as .txt; the page is never touched.

    \b
    Examples:
      cleaner clean corpus/ -o out/
      cleaner clean posts.jsonl.gz --text-field body -o out/
      cleaner clean notes/ --in-place
    """
    if (output is None) == (not in_place):
        raise click.UsageError("give either -o OUTPUT or --in-place")
    config = options.config_of(rest)
    if output is not None:
        _check_output(output, inputs, force)
    started = time.monotonic()
    files = found(inputs, config)
    sources = files.sources
    if output is not None:
        refuse_collisions(sources)
    tally = Tally()
    if in_place:
        sources = [source for source in sources if _is_editable(source, tally)]
    stages = stages_of(sources, config, jobs)
    size = sum(source.size for source in sources)
    work = work_of(config, size, every_document=config.drop_duplicates, stages=stages)
    drops = None
    if config.drop_duplicates:
        with sketchbook(config, stages) as book:
            drops = look(sources, config, jobs, memory, work, book).copies()
    run(sources, config, output, jobs, tally, work, drops)
    for place, reason in tally.spared:
        complain(place, f"{reason}; left there, since no file is deleted in place", warning=True)
    for place, reason in tally.failed:
        complain(place, reason)
    passed_over = [(skipped.place, skipped.reason) for skipped in files.skipped]
    text = summary(
        cleaned=tally.cleaned,
        unchanged=tally.unchanged,
        characters=tally.characters,
        dropped=tally.dropped,
        removed=tally.removed,
        held=tally.held,
        failed=len(tally.failed),
        passed_over=len(passed_over),
        seconds=time.monotonic() - started,
    )
    click.echo(text, err=True)
    if tally.failed or any(skipped.error for skipped in files.skipped):
        sys.exit(2)


def run(
    sources: Sequence[Source],
    config: Config,
    output: Path | None,
    jobs: int,
    tally: Tally,
    work: Work,
    drops: Drops | None = None,
) -> None:
    """Cleans the sources into ``output``, or in place, one ledger a tree.

    ``drops`` are left out.
    """
    total = sum(source.size for source in sources)
    with ExitStack() as stack:
        books: dict[Path, ledger.Writer] = {}
        bar = stack.enter_context(
            click.progressbar(length=total, label="cleaning", file=sys.stderr, hidden=not sys.stderr.isatty())
        )
        header = stamp(config)
        if output is not None:
            books[output] = stack.enter_context(_opened(output, header))
        for source, events in outcomes(sources, config, jobs, work=work):
            tree = output or source.root
            if tree not in books:
                books[tree] = stack.enter_context(ledger.Writer(tree, header))
            Writing(output, books[tree], tally, drops).write(source, events)
            bar.update(source.size)


def _opened(output: Path, header: dict[str, Any]) -> ledger.Writer:
    """The ledger of an output folder, which is there even if nothing goes. Raises ``UsageError``."""
    book = ledger.Writer(output, header)
    try:
        book.begin()
        book.commit()
    except OSError as error:
        raise UsageError(f"output {output}: cannot be written: {error.strerror or error}") from None
    return book


def _is_editable(source: Source, tally: Tally) -> bool:
    if source.reader.output_suffix is None:
        return True
    tally.failed.append((str(source.path), "HTML is never edited in place; use -o to write its text elsewhere"))
    return False


def _check_output(output: Path, inputs: Sequence[Path], force: bool) -> None:
    own = output.resolve()
    for given in inputs:
        other = given.resolve()
        if own == other or other in own.parents:
            raise UsageError(f"output {output} lies inside input {given}; choose a folder outside it")
        if own in other.parents and given.exists():
            raise UsageError(f"input {given} lies inside output {output}, which would overwrite it")
    if output.exists() and not output.is_dir():
        raise UsageError(f"output {output} is not a folder")
    if output.is_dir() and any(output.iterdir()) and not force:
        raise UsageError(f"output {output} is not empty; --force overwrites what it holds")
