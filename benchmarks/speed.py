"""MB/s of one core for each stage, for the whole, and for a plain loop of ``regex`` over the same rules.

    python benchmarks/speed.py [--megabytes 8] [--seed 1] [--runs 3] [--html PAGES.jsonl.gz]

The corpus is made from samples/ with the seed, and web pages from it; with ``--html`` only the web pages of that file
are measured (benchmarks/webpages.py). Figures are CPU time (children's included where there are any), so that other
work on the machine matters little; ratios within one run hold, absolute figures are the machine's.
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
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from pathlib import Path

from benchmarks import webpages
from cleaner import weightfiles
from cleaner.batch import Batch, Matches
from cleaner.cleaning import clean
from cleaner.config import Config
from cleaner.decide import Policy, Verdict
from cleaner.detectors import Detector, standard
from cleaner.detectors.learned import Learned
from cleaner.detectors.patterns import Patterns
from cleaner.detectors.prefilter import HAS_HYPERSCAN, Everything, Hyperscan, Prefilter
from cleaner.detectors.repeats import Repeats
from cleaner.engines.local import settle
from cleaner.model import Document, Finding
from cleaner.readers import READERS
from cleaner.readers.base import Fields, Unit
from cleaner.ruleset import RuleSet
from cleaner.run import BATCH_BYTES, rules_of

SAMPLES = Path(__file__).parent.parent / "samples"
#: Web pages that are made.
PAGES = 100
#: Megabytes for what makes less than 1 MB/s.
SMALL = 0.25


class Meter:
    """Measures tasks on a corpus of so many megabytes, each ``runs`` times, and prints a line each."""

    def __init__(self, megabytes: float, runs: int) -> None:
        self.megabytes, self.runs = megabytes, runs
        self.beside = 0.0  # MB/s of the plain loop, to which the others are set in relation
        print(f"\n{'MB/s of one core':46} {'best':>9} {'median':>9} {'best : loop':>12}")

    def __call__(self, name: str, task: Callable[[], object], *, of: float = 0.0, children: bool = False) -> float:
        """The best MB/s of the task, which works off ``of`` megabytes or the corpus."""
        clock = _children if children else time.process_time
        seconds = []
        for _ in range(self.runs):
            started = clock()
            task()
            seconds.append(max(clock() - started, 1e-9))
        best, median = ((of or self.megabytes) / value for value in (min(seconds), statistics.median(seconds)))
        self.beside = self.beside or best
        print(f"{name:46} {best:9.2f} {median:9.2f} {best / self.beside:12.1f}", flush=True)
        return best


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def corpus(megabytes: float, seed: int) -> list[str]:
    """Texts of the samples' lines: one of three from a sample with boilerplate, the others from a clean one.

    That is the share of extracted web pages in which the rules find something. All get more paragraphs of the clean
    samples, and every paragraph is reworded a little, so that no two are alike.
    """
    chance = random.Random(seed)
    gold = json.loads((SAMPLES / "gold.json").read_text("utf-8"))["documents"]
    samples = {name: (SAMPLES / name).read_text("utf-8").split("\n") for name in sorted(gold)}
    framed = [lines for name, lines in samples.items() if gold[name]["remove"]]
    clean_ = [lines for name, lines in samples.items() if not gold[name]["remove"]]
    prose = [line for lines in clean_ for line in lines if line.count(" ") >= 20]
    words = sorted({word for line in prose for word in line.split() if word.isalpha() and word.islower()})
    made: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        lines: list[str] = []
        for line in chance.choice(framed if chance.random() < 1 / 3 else clean_):
            own = [line] if line.count(" ") < 20 else [line, *chance.choices(prose, k=chance.choice((0, 0, 1, 2)))]
            lines += [_reworded(one, words, chance) for one in own]
        made.append("\n".join(lines))
        size += len(made[-1].encode())
    return made


def _reworded(line: str, words: Sequence[str], chance: random.Random) -> str:
    """Of a paragraph every tenth word is another, so that no two are alike; of half the short lines one word."""
    own = line.split(" ")
    if len(own) > 20:
        return " ".join(chance.choice(words) if chance.random() < 0.1 and word.islower() else word for word in own)
    if len(own) > 3 and chance.random() < 0.5:
        own[chance.randrange(len(own))] = chance.choice(words)
    return " ".join(own)


def batches(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents in batches as a run makes them."""
    result: list[list[Document]] = [[]]
    size = 0
    for document in documents:
        if size >= BATCH_BYTES:
            result.append([])
            size = 0
        result[-1].append(document)
        size += len(document.text)
    return result


