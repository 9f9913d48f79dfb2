"""What a report costs: seconds and memory to write it, bytes of its first page, and how soon a page is ready.

    python -m benchmarks.report [--documents 10000] [--seed 1]

The corpus is that of benchmarks/speed.py, a document a file, in folders of a hundred. The report is written by the
command line in a process of its own with two workers; its peak is that process's and, added up, its workers'. Pages
are opened from ``file://`` in the Chromium that is installed, each three times in a new profile; without one that
part says so.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.speed import corpus

#: Megabytes of text that make a document of the size of an extracted page.
PER_DOCUMENT = 0.0056


class Memory(threading.Thread):
    """Watches the resident memory of a process and its children, and keeps the largest sum."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.stopped = pid, 0, False

    def run(self) -> None:
        while not self.stopped:
            self.peak = max(self.peak, sum(map(_resident, [self.pid, *_children(self.pid)])))
            time.sleep(0.1)


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [own for child in map(int, listed) for own in (child, *_children(child))]


def _resident(pid: int) -> int:
    """Bytes in memory, pages shared with others counted in part (PSS)."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:")), 0)


def write(folder: Path, documents: int, seed: int) -> float:
    """The corpus; its megabytes."""
    texts = corpus(documents * PER_DOCUMENT, seed)
    size = 0
    for number in range(documents):
        path = folder / f"{number // 100:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        # the corpus repeats rather than being cut short; the name of the file makes it another document
        size += path.write_text(texts[number % len(texts)], "utf-8")
    return size / 1e6


def report(folder: Path, out: Path) -> tuple[float, float, int]:
    """Seconds, CPU seconds and peak bytes of writing the report."""
    before = os.times()
    started = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.report", "--child", str(folder), str(out)]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    memory = Memory(running.pid)
    memory.start()
    if running.wait():
        sys.exit("the report failed")
    memory.stopped = True
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - started, used, memory.peak


def ready(page: Any, path: Path) -> float:
    """Milliseconds from the start of the navigation until the page is loaded and its scripts have run."""
    page.goto(path.as_uri())
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def browse(out: Path) -> None:
    """How soon pages are ready."""
    from tests.browser.chromium import browser, path

    if path() is None:
        print("NO CHROMIUM: pages were not opened")
        return
    by_size = sorted((out / "d").glob("*.html"), key=lambda page: page.stat().st_size)
    pages = {
        "overview": out / "index.html",
        "all removals": out / "list.html",
        "document, median size": by_size[len(by_size) // 2],
        "document, largest": by_size[-1],
    }
    with browser() as running:
        for name, page in pages.items():
            times = []
            for _ in range(3):
                context = running.new_context()
                times.append(ready(context.new_page(), page))
                context.close()
            print(f"{name:24} {page.stat().st_size / 1000:8.0f} KB, ready in {statistics.median(times):6.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        from cleaner.cli import main as cleaner

        cleaner(["report", str(chosen.child[0]), "-o", str(chosen.child[1]), "-j", "2"])
        return
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name, "corpus"), Path(name, "report")
        size = write(folder, chosen.documents, chosen.seed)
        print(f"{chosen.documents} documents, {size:.1f} MB, seed {chosen.seed}, {os.cpu_count()} cores")
        seconds, used, peak = report(folder, out)
        files = [path for path in out.rglob("*") if path.is_file()]
        total = sum(path.stat().st_size for path in files) / 1e6
        print(f"written in {seconds:.1f} s ({used:.1f} s of CPU), peak {peak / 1e6:.0f} MB")
        print(f"{len(files)} files, {total:.0f} MB")
        browse(out)


if __name__ == "__main__":
    main()
