"""Clusters of near-duplicate documents: for people, and as JSON (docs/duplicates.md says what each field means)."""

from __future__ import annotations

from typing import Any

from cleaner.dedup.members import Cluster
from cleaner.reports.safe import one_line, two_places

_WIDTH = 1000


def as_text(cluster: Cluster) -> str:
    """The representative in a line, each other member in one below it."""
    first, *others = cluster
    copies = sum(member.copy_of is not None for member in others)
    lines = [
        f"{one_line(first.place, _WIDTH)}  {first.words} words, {copies} near {'copy' if copies == 1 else 'copies'}"
    ]
    for member in others:
        note = ""
        if member.copy_of is None:
            note = "  (stays: too far from the first)"
        elif member.copy_of:
            note = f"  (of {one_line(cluster[member.copy_of].place, _WIDTH)})"
        lines.append(f"  {two_places(member.similarity)}  {one_line(member.place, _WIDTH)}{note}")
    return "\n".join(lines) + "\n"


def as_json(cluster: Cluster) -> dict[str, Any]:
    """The cluster's documents, the representative first."""
    documents = [
        {
            "path": member.path,
            "line": member.line,
            "words": member.words,
            "similarity": round(member.similarity, 6),
            "copy_of": None if member.copy_of is None else cluster[member.copy_of].place,
        }
        for member in cluster
    ]
    return {"documents": documents}
