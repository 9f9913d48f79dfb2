"""CPU time of an index over growing corpora: to build it, to bring it up to date, to look things up in it.

    python benchmarks/index.py [--documents 2000 4000 8000 16000] [--changed 10]

Corpora are made, by seed: a document a file, 200 documents a site, each of 34 blocks of its own and four that its site
shares. Each figure is CPU seconds of a fresh process and its workers, the median of the runs; the exponent is that of
the power of the corpus's size by which it grows (least squares over the logarithms). The documents that change are of
as many sites, all of which are learned again. An update has to list and stat all files, which the one without changes
shows by itself; what the changed documents add to it should not grow.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

from latency import CHECK, OWN, SAMPLES, SHARED, milliseconds

#: Documents of a site.
SITE = 200
CLEANER = CHECK[:-1]


def document(number: int, version: int, words: Sequence[str]) -> str:
    """The text of a document, another one in each version."""
    chance = random.Random(number * 1_000 + version)
    own = [" ".join(chance.choices(words, k=chance.choice((3, 12, 30)))) for _ in range(OWN)]
    return "\n".join([*SHARED[:2], *own, *SHARED[2:]]) + "\n"


def path_of(folder: Path, number: int) -> Path:
    return folder / "corpus" / f"site{number // SITE:05}" / f"{number:08}.txt"


def write(folder: Path, numbers: Iterable[int], version: int, words: Sequence[str]) -> None:
    for number in numbers:
        path = path_of(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number, version, words), "utf-8")


def seconds(folder: Path, *arguments: str) -> float:
    return milliseconds([*CLEANER, *arguments], folder) / 1000


def measured(folder: Path, count: int, changed: int, runs: int, words: Sequence[str]) -> dict[str, float]:
    """CPU seconds by what was done."""
    (folder / "cleaner.toml").write_text('site_from = "folder"\n', "utf-8")
    write(folder, range(count), 0, words)
    seconds(folder, "init")  # compiles the rules
    found = {"build": seconds(folder, "index", "build", "corpus")}
    nothing, some, looked = [], [], []
    for run in range(1, runs + 1):
        nothing.append(seconds(folder, "index", "update"))
        write(folder, range(0, count, count // changed), run, words)
        some.append(seconds(folder, "index", "update"))
        looked.append(seconds(folder, "check", str(path_of(folder, count // 2).relative_to(folder))))
    found["update, nothing changed"] = statistics.median(nothing)
    found[f"update, {changed} changed"] = statistics.median(some)
    found["what they add"] = statistics.median(some) - statistics.median(nothing)
    found["check of one document"] = statistics.median(looked)
    found["duplicates, first time"] = seconds(folder, "duplicates", "corpus")
    found["duplicates, again"] = seconds(folder, "duplicates", "corpus")
    write(folder, range(0, count, count // changed), runs + 1, words)
    seconds(folder, "index", "update")
    found[f"duplicates, {changed} changed"] = seconds(folder, "duplicates", "corpus")
    found["megabytes"] = (folder / ".cleaner/index.sqlite").stat().st_size / 1e6
    return found


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms."""
    along, up = [log(size) for size in sizes], [log(max(value, 1e-3)) for value in values]
    return statistics.linear_regression(along, up).slope


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[2_000, 4_000, 8_000, 16_000])
    parser.add_argument("--changed", type=int, default=10, help="documents that change (default 10)")
    parser.add_argument("--runs", type=int, default=3, help="updates of each kind (default 3)")
    given = parser.parse_args()
    words = sorted({word for path in SAMPLES.rglob("*.txt") for word in path.read_text("utf-8").split()})
    columns = []
    for count in given.documents:
        with tempfile.TemporaryDirectory() as name:
            columns.append(measured(Path(name), count, given.changed, given.runs, words))
    print(f"{'CPU seconds, documents':28}", *(f"{count:>9}" for count in given.documents), " exponent")
    for name in columns[0]:
        values = [column[name] for column in columns]
        slope = exponent(given.documents, values) if len(values) > 1 else float("nan")
        print(f"{name:28}", *(f"{value:9.2f}" for value in values), f"{slope:9.2f}")


if __name__ == "__main__":
    main()
