"""CPU milliseconds of ``cleaner check`` on ten changed documents, as a hook runs it: a fresh process each time.

    python benchmarks/latency.py [--runs 15] [--limit 350]

In turns with ``python -c "import numpy, regex, click"``, which is what any program with these libraries pays. CPU time
of the process and of its workers, so that other work on the machine matters little. The runs before the rules are in
the user's cache are shown apart. Exits with 1 if the median is over ``--limit``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
DOCUMENTS = 10
FLOOR = [sys.executable, "-c", "import numpy, regex, click"]
CHECK = [sys.executable, "-c", "from cleaner.cli import main; main(prog_name='cleaner')", "check"]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="times each command is run (default 15)")
    parser.add_argument("--limit", type=float, default=350.0, help="milliseconds the median may take (default 350)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
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
