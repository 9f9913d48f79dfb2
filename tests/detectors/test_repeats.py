from __future__ import annotations

import pytest

from cleaner.batch import Batch
from cleaner.detectors.repeats import Repeats
from cleaner.model import Document, Media
from tests.support import PROSE

A, B, C, D, E = PROSE
NEAR = A.replace("for the mail", "for the post")
QUOTE = "nobody in the village would move it for the mail"
DIAGRAM = "graph TD\n  A --> B"


def _found(
    text: str, media: Media = "text", chosen: frozenset[str] = frozenset(Repeats.RULES)
) -> list[tuple[int, str, int | None]]:
    findings = Repeats(chosen).detect(Batch([Document("d", text, media)]), [[]])[0]
    assert all(finding.certain and finding.category == "duplicate" for finding in findings)
    return [(finding.block, finding.rule.removeprefix("duplicate/"), finding.copy_of) for finding in findings]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([A, B, A], [(2, "exact", 0)]),
        ([A, A.upper(), B], [(1, "exact", 0)]),
        ([A, f"**{A}**", B], [(1, "exact", 0)]),
        ([A, B, A, C, A], [(2, "exact", 0), (4, "exact", 0)]),
        ([A + " " + B + " " + C, D, (A + " " + B + " " + C).replace("heron", "stork")], [(2, "near", 0)]),
        ([A, B, QUOTE + "."], [(2, "pull-quote", 0)]),
        ([QUOTE + ".", B, A], [(0, "pull-quote", 2)]),
        (["# The Mill House", "# The Mill House", A + " " + B], [(1, "exact", 0)]),
        ([A, DIAGRAM, B, DIAGRAM], [(3, "exact", 1)]),
        ([f"```\n{A}\n```", f"```\n{A}\n```", B], [(1, "exact", 0)]),
    ],
)
def test_copies(blocks: list[str], expected: list[tuple[int, str, int]]) -> None:
    assert _found("\n\n".join(blocks)) == expected


@pytest.mark.parametrize(
    "blocks",
    [
        [A, B, C],
        ["Nevermore.", A, "Nevermore."],
        ["row, row, row", "row, row, row", "gently down"],
        ["- tea", "- tea", "- cake"],
        [A, B, "in the village"],
        [A, B, "would move it for the post in the village tonight."],
        [f"```\n{A}\n```", B, f"```\n{A}\n```"],
        [f"```\n{A}\n```", A, B],
        ["---", A, "---"],
        ["...", "...", A],
        [f"| {A} |\n| {B} |", C, f"| {A} |\n| {B} |"],
        [A + " " + B, C, A + " " + D],
        ["$ make wheel", "...\\> make wheel", A + " " + B],
        ["from mill import Wheel, sack = Wheel(turns=3) and so on to the end", "from mill import Wheel, sack", A],
    ],
)
def test_no_copies(blocks: list[str]) -> None:
    assert _found("\n\n".join(blocks)) == []


def test_only_what_is_chosen_is_found() -> None:
    text = "\n\n".join([A, B, A, QUOTE + "."])
    assert [rule for _, rule, _ in _found(text)] == ["exact", "pull-quote"]
    assert [rule for _, rule, _ in _found(text, chosen=frozenset({"duplicate/exact"}))] == ["exact"]
    assert _found(text, chosen=frozenset()) == []


def test_documents_of_a_batch_are_no_copies_of_each_other() -> None:
    documents = [Document("a", f"{A}\n\n{B}"), Document("b", f"{B}\n\n{A}"), Document("c", "")]
    assert Repeats().detect(Batch(documents), [[], [], []]) == [[], [], []]
    assert Repeats().detect(Batch([]), []) == []


def test_evidence_names_the_line_of_the_other_copy() -> None:
    batch = Batch([Document("d", f"\n{A}\n\n{B}\n\n{QUOTE}.\n\n{A}")])
    assert [finding.evidence for finding in Repeats().detect(batch, [[]])[0]] == [
        "stands in line 2, 100% of it",
        "same as line 2",
    ]
