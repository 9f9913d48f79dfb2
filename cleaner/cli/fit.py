"""``cleaner fit``: labelled pages → a file of weights for the learned score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.files import replace as write
from cleaner.fit.forms import Labelled
from cleaner.readers.base import host
from cleaner.run import work_of
from cleaner.score.weights import dump

#: Second-level names under which a country's sites are registered.
_SECOND = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


@click.command("fit")
@click.argument("labelled", metavar="LABELLED.jsonl[.gz]", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@click.option("--text-field", "fields", multiple=True, default=("page_text", "extracted"), show_default=True,
              help="A field with a text of the page; the first is the one with the most boilerplate.")  # fmt: skip
@click.option("--content-field", default="main_content", show_default=True, help="The field with its content.")
@click.option("--labels", metavar="FILE", type=click.Path(path_type=Path),
              help="Blocks that you kept or removed in a review: what it wrote beside its decisions.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite the output.")
def command(
    labelled: Path, output: Path, fields: tuple[str, ...], content_field: str, labels: Path | None, force: bool
) -> None:
    """Fit the weights of the learned score on labelled pages, and write them as text.

    Each record holds an id, a url (its site keeps pages together in the cross-validation), one text or several of the
    page, and the content as it should be. The same pages give the same weights. Needs the extra corpus-cleaner[fit].

    \b
    Example:
      cleaner fit labelled.jsonl -o weights.tsv
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

    pages = list(_pages(labelled, fields, content_field))
    if len({page.group for page in pages}) < FOLDS:
        raise UsageError(
            f"{labelled}: pages of {len({page.group for page in pages})} sites; at least {FOLDS} are needed"
        )
    judged = list(_pages(labels, (JUDGED,), "main_content")) if labels else []
    config = replace(Config(), weights="none")
    detectors = work_of(config, labelled.stat().st_size).detectors
    fitted = fit(pages, detectors, lambda line: click.echo(f"cleaner: {line}", err=True), judged)
    write(output, [dump(fitted.weights).encode()])
    click.echo(table(pages, fitted, detectors, config.policy))


def _pages(path: Path, fields: tuple[str, ...], content_field: str) -> Iterator[Labelled]:
    for line, row in rows_of(path):
        place, content = f"{path}:{line}", row.get(content_field)
        if not isinstance(content, str):
            raise UsageError(
                f"{place}: not a record with {content_field}: found {type(content).__name__}, allowed: text"
            )
        texts = {field: str(row.get(field) or "") for field in fields}
        group = _registered(host(row.get("url")) or str(row.get("site", place)))
        yield Labelled(str(row.get("id", place)), group, texts, content, str(row.get("page_type", "page")))


def _registered(name: str) -> str:
    """The registered part of a host's name: the last two labels, three under ``co.uk`` and its like."""
    labels = name.split(".")
    return ".".join(labels[-3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else -2 :])
