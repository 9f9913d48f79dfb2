"""A document as a member of a cluster."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a cluster.

    ``copy_of`` is the member, by its place in the cluster, of which it is a near copy; None if it stays.
    ``similarity`` is the exact Jaccard index of the two; of one that stays, that with the representative. ``target``
    is its path in the output tree, ``seen`` a digest by which its bytes are known again.
    """

    path: str
    target: str
    line: int | None
    words: int
    similarity: float
    copy_of: int | None
    seen: bytes = b""

    @property
    def place(self) -> str:
        """``path`` or ``path:line``, as a person would type it."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def name(self) -> str:
        """Its name in a ledger."""
        return self.target if self.line is None else f"{self.target}:{self.line}"


#: Members in the order of reading, the representative before them.
Cluster = tuple[Member, ...]
