"""The words of the project as data: slotted, no I/O, never changed once made but for the words of findings.

Most are frozen. Those of which a batch has thousands are not: frozen, each would take four times as long to make.

All spans are half-open ranges ``[start, end)`` of code points in the *original* ``Document.text``.
Spans never shift: a cut made by a later pass is mapped back before it leaves ``cleaner.clean``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Media = Literal["text", "markdown"]

Kind = Literal[
    "heading", "paragraph", "list_item", "quote", "table", "code", "diagram", "html", "front_matter", "break"
]

#: Kinds that hold no prose: rules do not look inside, and weak evidence never removes them.
OPAQUE: frozenset[Kind] = frozenset({"code", "diagram", "front_matter"})

#: The category of what the learned score finds.
LEARNED = "boilerplate"

Action = Literal["keep", "remove", "cut"]


@dataclass(slots=True)
class Annotation:
    """What the source of a text says of a stretch of it that the text itself does not show.

    Readers of web pages make one a line. ``path`` names the elements around it, outermost first; ``evidence`` holds
    named numbers from 0 to 1, such as ``html_link_density``, for detectors to weigh (docs/html.md lists them). ``kept``
    counts from 1 the ``<!-- cleaner: keep -->`` marks after one of which it stands; 0 if it stands after none.
    """

    start: int
    end: int
    path: tuple[str, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """Decoded text, its id, and what is known about where it came from.

    ``annotations`` are sorted and disjoint; most media have none.
    """

    id: str
    text: str
    media: Media = "text"
    url: str | None = None
    site: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()


@dataclass(slots=True)
class Block:
    """A stretch of a document with a kind. The blocks of a document tile it.

    ``start`` to ``stop`` is the block itself, ``stop`` to ``end`` the white space up to the next block.
    ``level`` is 1 to 6 for a marked heading, 0 for one that is only guessed from its looks.
    ``line`` counts source lines from 1; blocks that share it stood glued in one line.
    """

    start: int
    stop: int
    end: int
    kind: Kind
    level: int = 0
    line: int = 1


@dataclass(slots=True)
class Term:
    """One line of a sum: what it is, and what it adds."""

    name: str
    weight: float
    reason: str = ""

    def __reduce__(self) -> tuple[type[Term], tuple[str, float, str]]:
        """What it is made of: workers hand over thousands, and so it takes a third of the time."""
        return Term, (self.name, self.weight, self.reason)


class Wording(Protocol):
    """Puts a batch's findings into words once somebody will read them: most are only added up."""

    def tell(self, views: Sequence[int]) -> list[tuple[str, tuple[Term, ...]]]:
        """The reason and the terms of its finding about each of these views of the batch."""
        ...


@dataclass(slots=True)
class Finding:
    """A detector's claim about one block, or about the part ``start`` to ``end`` of it (``cut``).

    ``weight`` is the evidence it adds to the block's sum; ``certain`` removes whatever the sum, and
    ``protects`` shields the block from sums. ``copy_of`` is the block of which this one is a copy: the
    finding counts only while that block stays. ``lead`` is the block that leads the section it came with.
    ``terms`` are what a ``weight`` that is itself a sum is made of. Where there is a ``wording``, the reason and the
    terms are written once they are wanted; nothing else of a finding changes.
    """

    block: int
    rule: str
    category: str
    reason: str
    weight: float
    certain: bool = False
    evidence: str = ""
    cut: tuple[int, int] | None = None
    protects: bool = False
    copy_of: int | None = None
    lead: int | None = None
    terms: tuple[Term, ...] = ()
    wording: Wording | None = None

    @property
    def told(self) -> tuple[Term, ...]:
        """What its weight is made of: itself, unless it is a sum."""
        return self.terms or (Term(self.rule, self.weight, self.reason),)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a block (``start`` to ``end``, the white space after it left out), and the sum behind it."""

    start: int
    end: int
    kind: Kind
    line: int
    action: Action
    score: float
    terms: tuple[Term, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Removal:
    """An accepted cut. The removals of a document are sorted and disjoint.

    ``certain`` if it went whatever the sum; ``score`` may then be under the threshold.
    """

    start: int
    end: int
    rule: str
    category: str
    reason: str
    score: float
    terms: tuple[Term, ...] = ()
    evidence: str = ""
    certain: bool = False

    def __reduce__(self) -> tuple[type[Removal], tuple[Any, ...]]:
        """What it is made of, as of a term."""
        head = self.start, self.end, self.rule, self.category, self.reason
        return Removal, (*head, self.score, self.terms, self.evidence, self.certain)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document after cleaning.

    ``held`` says why a document that had removals was left whole all the same; ``removals`` then holds
    what would have gone and ``text`` is the original. ``idle_marks`` are the lines of ``<!-- cleaner: keep -->``
    marks between which nothing would have gone.
    """

    document: Document
    text: str
    removals: tuple[Removal, ...] = ()
    decisions: tuple[Decision, ...] = ()
    held: str = ""
    idle_marks: tuple[int, ...] = ()

    @property
    def changed(self) -> bool:
        """True if anything was cut."""
        return not self.held and bool(self.removals)
