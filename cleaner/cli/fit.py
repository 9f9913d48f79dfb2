"""``cleaner fit``: labelled pages → a file of weights for the learned score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from cleaner.cli.labelled import pages_of
from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.files import replace as write
from cleaner.run import work_of
from cleaner.score.weights import dump


@click.command("fit")
@click.argument("labelled", metavar="LABELLED.jsonl[.gz]", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@click.option("--text-field", "fields", multiple=True, default=("page_text", "extracted"), show_default=True,
              help="A field with a text of the page; the first is the one with the most boilerplate.")  # fmt: skip
@click.option("--content-field", default="main_content", show_default=True, help="The field with its content.")
@click.option("--html", "html_files", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
              help="Web pages in a field `html`, labelled there or, by id, in LABELLED.")  # fmt: skip
@click.option("--labels", metavar="FILE", type=click.Path(path_type=Path),
              help="Blocks that you kept or removed in a review: what it wrote beside its decisions.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite the output.")
def command(
    labelled: Path,
    output: Path,
    fields: tuple[str, ...],
    content_field: str,
    html_files: tuple[Path, ...],
    labels: Path | None,
    force: bool,
) -> None:
    """Fit the weights of the learned score on labelled pages, and write them as text.

    Each record holds an id, a url (its site keeps pages together in the cross-validation), one text or several of the
    page, and the content as it should be. Web pages may be labelled by snippets instead (`with` and `without`). The
    same pages give the same weights. Needs the extra corpus-cleaner[fit].

    \b
    Example:
      cleaner fit labelled.jsonl -o weights.tsv
      cleaner fit labelled.jsonl --html pages.jsonl -o weights.tsv
      cleaner fit labelled.jsonl --labels cleaner.labels.jsonl -o weights.tsv
      cleaner clean corpus/ -o out/ --weights weights.tsv
    """
    if output.exists() and not force:
        raise UsageError(f"{output}: exists; --force overwrites it")
    try:
        import rapidfuzz  # noqa: F401
        import sklearn  # noqa: F401
    except ImportError as error:
        raise UsageError(f"fitting needs {error.name}: pip install 'corpus-cleaner[fit]'") from None
    from cleaner.fit.folds import FOLDS, JUDGED, fit
    from cleaner.fit.measure import table

    pages, web = pages_of(labelled, fields, content_field, html_files)
    if len({page.group for page in pages}) < FOLDS:
        raise UsageError(
            f"{labelled}: pages of {len({page.group for page in pages})} sites; at least {FOLDS} are needed"
        )
    judged = pages_of(labels, (JUDGED,))[0] if labels else []
    config = replace(Config(), weights="none")
    detectors = work_of(config, labelled.stat().st_size).detectors
    fitted = fit(pages, detectors, lambda line: click.echo(f"cleaner: {line}", err=True), judged, web)
    write(output, [dump(fitted.weights).encode()])
    click.echo(table([*pages, *web], fitted, detectors, config.policy))
