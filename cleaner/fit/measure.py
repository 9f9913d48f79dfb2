"""How well fitted weights clean pages of sites they have not seen: word F1 as WCXB counts it, at the fixed point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors import Detector
from cleaner.detectors.learned import Learned
from cleaner.evaluation import Figures, bag, overlap
from cleaner.fit.folds import Fitted
from cleaner.fit.forms import Labelled
from cleaner.model import Document

_BATCH = 32


def figures(
    pages: Sequence[Labelled], fitted: Fitted, detectors: Sequence[Detector], policy: Policy, field: str
) -> list[Figures]:
    """Each page's figures, cleaned with the weights that were fitted on the other folds."""
    result: dict[int, Figures] = {}
    for fold, weights in enumerate(fitted.others):
        own = [number for number, where in enumerate(fitted.fold) if where == fold]
        for first in range(0, len(own), _BATCH):
            some = own[first : first + _BATCH]
            documents = [Document(pages[number].id, pages[number].texts[field]) for number in some]
            cleaned = clean(documents, [*detectors, Learned(weights)], policy, explain=False)
            for number, outcome in zip(some, cleaned, strict=True):
                result[number] = overlap(bag(outcome.text), bag(pages[number].content))
    return [result[number] for number in range(len(pages))]


def table(pages: Sequence[Labelled], fitted: Fitted, detectors: Sequence[Detector], policy: Policy) -> str:
    """The figures by field and kind of page, and those of keeping everything."""
    lines = [f"{'field':12} {'pages':14} {'count':>6} {'F1':>7} {'P':>7} {'R':>7}   {'all kept':>8}"]
    kinds = Counter(page.kind for page in pages)
    for field in pages[0].texts:
        cleaned = figures(pages, fitted, detectors, policy, field)
        whole = [overlap(bag(page.texts[field]), bag(page.content)) for page in pages]
        for kind in ("all", *(kind for kind, _ in kinds.most_common() if len(kinds) > 1)):
            some = [number for number, page in enumerate(pages) if kind in ("all", page.kind)]
            f1, precision, recall = (
                sum(getattr(cleaned[n], name) for n in some) / len(some) for name in ("f1", "precision", "recall")
            )
            kept = sum(whole[n].f1 for n in some) / len(some)
            lines.append(f"{field:12} {kind:14} {len(some):6} {f1:7.4f} {precision:7.4f} {recall:7.4f}   {kept:8.4f}")
    return "\n".join(lines)
