"""Documents → cleaned documents: detect, decide, cut, and again on what is left until nothing more goes.

The result is a fixed point: its last pass found nothing to cut, so cleaning it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from cleaner.batch import Batch
from cleaner.decide import Policy, decide
from cleaner.detectors import Detector
from cleaner.edits import Origin, Span, apply
from cleaner.model import Cleaned, Decision, Document, Finding, Removal

#: Passes after which a document that still changes is left whole. Real pages settle in two or three.
MAX_PASSES = 20

_WORD = regex.compile(r"\w+")


@dataclass(slots=True)
class _Work:
    """A document on its way: its text so far, what was cut, and what the latest pass decided."""

    document: Document
    text: str
    removals: list[Removal] = field(default_factory=list)
    gone: list[Decision] = field(default_factory=list)
    kept: list[Decision] = field(default_factory=list)
    settled: bool = False

    def spans(self) -> list[Span]:
        return [(removal.start, removal.end) for removal in self.removals]


def clean(documents: Sequence[Document], detectors: Sequence[Detector], policy: Policy) -> list[Cleaned]:
    """The documents cleaned, in their order. What becomes of one does not depend on the others.

    Raises ``InputError`` if a rule takes too long on one of them.
    """
    works = [_Work(document, document.text) for document in documents]
    for _ in range(MAX_PASSES):
        open_ = [work for work in works if not work.settled]
        if not open_:
            break
        _pass(open_, detectors, policy)
    return [_finish(work, policy) for work in works]


def _pass(works: Sequence[_Work], detectors: Sequence[Detector], policy: Policy) -> None:
    batch = Batch([replace(work.document, text=work.text) for work in works])
    found: list[list[Finding]] = [[] for _ in works]
    for detector in detectors:
        for own, more in zip(found, detector.detect(batch, found), strict=True):
            own += more
    for work, page, findings in zip(works, batch.pages, found, strict=True):
        decisions, removals = decide(page, findings, policy)
        _record(work, decisions, removals)


def _record(work: _Work, decisions: Sequence[Decision], removals: Sequence[Removal]) -> None:
    """Takes a pass's outcome over into the original's coordinates, and cuts."""
    origin = Origin(work.spans())
    work.kept = [_moved(decision, origin) for decision in decisions if decision.action == "keep"]
    if not removals:
        work.settled = True
        return
    work.gone += [_moved(decision, origin) for decision in decisions if decision.action != "keep"]
    for removal in removals:
        for start, end in origin.pieces(removal.start, removal.end):
            work.removals.append(replace(removal, start=start, end=end))
    work.removals.sort(key=lambda removal: removal.start)
    work.text = apply(work.document.text, work.spans())


def _moved(decision: Decision, origin: Origin) -> Decision:
    if decision.start == decision.end:
        return decision
    pieces = origin.pieces(decision.start, decision.end)
    return replace(decision, start=pieces[0][0], end=pieces[-1][1])


def _finish(work: _Work, policy: Policy) -> Cleaned:
    held = _held(work, policy)
    cuts = [decision for decision in work.gone if decision.action == "cut"]
    whole = [own for own in work.kept if not any(cut.start <= own.start and own.end <= cut.end for cut in cuts)]
    decisions = tuple(sorted((*work.gone, *whole), key=lambda decision: (decision.start, decision.end)))
    text = work.document.text if held else work.text
    return Cleaned(work.document, text, tuple(work.removals), decisions, held)


def _held(work: _Work, policy: Policy) -> str:
    """Why the document stays whole after all; empty if it does not."""
    if not work.removals:
        return ""
    if not work.settled:
        return f"still changing after {MAX_PASSES} passes"
    share = sum(end - start for start, end in work.spans()) / len(work.document.text)
    if share > policy.max_removed:
        return f"would lose {share:.1%} of its characters, over max_removed = {policy.max_removed:.0%}"
    words = sum(1 for _ in _WORD.finditer(work.text))
    if words < policy.min_kept_words:
        return f"would keep {words} words, under min_kept_words = {policy.min_kept_words}"
    return ""
