"""Cleaned text against what a careful editor would strip (samples/gold.json), line by line.

A compact form of the scorer that the corpus's gold files were made with: the fewest faults over all alignments
that keep the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

Fault = tuple[str, str]
#: Lines of output that one line of source may pass over as foreign.
_REACH = 4


def faults(source: str, gold: Mapping[str, Any], output: str) -> list[Fault]:
    """What was lost, left in or made up, under the kindest choice where one of several copies must go."""
    lines = source.split("\n")
    kept = [line.strip() for line in output.split("\n") if line.strip()]
    choices = product(*[[[entry] for entry in group] for group in gold["one_of"]])
    return min((_align(lines, _allowed(lines, gold, choice), kept) for choice in choices), key=len)


def _allowed(lines: Sequence[str], gold: Mapping[str, Any], choice: Any) -> list[set[str]]:
    """For each line what may stand for it; an empty string means that it may be gone."""
    out = [{line.strip()} for line in lines]
    parts: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    must = [*gold["remove"], *(entry for group in choice for entry in group)]
    for item, optional in [*((item, False) for item in must), *((item, True) for item in gold["optional"])]:
        for number in range(item["lines"][0] - 1, item["lines"][1]):
            if "part" in item:
                parts[number].append((item["part"], optional))
            else:
                out[number] = {lines[number].strip(), ""} if optional else {""}
    for number, cuts in parts.items():
        forms = {lines[number]}
        for part, optional in cuts:
            cut = {form.replace(part, "", 1) for form in forms}
            forms = forms | cut if optional else cut
        out[number] = {form.strip() for form in forms}
    return out


def _align(lines: Sequence[str], wanted: Sequence[set[str]], output: Sequence[str]) -> list[Fault]:
    best: dict[int, list[Fault]] = {0: []}
    for line, may in zip(lines, wanted, strict=True):
        own = line.strip()
        if not own:
            continue
        step: dict[int, list[Fault]] = {}
        for at, found in best.items():
            ways = [(at, found if "" in may else [*found, ("lost", own)])]
            for ahead in range(at, min(at + _REACH, len(output))):
                so_far = [*found, *(("foreign", strange) for strange in output[at:ahead])]
                if output[ahead] in may:
                    ways.append((ahead + 1, so_far))
                elif output[ahead] == own:
                    ways.append((ahead + 1, [*so_far, ("left in", own)]))
            for place, way in ways:
                if place not in step or _cost(way) < _cost(step[place]):
                    step[place] = way
        best = step
    ends = [[*found, *(("foreign", strange) for strange in output[at:])] for at, found in best.items()]
    return min(ends, key=_cost)


def _cost(found: Sequence[Fault]) -> float:
    """A line that is left in is told as such, not as one foreign and one gone."""
    return sum(1.1 if kind == "foreign" else 1.0 for kind, _ in found)
