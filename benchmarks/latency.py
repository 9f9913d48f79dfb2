"""CPU milliseconds of ``cleaner check`` on ten changed documents, as a hook runs it: a fresh process each time.

    python benchmarks/latency.py [--runs 15] [--limit 350] [--blocks 1000000]

In turns with ``python -c "import numpy, regex, click"``, which is what any program with these libraries pays. CPU time
of the process and of its workers, so that other work on the machine matters little. The runs before the rules are in
the user's cache are shown apart. With ``--blocks`` the documents stand beside an index of a corpus of so many blocks,
all of their site, which takes minutes to make. Exits with 1 if the median is over ``--limit``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
DOCUMENTS = 10
#: Blocks of a made document, besides those that all share, and documents of a file.
OWN, TOGETHER = 34, 1_000
SHARED = ["The Sallow Almanac", "Home | Weather | Tides | Contact", "The almanac is printed by the harbour press."]
FLOOR = [sys.executable, "-c", "import numpy, regex, click"]
CHECK = [sys.executable, "-c", "from cleaner.cli import program; program()", "check"]


def milliseconds(command: list[str], folder: Path) -> float:
    """CPU time of the command and of the processes it waited for."""
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123
        child = subprocess.Popen(command, cwd=folder, stdout=nothing, stderr=subprocess.STDOUT, env=environment)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command} ended with {child.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000


def corpus(folder: Path) -> list[str]:
    """Ten samples of text and markdown, and their names."""
    paths = sorted([*SAMPLES.rglob("*.txt"), *SAMPLES.rglob("*.md")])[:DOCUMENTS]
    for number, path in enumerate(paths):
        shutil.copyfile(path, folder / f"{number}{path.suffix}")
    return [f"{number}{path.suffix}" for number, path in enumerate(paths)]


def index(folder: Path, blocks: int) -> None:
    """An index of a made corpus, with the ten documents' site."""
    (folder / "cleaner.toml").write_text('site_from = "corpus"\n', "utf-8")
    (folder / "corpus").mkdir()
    chance = random.Random(1)
    words = sorted({word for path in SAMPLES.rglob("*.txt") for word in path.read_text("utf-8").split()})
    count = blocks // (OWN + len(SHARED)) + 1
    for start in range(0, count, TOGETHER):
        with (folder / "corpus" / f"{start:08}.jsonl").open("w", encoding="utf-8") as file:
            for _ in range(start, min(count, start + TOGETHER)):
                own = [" ".join(chance.choices(words, k=chance.choice((3, 12, 30)))) for _ in range(OWN)]
                file.write(json.dumps({"text": "\n".join([*SHARED[:2], *own, *SHARED[2:]])}) + "\n")
    subprocess.run([*CHECK[:-1], "index", "build", "corpus"], check=True, cwd=folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="times each command is run (default 15)")
    parser.add_argument("--limit", type=float, default=350.0, help="milliseconds the median may take (default 350)")
    parser.add_argument("--blocks", type=int, default=0, help="blocks of an index beside the documents (default none)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.blocks:
            index(folder, given.blocks)
        command = [*CHECK, *corpus(folder)]
        first = [milliseconds(command, folder) for _ in range(2)]
        compiling = milliseconds([*CHECK[:-1], "init"], folder)
        pairs = [(milliseconds(FLOOR, folder), milliseconds(command, folder)) for _ in range(given.runs)]
    floor, check = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(own / low for low, own in pairs)
    print(f"import numpy, regex, click     {floor:6.0f} ms CPU, median of {given.runs}")
    print(f"cleaner check, {DOCUMENTS} documents    {check:6.0f} ms CPU, {ratio:.1f} times that")
    print(f"its first run, and its second  {first[0]:6.0f} ms, {first[1]:.0f} ms")
    print(f"cleaner init, which compiles   {compiling:6.0f} ms")
    if check > given.limit:
        sys.exit(f"over the limit of {given.limit:g} ms")


if __name__ == "__main__":
    main()
