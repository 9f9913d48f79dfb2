"""What a run did, in a few lines, for stderr."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.reports.safe import one_line

#: Names of one kind that are listed; the ledger has all.
_NAMED = 20


def summary(
    *,
    cleaned: int,
    unchanged: int,
    dropped: int,
    characters: int,
    removed: Mapping[str, int],
    held: Sequence[tuple[str, str]],
    failed: int,
    passed_over: int,
    seconds: float,
) -> str:
    """Documents, removed share by category, what stayed whole or failed and why, seconds."""
    gone = sum(removed.values())
    documents = cleaned + unchanged + dropped + len(held) + failed
    copies = f"{dropped} dropped as near copies, " if dropped else ""
    parts = [
        f"{documents} documents: {cleaned} cleaned, {unchanged} unchanged, {copies}"
        f"{len(held)} left whole, {failed} failed, {passed_over} passed over, in {seconds:.1f} s",
        f"removed {gone} of {characters} characters ({gone / max(1, characters):.1%})",
    ]
    for category, count in sorted(removed.items(), key=lambda item: (-item[1], item[0])):
        parts.append(f"  {category:16} {count:10} {count / max(1, characters):7.1%}")
    parts += [f"left whole: {one_line(place, 300)}: {one_line(reason, 300)}" for place, reason in held[:_NAMED]]
    if len(held) > _NAMED:
        parts.append(f"left whole: and {len(held) - _NAMED} more, named in the ledger")
    return "\n".join(parts)
