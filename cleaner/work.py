"""What a worker does: units of files in, outcomes out. No file is opened here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from cleaner.batch import Matches
from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors import Detector
from cleaner.edits import Span
from cleaner.errors import InputError
from cleaner.model import Cleaned, Document
from cleaner.readers import READERS
from cleaner.readers.base import Fields, Loaded, Unit
from cleaner.sites.survey import site_of

if TYPE_CHECKING:
    from cleaner.dedup.bands import Shape
    from cleaner.dedup.sketch import Sketch

#: Views whose matches are kept from batch to batch.
_MOST_MATCHES = 50_000

Status = Literal["cleaned", "unchanged", "held", "failed", "dropped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one unit.

    ``output`` is what to write for it, None for its own bytes. ``cleaned`` is there for documents with
    removals (held ones too) or idle marks, or for all on request. ``sources`` are the removals' spans in the
    unit's text where those differ from the document's. ``sketch`` is there where copies are looked for.
    """

    status: Status
    reason: str = ""
    output: bytes | None = None
    cleaned: Cleaned | None = None
    sources: tuple[tuple[int, str], ...] | None = None
    encoding: tuple[str, str] | None = None
    characters: int = 0
    sketch: Sketch | None = None
    site: str | None = None


@dataclass(frozen=True)
class Work:
    """The task of an engine: reads, cleans and writes units in memory.

    Outcomes have ``cleaned`` for all documents with ``every_document``, and its decisions with ``every_decision``.
    """

    detectors: Sequence[Detector]
    policy: Policy
    fields: Fields
    every_decision: bool = False
    every_document: bool = False
    stages: Sequence[Detector] = ()
    matches: Matches = field(default_factory=dict, compare=False)

    def __call__(self, units: Sequence[Unit]) -> list[Outcome]:
        """An outcome a unit."""
        outcomes: dict[int, Outcome] = {}
        loaded: dict[int, Loaded] = {}
        for number, unit in enumerate(units):
            try:
                own = READERS[unit.reader].load(unit, self.fields)
            except InputError as error:
                outcomes[number] = Outcome("failed", error.reason)
                continue
            if own is None:
                outcomes[number] = Outcome("unchanged")
            else:
                loaded[number] = own
        if len(self.matches) > _MOST_MATCHES:
            self.matches.clear()
        cleaned = self.clean([own.document for own in loaded.values()])
        for (number, own), result in zip(loaded.items(), cleaned, strict=True):
            outcomes[number] = (
                Outcome("failed", result.reason) if isinstance(result, InputError) else self._outcome(own, result)
            )
        return [outcomes[number] for number in range(len(units))]

    def clean(self, documents: Sequence[Document]) -> Sequence[Cleaned | InputError]:
        """The documents cleaned, or why one could not be."""
        try:
            return clean(
                documents,
                self.detectors,
                self.policy,
                explain=self.every_decision,
                matches=self.matches,
                stages=self.stages,
            )
        except InputError as error:
            if len(documents) == 1:
                return [error]
            return [result for document in documents for result in self.clean([document])]

    def _outcome(self, own: Loaded, cleaned: Cleaned) -> Outcome:
        if cleaned.document.annotations:  # nobody reads them after, and from process to process they are a load
            cleaned = replace(cleaned, document=replace(cleaned.document, annotations=()))
        outcome = Outcome(
            "held" if cleaned.held else "cleaned" if cleaned.changed else "unchanged",
            cleaned.held,
            own.without([]) if own.converted else None,
            cleaned,
            encoding=(own.encoding.name, own.encoding.mark.hex()),
            characters=len(cleaned.document.text),
            site=own.document.site,
        )
        known = cleaned.idle_marks or cleaned.document.metadata.keys() - {"id"}
        if outcome.status == "unchanged" and not (self.every_decision or self.every_document or known):
            return replace(outcome, cleaned=None)
        if outcome.status != "cleaned":
            return outcome
        spans: list[Span] = [(removal.start, removal.end) for removal in cleaned.removals]
        sources = None
        if own.spans is not None:
            sources = tuple((start, own.source[start:end]) for start, end in own.source_spans(spans))
        return replace(outcome, output=own.without(spans), sources=sources)


@dataclass(frozen=True)
class Sketching:
    """The task that looks for copies: outcomes with a sketch of the cleaned text in place of what is to be written.

    Its ``work`` is one with ``every_document``.
    """

    work: Work
    shape: Shape
    site_from: str

    def __call__(self, units: Sequence[Unit]) -> list[Outcome]:
        """An outcome a unit."""
        from cleaner.dedup.sketch import sketches  # most runs look for no copies

        outcomes = self.work(units)
        texts = [outcome.cleaned.text for outcome in outcomes if outcome.cleaned is not None]
        made = iter(sketches(texts, self.shape))
        return [
            Outcome(own.status, own.reason)
            if own.cleaned is None
            else Outcome(
                own.status,
                own.reason,
                characters=own.characters,
                sketch=next(made),
                site=site_of(own.cleaned.document, self.site_from),
            )
            for own in outcomes
        ]
