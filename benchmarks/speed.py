"""MB/s of one core for each stage, for the whole, and for a plain loop of ``regex`` over the same rules.

    python benchmarks/speed.py [--megabytes 8] [--seed 1] [--runs 3]

The corpus is made from samples/ with the seed. Figures are CPU time (children's included where there are any), so
that other work on the machine matters little; ratios within one run hold, absolute figures are the machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.batch import Batch
from cleaner.cleaning import clean
from cleaner.config import Config
from cleaner.decide import Policy, decide
from cleaner.detectors import standard
from cleaner.detectors.patterns import Patterns
from cleaner.detectors.prefilter import HAS_HYPERSCAN, Everything, Hyperscan, Prefilter
from cleaner.detectors.repeats import Repeats
from cleaner.model import Document, Finding
from cleaner.readers import READERS
from cleaner.readers.base import Fields, Unit
from cleaner.run import rules_of

SAMPLES = Path(__file__).parent.parent / "samples"
#: Characters of a batch, as in cleaner/run.py.
BATCH = 1 << 18
#: Megabytes for what makes less than 1 MB/s.
SMALL = 0.25


class Row(NamedTuple):
    """A stage, the megabytes it worked off, and the CPU seconds of each run."""

    name: str
    megabytes: float
    seconds: list[float]

    @property
    def best(self) -> float:
        return self.megabytes / min(self.seconds)

    @property
    def median(self) -> float:
        return self.megabytes / statistics.median(self.seconds)


def corpus(megabytes: float, seed: int) -> list[str]:
    """Texts of the samples' lines: one sample's frame each, more paragraphs, and every paragraph reworded a little."""
    chance = random.Random(seed)
    paths = sorted((*SAMPLES.rglob("*.txt"), *SAMPLES.rglob("*.md")))
    texts = [path.read_text("utf-8").split("\n") for path in paths if path.name != "README.md"]
    prose = [line for lines in texts for line in lines if line.count(" ") >= 20]
    words = sorted({word for line in prose for word in line.split() if word.isalpha() and word.islower()})
    made: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        lines: list[str] = []
        for line in chance.choice(texts):
            own = [line] if line.count(" ") < 20 else [line, *chance.choices(prose, k=chance.choice((0, 0, 1, 2)))]
            lines += [_reworded(one, words, chance) for one in own]
        made.append("\n".join(lines))
        size += len(made[-1].encode())
    return made


def _reworded(line: str, words: Sequence[str], chance: random.Random) -> str:
    """Of a paragraph every tenth word is another, so that no two are alike; short lines stay."""
    if line.count(" ") < 20:
        return line
    return " ".join(chance.choice(words) if chance.random() < 0.1 and word.islower() else word for word in line.split())


def batches(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents in batches as a run makes them."""
    result: list[list[Document]] = [[]]
    size = 0
    for document in documents:
        if size >= BATCH:
            result.append([])
            size = 0
        result[-1].append(document)
        size += len(document.text)
    return result


