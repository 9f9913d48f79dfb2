"""``cleaner evaluate``: how close cleaned pages come to labelled ones."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.common import complain
from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.evaluation import Evaluation, Gold
from cleaner.readers.base import Unit, host
from cleaner.reports import evaluation as report
from cleaner.reports.json import VERSION, dump
from cleaner.run import outcomes_of

#: The field that holds a page's source; any other holds text.
_HTML = "html"


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--field", default="page_text", show_default=True, help="What to clean; `html` is a page's source.")
@click.option("--html", "html_file", type=click.Path(path_type=Path), help="Take the field from here, by id.")
@click.option("--predicted", type=click.Path(path_type=Path), help="Score these texts, by id, and clean nothing.")
@click.option("--predicted-field", default="text", show_default=True, help="The field that holds them.")
@click.option("--worst", type=click.IntRange(0, 100), default=5, show_default=True, help="Lost passages to show.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@options.jobs
@options.configuration
def command(
    gold: Path,
    field: str,
    html_file: Path | None,
    predicted: Path | None,
    predicted_field: str,
    worst: int,
    form: str,
    jobs: int,
    **rest: Any,
) -> None:
    """Clean labelled pages and hold the result against the labels.

    GOLD is JSON Lines, also as .gz and .zst: `id`, `page_type`, `main_content`, `with` and `without`, and the field
    to clean.

    \b
    Examples:
      cleaner evaluate labelled.jsonl.gz --field extracted
      cleaner evaluate labelled.jsonl.gz --predicted other-tool.jsonl
    """
    labelled = _labelled(gold)
    evaluation = Evaluation()
    if predicted is not None:
        texts = {str(row.get("id")): row.get(predicted_field) for _, row in rows_of(predicted)}
        for label in labelled:
            text = texts.get(label.gold.id)
            evaluation.add(label.gold, text if isinstance(text, str) else "")
        failed = False
    else:
        if html_file is not None:
            labelled = _joined(labelled, html_file, field)
        failed = _clean(labelled, gold, field, options.config_of(rest), jobs, evaluation)
    if form == "json":
        click.echo(dump({"version": VERSION, **report.as_object(evaluation, worst)}))
    else:
        click.echo(report.as_text(evaluation, worst))
    if failed:
        sys.exit(2)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A labelled page as it stands in its file."""

    line: int
    gold: Gold
    row: dict[str, Any]


def _labelled(path: Path) -> list[_Labelled]:
    found = []
    for line, row in rows_of(path):
        try:
            found.append(_Labelled(line, Gold.of(row), row))
        except ValueError as error:
            raise UsageError(f"{path}:{line}: {error}") from None
    if not found:
        raise UsageError(f"{path}: holds no labelled page")
    return found


def _joined(labelled: list[_Labelled], path: Path, field: str) -> list[_Labelled]:
    """The pages of which the other file holds the field, with it."""
    values = {str(row.get("id")): row.get(field) for _, row in rows_of(path)}
    return [
        _Labelled(label.line, label.gold, {**label.row, field: values[label.gold.id]})
        for label in labelled
        if label.gold.id in values
    ]


def _clean(
    labelled: list[_Labelled], path: Path, field: str, config: Config, jobs: int, evaluation: Evaluation
) -> bool:
    """Cleans the pages into the evaluation; True if any could not be. Such a page counts as an empty one."""
    units = [_unit(label, path, field, config) for label in labelled]
    failed = False
    for label, (unit, outcome) in zip(
        labelled, outcomes_of(units, config, jobs, sum(len(unit.raw) for unit in units)), strict=True
    ):
        if outcome.status == "failed":
            complain(unit.place, outcome.reason)
            failed = True
            text = ""
        elif outcome.cleaned is not None:
            text = outcome.cleaned.text
        else:
            text = outcome.output.decode() if outcome.output is not None else label.row[field] or ""
        evaluation.add(label.gold, text, outcome.cleaned)
    return failed


def _unit(label: _Labelled, path: Path, field: str, config: Config) -> Unit:
    """The page's field as a document. Raises ``UsageError`` if it has none."""
    text, url = label.row.get(field), label.row.get("url")
    if field not in label.row or not isinstance(text, str | None):
        names = ", ".join(label.row)
        raise UsageError(f"{path}:{label.line}: no text in field {field!r}; the record has: {names}")
    url = url if isinstance(url, str) else None
    if field == _HTML:
        return Unit("html", str(path), (text or "").encode("utf-8", "surrogatepass"), label.line, host(url))
    record = {config.text_field: text, config.url_field: url}
    return Unit("jsonl", str(path), json.dumps(record).encode(), label.line)
