"""How well fitted weights clean pages of sites they have not seen: word F1 as WCXB counts it, at the fixed point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors import Detector
from cleaner.detectors.learned import Learned
from cleaner.evaluation import ALL, Evaluation
from cleaner.fit.folds import Fitted
from cleaner.fit.forms import Labelled

_BATCH = 32


def table(pages: Sequence[Labelled], fitted: Fitted, detectors: Sequence[Detector], policy: Policy) -> str:
    """The figures by field and kind of page, and those of keeping everything."""
    lines = [f"{'field':12} {'pages':14} {'count':>6} {'F1':>7} {'P':>7} {'R':>7}   {'all kept':>8}"]
    for field in dict.fromkeys(field for page in pages for field in page.documents):
        some = [page for page in pages if field in page.documents]
        lines += _rows(field, everything(some, field), cleaned(some, field, fitted, detectors, policy))
    return "\n".join(lines)


def everything(pages: Sequence[Labelled], field: str) -> Evaluation:
    """The pages as they are."""
    evaluation = Evaluation()
    for page in pages:
        evaluation.add(page.gold, page.documents[field].text)
    return evaluation


def cleaned(
    pages: Sequence[Labelled], field: str, fitted: Fitted, detectors: Sequence[Detector], policy: Policy
) -> Evaluation:
    """The pages cleaned, each with the weights that were fitted on the other folds."""
    evaluation = Evaluation()
    for fold, weights in enumerate(fitted.others):
        own = [page for page in pages if fitted.fold[page.group] == fold]
        for first in range(0, len(own), _BATCH):
            some = own[first : first + _BATCH]
            documents = [page.documents[field] for page in some]
            outcomes = clean(documents, [*detectors, Learned(weights)], policy, explain=False)
            for page, outcome in zip(some, outcomes, strict=True):
                evaluation.add(page.gold, outcome.text)
    return evaluation


def _rows(field: str, whole: Evaluation, own: Evaluation) -> Iterator[str]:
    kinds = sorted(own.types, key=lambda kind: (kind != ALL, -own.types[kind].pages))
    for kind in kinds if len(kinds) > 2 else kinds[:1]:
        row = own.types[kind]
        figures = " ".join(f"{row.mean(name) or 0:7.4f}" for name in ("f1", "precision", "recall"))
        yield f"{field:12} {kind:14} {row.pages:6} {figures}   {whole.types[kind].mean('f1') or 0:8.4f}"
    snippets, before = own.by_snippets(), whole.by_snippets()
    if snippets and before:
        figures = f"{snippets.f1:7.4f} {snippets.precision:7.4f} {snippets.recall:7.4f}"
        yield f"{field:12} {'by snippets':14} {own.snippets['pages']:6} {figures}   {before.f1:8.4f}"