def measure(name: str, megabytes: float, runs: int, task: Callable[[], object], *, children: bool = False) -> Row:
    """The task's CPU time, ``runs`` times."""
    clock = _children if children else time.process_time
    seconds = []
    for _ in range(runs):
        started = clock()
        task()
        seconds.append(max(clock() - started, 1e-9))
    row = Row(name, megabytes, seconds)
    print(f"{name:46} {row.best:9.2f} {row.median:9.2f}", flush=True)
    return row


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def stages(documents: Sequence[Document], megabytes: float, runs: int) -> Iterator[Row]:
    """The stages in memory, the first pass of each, and then the whole, which passes over until nothing more goes."""
    rules = rules_of(Config())
    started = time.process_time()
    prefilter: Prefilter = Hyperscan(rules.rules) if HAS_HYPERSCAN else Everything(rules.rules)
    print(f"{len(rules)} rules; compiling them for the prefilter: {time.process_time() - started:.1f} s of CPU\n")
    print(f"{'':46} {'best':>9} {'median':>9}  MB/s of one core")

    groups = batches(documents)
    units = [Unit("jsonl", "corpus.jsonl", (json.dumps({"text": d.text}) + "\n").encode(), 1) for d in documents]
    reader, fields = READERS["jsonl"], Fields()
    yield measure(
        "decode and load (JSON Lines)", megabytes, runs, lambda: [reader.load(unit, fields) for unit in units]
    )
    yield measure("blocks and views", megabytes, runs, lambda: [Batch(group) for group in groups])

    made = [Batch(group) for group in groups]
    views = [batch.views for batch in made]
    yield measure("prefilter", megabytes, runs, lambda: [list(prefilter.candidates(own)) for own in views])
    patterns, repeats = Patterns(rules, prefilter), Repeats()
    nothing: list[list[Finding]] = []
    yield measure("rules (prefilter, then regex)", megabytes, runs, lambda: [patterns.detect(b, nothing) for b in made])
    fresh = [[Batch(group) for group in groups] for _ in range(runs)]
    yield measure("tokens", megabytes, runs, lambda: [(b.tokens.blocks, b.tokens.shingles) for b in fresh.pop()])
    for batch in made:
        assert batch.tokens.shingles
    yield measure("repeats", megabytes, runs, lambda: [repeats.detect(b, nothing) for b in made])
    detectors = standard(rules, prefilter)
    found = []
    for batch in made:
        own: list[list[Finding]] = [[] for _ in batch.pages]
        for detector in detectors:
            own = [a + b for a, b in zip(own, detector.detect(batch, own), strict=True)]
        found.append(own)
    pairs = [pair for batch, own in zip(made, found, strict=True) for pair in zip(batch.pages, own, strict=True)]
    yield measure("decide", megabytes, runs, lambda: [decide(page, own, Policy()) for page, own in pairs])
    whole = measure("whole: clean, in memory", megabytes, runs, lambda: [clean(g, detectors, Policy()) for g in groups])
    yield whole

    part, size = [], 0.0
    for view in (view for batch in made for view in batch.views):
        part.append(view)
        size += len(view.encode()) / 1e6
        if size >= SMALL:
            break
    loop = measure(
        f"beside it: a plain loop of regex ({size:.2f} MB)",
        size,
        runs,
        lambda: [rule.pattern.search(view) for view in part for rule in rules],
    )
    yield loop
    print(f"\nthe whole is {whole.best / loop.best:.1f} times as fast as the plain loop alone\n")


def command_line(texts: Sequence[str], megabytes: float, runs: int) -> Row:
    """``cleaner clean --jobs 1`` on a folder: half the texts as files, half as lines of one JSONL file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "corpus")
        source.mkdir()
        half = len(texts) // 2
        for number, text in enumerate(texts[:half]):
            Path(source, f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
        lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts[half:])
        Path(source, "rest.jsonl").write_text("".join(lines), encoding="utf-8", newline="")
        command = [
            sys.executable,
            "-m",
            "cleaner",
            "clean",
            str(source),
            "-o",
            f"{folder}/out",
            "--force",
            "--jobs",
            "1",
        ]
        return measure(
            "whole: command line, start-up included",
            megabytes,
            runs,
            lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL, cwd=folder),
            children=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=8.0, help="size of the corpus (default 8)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus (default 1)")
    parser.add_argument("--runs", type=int, default=3, help="times each stage is measured (default 3)")
    given = parser.parse_args()
    texts = corpus(given.megabytes, given.seed)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, hyperscan {'there' if HAS_HYPERSCAN else 'absent'}"
    )
    print(f"{len(texts)} documents, {megabytes:.1f} MB, seed {given.seed}, {given.runs} runs")
    list(stages([Document(str(number), text) for number, text in enumerate(texts)], megabytes, given.runs))
    command_line(texts, megabytes, given.runs)


if __name__ == "__main__":
    main()