def stages(documents: Sequence[Document], meter: Meter, rules: RuleSet, prefilter: Prefilter) -> None:
    """The first pass of each stage in memory, then the whole, which passes over until nothing more goes."""
    weights = weightfiles.load(Config().weights, Path())
    settle()  # as a worker does
    groups = batches(documents)
    made = [Batch(group) for group in groups]
    part = _part([view for batch in made for view in batch.views])
    size = sum(len(view.encode()) for view in part) / 1e6
    searches = [rule.pattern.search for rule in rules]
    meter(f"a plain loop of regex, on {size:.2f} MB", lambda: [f(view) for view in part for f in searches], of=size)

    units = [Unit("jsonl", "corpus.jsonl", (json.dumps({"text": d.text}) + "\n").encode(), 1) for d in documents]
    reader, fields = READERS["jsonl"], Fields()
    meter("decode and load, from JSON Lines", lambda: [reader.load(unit, fields) for unit in units])
    meter("blocks and views", lambda: [Batch(group) for group in groups])
    meter("prefilter", lambda: [list(prefilter.candidates(batch.views)) for batch in made])
    patterns, repeats = Patterns(rules, prefilter), Repeats()
    # a batch remembers its matches, its words and what the lexicon says of them
    fresh = [[Batch(group) for group in groups] for _ in range(3 * meter.runs)]
    meter("rules: prefilter, then regex", lambda: [patterns.detect(batch, []) for batch in fresh.pop()])
    meter("tokens", lambda: [(batch.tokens.blocks, batch.tokens.shingles) for batch in fresh.pop()])
    detectors = standard(rules, prefilter, weights=weights)
    found = [_findings(batch, detectors) for batch in made]  # makes the tokens, too
    meter("repeats", lambda: [repeats.detect(batch, []) for batch in made])
    pairs = [pair for batch, own in zip(made, found, strict=True) for pair in zip(batch.pages, own, strict=True)]
    meter("decide", lambda: [Verdict(page, own, Policy()).removals for page, own in pairs])
    if weights is not None:
        learned = Learned(weights)
        for batch in chain.from_iterable(fresh):
            _ = batch.tokens  # made before the clock starts
        meter("score", lambda: [learned.detect(batch, own) for batch, own in zip(fresh.pop(), found, strict=True)])

    def whole() -> None:
        matches: Matches = {}  # from batch to batch, as in a worker
        for group in groups:
            clean(group, detectors, Policy(), explain=False, matches=matches)

    settle()  # what the stages have made, no worker holds
    meter("whole: clean, in memory", whole)


def _part(views: Sequence[str]) -> list[str]:
    sizes = accumulate(len(view) for view in views)
    return [view for view, size in zip(views, sizes, strict=True) if size <= SMALL * 1e6]


def _findings(batch: Batch, detectors: Sequence[Detector]) -> list[list[Finding]]:
    found: list[list[Finding]] = [[] for _ in batch.pages]
    for detector in detectors:
        found = [a + b for a, b in zip(found, detector.detect(batch, found), strict=True)]
    return found


def command_line(texts: Sequence[str], meter: Meter) -> None:
    """``cleaner clean --jobs 1`` on a folder: half the texts as files, half as lines of one JSONL file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "corpus")
        source.mkdir()
        half = len(texts) // 2
        for number, text in enumerate(texts[:half]):
            Path(source, f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
        lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts[half:])
        Path(source, "rest.jsonl").write_text("".join(lines), encoding="utf-8", newline="")
        start = [sys.executable, "-c", "from cleaner.cli import program; program()"]
        command = [*start, "clean", str(source), "-o", f"{folder}/out", "--force", "--jobs", "1"]

        def run() -> None:
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL, cwd=folder)

        meter("whole: command line, start-up included", run, children=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=8.0, help="size of the corpus (default 8)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus (default 1)")
    parser.add_argument("--runs", type=int, default=3, help="times each stage is measured (default 3)")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="measure these web pages alone: JSON Lines, field `html`"
    )
    given = parser.parse_args()
    if given.html:
        webpages.measure(webpages.read(given.html))
        return
    texts = corpus(given.megabytes, given.seed)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    hyperscan = "there" if HAS_HYPERSCAN else "absent, every rule is tried on every block"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, hyperscan {hyperscan}")
    print(f"{len(texts)} documents, {megabytes:.1f} MB, seed {given.seed}, {given.runs} runs")
    started = time.process_time()
    rules = rules_of(Config())
    read = time.process_time()
    prefilter: Prefilter = Hyperscan(rules.rules) if HAS_HYPERSCAN else Everything(rules.rules)
    ready = time.process_time()
    print(f"{len(rules)} rules: {read - started:.1f} s to read, {ready - read:.1f} s to compile for the prefilter")
    meter = Meter(megabytes, given.runs)
    stages([Document(str(number), text) for number, text in enumerate(texts)], meter, rules, prefilter)
    command_line(texts, meter)
    webpages.measure(list(webpages.made(texts[:PAGES], given.seed)))


if __name__ == "__main__":
    main()
