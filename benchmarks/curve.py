"""What each threshold costs and gains on labelled pages of sites the weights have not seen: a table and a picture.

    python benchmarks/curve.py [--data FOLDER] [-o docs/pictures/threshold.svg]

The weights are fitted anew in five folds by site (``cleaner fit`` does the same), which takes with the rest about a
quarter of an hour. Where the data is absent it says so. Figures are word F1, means over pages, at the fixed point.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.cli.labelled import pages_of
from cleaner.config import Config
from cleaner.decide import Policy
from cleaner.evaluation import ALL, Evaluation
from cleaner.fit.folds import fit
from cleaner.fit.measure import cleaned, everything
from cleaner.run import work_of

DATA = Path(__file__).parent.parent.parent / "shared" / "quality"
THRESHOLDS = (3.0, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0, 8.0)
FIELDS = {"page_text": "all visible lines", "extracted": "an extractor's text", "html": "web pages"}
KINDS = {ALL: "all types", "article": "articles"}
FIGURES = ("f1", "precision", "recall")

#: Of the picture: size of a panel, and the F1 at its lower and upper edge.
WIDTH, HEIGHT, LEFT, TOP, GAP = 210, 200, 44, 34, 16
LOW, HIGH = 0.65, 1.0
COLOURS = {ALL: "#0072b2", "article": "#d55e00"}

#: Field → kind of pages → a figure for each threshold, and that of keeping everything.
Curves = dict[str, dict[str, tuple[list[float], float]]]


def measured(data: Path) -> Curves:
    """The F1 of all, and prints all figures."""
    html = [data / "wcxb-dev-html.jsonl.gz", data / "multilingual-dev.jsonl.gz"]
    texts, web = pages_of(data / "wcxb-dev.jsonl.gz", ("page_text", "extracted"), html_files=html)
    detectors = work_of(replace(Config(), weights="none"), 1 << 30).detectors
    fitted = fit(texts, detectors, lambda line: print(line, file=sys.stderr), web=web)
    curves: Curves = {}
    for field in FIELDS:
        pages = web if field == "html" else texts
        before = everything(pages, field)
        rows = [cleaned(pages, field, fitted, detectors, Policy(threshold)) for threshold in THRESHOLDS]
        print(f"\n{FIELDS[field]:24} {'all types: F1, P, R':>26} {'articles: F1, P, R':>26} {'by snippets':>26}")
        for name, row in zip(("everything kept", *map(str, THRESHOLDS)), (before, *rows), strict=True):
            print(
                f"{name:24} {_figures(row, ALL):>26} {_figures(row, 'article'):>26} {_snippets(row):>26}".rstrip(),
                flush=True,
            )
        curves[field] = {kind: ([_f1(row, kind) for row in rows], _f1(before, kind)) for kind in KINDS}
    return curves


def _figures(row: Evaluation, kind: str) -> str:
    return "  ".join(f"{row.types[kind].mean(name) or 0:.4f}" for name in FIGURES)


def _snippets(row: Evaluation) -> str:
    own = row.by_snippets()
    return f"{own.f1:.4f}  {own.precision:.4f}  {own.recall:.4f}" if own else ""


def _f1(row: Evaluation, kind: str) -> float:
    return row.types[kind].mean("f1") or 0.0


def picture(curves: Mapping[str, Mapping[str, tuple[Sequence[float], float]]]) -> str:
    """The curves as SVG, a panel a field."""
    width = LEFT + len(curves) * (WIDTH + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 62}" font-family="sans-serif" '
        'font-size="11" fill="#333"><title>Word F1 by threshold</title>',
        f'<rect width="{width}" height="{TOP + HEIGHT + 62}" fill="#fff"/>',
    ]
    for number, (field, kinds) in enumerate(curves.items()):
        parts += _panel(LEFT + number * (WIDTH + GAP), FIELDS[field], kinds, number == 0)
    foot = TOP + HEIGHT + 50
    for number, (kind, name) in enumerate(KINDS.items()):
        at = LEFT + 110 * number
        parts += [
            f'<path d="M{at} {foot - 4}h24" stroke="{COLOURS[kind]}" stroke-width="2"/>',
            _text(at + 30, foot, name),
        ]
    parts += [f'<path d="M{LEFT + 220} {foot - 4}h24" stroke="#777" stroke-dasharray="4 3"/>']
    parts += [_text(LEFT + 250, foot, "everything kept"), "</svg>"]
    return "\n".join(parts) + "\n"


def _panel(left: int, title: str, kinds: Mapping[str, tuple[Sequence[float], float]], first: bool) -> Iterator[str]:
    yield _text(left + WIDTH / 2, TOP - 14, title, "middle", "bold")
    for tick in range(round(LOW * 100), round(HIGH * 100) + 1, 5):
        y = _y(tick / 100)
        yield f'<path d="M{left} {y}h{WIDTH}" stroke="#ddd"/>'
        if first:
            yield _text(left - 8, y + 4, f"{tick / 100:.2f}", "end")
    for threshold in range(round(THRESHOLDS[0]), round(THRESHOLDS[-1]) + 1):
        yield _text(_x(left, threshold), TOP + HEIGHT + 16, str(threshold), "middle")
    yield f'<path d="M{_x(left, 5)} {TOP}v{HEIGHT}" stroke="#bbb"/>'
    yield _text(left + WIDTH / 2, TOP + HEIGHT + 32, "threshold", "middle")
    for kind, (values, kept) in kinds.items():
        points = " ".join(f"{_x(left, at)},{_y(value)}" for at, value in zip(THRESHOLDS, values, strict=True))
        yield f'<polyline points="{points}" fill="none" stroke="{COLOURS[kind]}" stroke-width="2"/>'
        yield f'<path d="M{left} {_y(kept)}h{WIDTH}" stroke="{COLOURS[kind]}" stroke-dasharray="4 3"/>'


def _x(left: int, threshold: float) -> float:
    return round(left + WIDTH * (threshold - THRESHOLDS[0]) / (THRESHOLDS[-1] - THRESHOLDS[0]), 1)


def _y(value: float) -> float:
    return round(TOP + HEIGHT * (HIGH - min(max(value, LOW), HIGH)) / (HIGH - LOW), 1)


def _text(x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}">{text}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the labelled pages")
    parser.add_argument("-o", "--output", type=Path, help="where to write the picture")
    given = parser.parse_args()
    if not (given.data / "wcxb-dev.jsonl.gz").exists():
        print(f"SKIPPED: no labelled pages in {given.data}", file=sys.stderr)
        return
    logging.disable(logging.CRITICAL)  # trafilatura's words about pages it finds nothing in
    curves = measured(given.data)
    if given.output:
        given.output.write_text(picture(curves), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
