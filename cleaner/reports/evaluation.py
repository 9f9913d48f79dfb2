"""An evaluation as a table for people and as an object for programs (docs/evaluation.md says what the figures mean)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.evaluation import ALL, Evaluation, Row
from cleaner.reports.safe import one_line

#: Figure → heading.
_COLUMNS = {"f1": "F1", "precision": "P", "recall": "R", "wanted": "with", "unwanted": "without"}


def as_text(evaluation: Evaluation, worst: int) -> str:
    """Figures by page type, what each category cost, and the ``worst`` removals."""
    return "\n".join(
        [*_types(evaluation), *_snippets(evaluation), *_categories(evaluation), *_worst(evaluation, worst)]
    )


def as_object(evaluation: Evaluation, worst: int) -> dict[str, Any]:
    """The same; what was not measured is null."""
    figures = evaluation.by_snippets()
    return {
        "types": [
            {"type": kind, "pages": row.pages, **{name: _rounded(row.mean(name)) for name in _COLUMNS}}
            for kind, row in _ordered(evaluation)
        ],
        "snippets": figures
        and {
            "pages": evaluation.snippets["pages"],
            "f1": _rounded(figures.f1),
            "precision": _rounded(figures.precision),
            "recall": _rounded(figures.recall),
        },
        "categories": [
            {"category": name, "removals": cost.removals, "words": cost.words, "wrong": cost.wrong}
            for name, cost in sorted(evaluation.categories.items())
        ],
        "worst": [
            {"page": loss.page, "rule": loss.rule, "wrong": loss.wrong, "text": loss.text}
            for loss in evaluation.worst(worst)
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _ordered(evaluation: Evaluation) -> list[tuple[str, Row]]:
    return sorted(evaluation.types.items(), key=lambda item: (item[0] != ALL, -item[1].pages, item[0]))


def _types(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.types:
        return
    yield f"{'type':15} {'pages':>6}" + "".join(f" {title:>8}" for title in _COLUMNS.values())
    for kind, row in _ordered(evaluation):
        values = (row.mean(name) for name in _COLUMNS)
        shown = "".join(f" {'-' if value is None else format(value, '.4f'):>8}" for value in values)
        yield f"{one_line(kind, 15):15} {row.pages:6}{shown}"


def _snippets(evaluation: Evaluation) -> Iterator[str]:
    figures = evaluation.by_snippets()
    if figures:
        yield (
            f"{evaluation.snippets['pages']} pages by snippets: "
            f"F1 {figures.f1:.4f}  P {figures.precision:.4f}  R {figures.recall:.4f}"
        )


def _categories(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.categories:
        return
    yield f"\n{'category':22} {'removals':>9} {'words':>9} {'wrong':>8} {'precision':>10}"
    for name, cost in sorted(evaluation.categories.items(), key=lambda item: (-item[1].words, item[0])):
        precision = 1 - cost.wrong / max(1, cost.words)
        yield f"{one_line(name, 22):22} {cost.removals:9} {cost.words:9} {cost.wrong:8} {precision:10.3f}"


def _worst(evaluation: Evaluation, count: int) -> Iterator[str]:
    losses = evaluation.worst(count)
    if losses:
        yield "\nwhat was lost worst (words, page, rule)"
    for loss in losses:
        yield f"{loss.wrong:6}  {one_line(loss.page, 24)}  {one_line(loss.rule, 40)}  {one_line(loss.text, 70)}"
