"""Documents → cleaned documents: detect, decide, cut, and again on what is left until nothing more goes.

The result is a fixed point: its last pass found nothing to cut, so cleaning it again changes nothing. What a web page
says of its lines is heard in the first pass, of all that is there; what is left is cleaned like any text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import regex

from cleaner.batch import Batch, Matches, Rest
from cleaner.decide import Policy, Verdict
from cleaner.detectors import Detector
from cleaner.edits import Origin, Span, apply
from cleaner.keepmarks import Kept
from cleaner.model import Cleaned, Decision, Document, Finding, Removal, Wording
from cleaner.text import lines

#: Passes after which a document that still changes is left whole. Real pages settle in two or three.
MAX_PASSES = 20

_WORD = regex.compile(r"\w+")


@dataclass(slots=True)
class _Work:
    """A document on its way: its text so far, what was cut, and what the latest pass decided and left."""

    document: Document
    text: str
    removals: list[Removal] = field(default_factory=list)
    gone: list[Decision] = field(default_factory=list)
    kept: list[Decision] = field(default_factory=list)
    rest: Rest | None = None
    settled: bool = False
    unheard: bool = False  # what its source says of it, if it does
    idle: dict[int, int] | None = None  # marks that have kept nothing yet: their lines, by their place among them

    def __post_init__(self) -> None:
        self.unheard = bool(self.document.annotations)

    def left(self) -> Document:
        """What is left of the document; once its source was heard, with the marks of what stays alone."""
        document = self.document
        if document.annotations and not self.unheard:
            marks = tuple(replace(own, evidence={}) for own in document.annotations if own.kept)
            document = replace(document, annotations=marks)
        return left(document, self.spans(), self.text)

    def spans(self) -> list[Span]:
        return [(removal.start, removal.end) for removal in self.removals]


def left(document: Document, spans: Sequence[Span], text: str) -> Document:
    """The document as ``text``, which the cuts leave of it, with its annotations where their text stands now."""
    annotations = document.annotations
    if annotations and spans:
        origin = Origin(spans)
        moved = (replace(a, start=origin.after(a.start), end=origin.after(a.end)) for a in annotations)
        annotations = tuple(a for a in moved if a.start < a.end)
    return replace(document, text=text, annotations=annotations)


def clean(
    documents: Sequence[Document],
    detectors: Sequence[Detector],
    policy: Policy,
    *,
    explain: bool = True,
    matches: Matches | None = None,
    stages: Sequence[Detector] = (),
) -> list[Cleaned]:
    """The documents cleaned, in their order. What becomes of one does not depend on the others.

    Without ``explain`` the decisions are left out, which on a corpus is a good part of the work. ``matches`` is a
    store to fill and to use, of one call or of many with the same detectors: pages of a corpus share many lines.
    Each of ``stages`` looks at the documents once, alone, before the other detectors settle what it has left.

    Raises ``InputError`` if a rule takes too long on one of them.
    """
    works = [_Work(document, document.text) for document in documents]
    seen = Batch([], matches)
    for stage in stages:
        seen = _pass(works, [stage], policy, seen, explain)
        seen = _settle(works, detectors, policy, seen, explain)
    if not stages:
        _settle(works, detectors, policy, seen, explain)
    return [_finish(work, policy) for work in works]


def _settle(works: Sequence[_Work], detectors: Sequence[Detector], policy: Policy, seen: Batch, explain: bool) -> Batch:
    """Passes until nothing more goes; what the last of them looked at."""
    for work in works:
        work.settled = False
    for _ in range(MAX_PASSES):
        open_ = [work for work in works if not work.settled]
        if not open_:
            break
        seen = _pass(open_, detectors, policy, seen, explain)
        for work in open_:
            if work.unheard:
                work.unheard = work.settled = False
    return seen


def _pass(works: Sequence[_Work], detectors: Sequence[Detector], policy: Policy, seen: Batch, explain: bool) -> Batch:
    """Looks at what is left, decides and cuts. ``seen`` is what the pass before looked at, the result what this did."""
    batch = Batch([work.left() for work in works], seen.matches, seen, [work.rest for work in works])
    found: list[list[Finding]] = [[] for _ in works]
    for detector in detectors:
        for own, more in zip(found, detector.detect(batch, found), strict=True):
            own += more
    verdicts = [Verdict(page, findings, policy) for page, findings in zip(batch.pages, found, strict=True)]
    _put_into_words(verdicts, explain)
    for work, page, findings, verdict in zip(works, batch.pages, found, verdicts, strict=True):
        _record(work, verdict, explain)
        if page.kept:
            _note_idle(work, page.kept, Verdict(page, findings, policy, kept=()))
    return batch


def _put_into_words(verdicts: Sequence[Verdict], explain: bool) -> None:
    """Has the findings that somebody will read put into words, those of all pages at once."""
    read: dict[Wording, list[tuple[int, Finding]]] = {}
    for verdict in verdicts:
        for finding in verdict.read(explain):
            if finding.wording is not None:
                read.setdefault(finding.wording, []).append((verdict.page.first + finding.block, finding))
    for wording, own in read.items():
        for (_, finding), told in zip(own, wording.tell([view for view, _ in own]), strict=True):
            finding.reason, finding.terms = told


def _record(work: _Work, verdict: Verdict, explain: bool) -> None:
    """Takes a pass's outcome over into the original's coordinates, and cuts."""
    work.settled = not verdict.cuts_anything
    work.rest = verdict.rest
    if work.settled and not explain:
        return
    origin = Origin(work.spans())
    if explain:
        decisions = verdict.decisions()
        work.kept = [_moved(decision, origin) for decision in decisions if decision.action == "keep"]
        work.gone += [_moved(decision, origin) for decision in decisions if decision.action != "keep"]
    if work.removals:
        for removal in verdict.removals:
            for start, end in origin.pieces(removal.start, removal.end):
                work.removals.append(replace(removal, start=start, end=end))
        work.removals.sort(key=lambda removal: removal.start)
    else:
        work.removals += verdict.removals
    work.text = apply(work.document.text, work.spans())


def _note_idle(work: _Work, marks: Sequence[Kept], without: Verdict) -> None:
    """Of the marks, which are the same in each pass, those stay idle that keep nothing in this one either."""
    idle = {number: mark.line for number, mark in enumerate(marks)} if work.idle is None else work.idle
    work.idle = {number: line for number, line in idle.items() if not without.would_take(marks[number])}


def _moved(decision: Decision, origin: Origin) -> Decision:
    if decision.start == decision.end:
        return decision
    pieces = origin.pieces(decision.start, decision.end)
    return replace(decision, start=pieces[0][0], end=pieces[-1][1])


def _finish(work: _Work, policy: Policy) -> Cleaned:
    held = _held(work, policy)
    cuts = [decision for decision in work.gone if decision.action == "cut"]
    whole = [own for own in work.kept if not any(cut.start <= own.start and own.end <= cut.end for cut in cuts)]
    decisions = _numbered(work.document.text, [*work.gone, *whole])
    text = work.document.text if held else work.text
    idle = tuple((work.idle or {}).values())
    return Cleaned(work.document, text, tuple(work.removals), tuple(decisions), held, idle)


def _numbered(text: str, decisions: Sequence[Decision]) -> Iterator[Decision]:
    """The decisions in order, with the lines they have in the original: later passes saw fewer."""
    line, at = 1, 0
    for decision in sorted(decisions, key=lambda decision: (decision.start, decision.end)):
        block = text[decision.start : decision.end]
        first = decision.start + len(block) - len(block.lstrip())
        line += sum(1 for _ in lines(text[at:first])) - 1
        at = first
        yield replace(decision, line=line)


def _held(work: _Work, policy: Policy) -> str:
    """Why the document stays whole after all; empty if it does not."""
    if not work.removals:
        return ""
    if not work.settled:
        return f"still changing after {MAX_PASSES} passes"
    share = sum(end - start for start, end in work.spans()) / len(work.document.text)
    if share > policy.max_removed:
        return f"would lose {share:.1%} of its characters, over max_removed = {policy.max_removed:.0%}"
    words = sum(1 for _ in islice(_WORD.finditer(work.text), policy.min_kept_words))
    if words < policy.min_kept_words:
        return f"would keep {words} words, under min_kept_words = {policy.min_kept_words}"
    return ""
