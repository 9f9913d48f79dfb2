"""Near duplicates: pairs found and missed beside other tools, MB/s of one core, growth, and peak memory.

    python benchmarks/duplicates.py [--families 6000] [--megabytes 16] [--seed 1] [--only speed]

The corpus is made with the seed: families of texts of 40 words (blocks) and 400 (documents), in which each member
has 0 to 10 % of its words replaced, left out or doubled. A pair is true if the exact Jaccard index of its five-word
shingles, counted in plain Python, is at least 0.8. Tools that are not installed are skipped, and that is said.
Time is CPU time; ratios within one run hold.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby
from pathlib import Path

import numpy as np

from cleaner.dedup.bands import Shape, band_keys
from cleaner.dedup.candidates import distinct, pairs
from cleaner.dedup.clusters import components
from cleaner.dedup.sets import Sets, jaccard
from cleaner.dedup.signatures import signatures
from cleaner.tokens import I64, U64, TokenTable

THRESHOLD = 0.8
#: Bytes of text that are worked on at a time, as in cleaner/run.py.
BATCH = 1 << 18

Pairs = set[tuple[int, int]]


def vocabulary(chance: random.Random, words: int = 20_000) -> list[str]:
    """Words of two to four syllables."""
    syllables = [first + second for first in "bcdfgklmnprstv" for second in ("a", "e", "i", "o", "u", "ai", "en", "or")]
    return ["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) for _ in range(words)]


def families(count: int, words: int, seed: int) -> list[list[str]]:
    """Texts by family: one of about so many words, and up to three edited copies."""
    chance = random.Random(seed)
    known = vocabulary(chance)
    made = []
    for _ in range(count):
        first = chance.choices(known, k=max(8, int(chance.gauss(words, words / 4))))
        copies = chance.choice((0, 0, 1, 2, 3))
        made.append([" ".join(first), *(" ".join(edited(first, known, chance)) for _ in range(copies))])
    return made


def edited(words: Sequence[str], known: Sequence[str], chance: random.Random) -> Iterator[str]:
    """The words with 0 to 10 % of them replaced, left out or doubled."""
    share = chance.uniform(0, 0.10)
    for word in words:
        change = chance.choice(("replace", "drop", "double")) if chance.random() < share else "keep"
        if change != "drop":
            yield chance.choice(known) if change == "replace" else word
        if change == "double":
            yield word


def shingled(text: str) -> set[tuple[str, ...]]:
    """Five-word shingles, in plain Python."""
    words = text.split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def true_pairs(made: Sequence[Sequence[str]]) -> Pairs:
    """Pairs of texts, by number, at the threshold or above. Texts of two families share no shingles to speak of."""
    found: Pairs = set()
    at = 0
    for family in made:
        sets = [shingled(text) for text in family]
        for one, other in combinations(range(len(sets)), 2):
            if len(sets[one] & sets[other]) >= THRESHOLD * len(sets[one] | sets[other]):
                found.add((at + one, at + other))
        at += len(family)
    return found


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in batches as a run makes them."""
    start = size = 0
    for end, text in enumerate(texts, 1):
        size += len(text)
        if size >= BATCH or end == len(texts):
            yield texts[start:end]
            start, size = end, 0


def signed(texts: Sequence[str], shape: Shape) -> tuple[list[tuple[U64, I64]], U64]:
    """Shingles with their texts, a batch each, and the band keys of all texts."""
    tables, keys = [], []
    for batch in batches(texts):
        hashes, owners = TokenTable.of(batch).shingles
        first = np.searchsorted(owners, np.arange(len(batch) + 1))
        tables.append((hashes, owners))
        keys.append(band_keys(signatures(hashes, first), shape))
    return tables, np.concatenate(keys)


def grouped(keys: U64) -> I64:
    """Pairs of texts that share a band key, one band after the other."""
    members = np.arange(len(keys))
    found = [rows for band in range(keys.shape[1]) for rows in pairs(np.ascontiguousarray(keys[:, band]), members)]
    return distinct(np.concatenate(found))


def proposed(texts: Sequence[str]) -> I64:
    """Pairs that 16 bands of 8 propose."""
    return grouped(signed(texts, Shape.of(THRESHOLD))[1])


def checked(texts: Sequence[str]) -> Pairs:
    """Pairs that the exact check leaves of those that are proposed."""
    tables, keys = signed(texts, Shape.of(THRESHOLD))
    rows = grouped(keys)
    counts = np.cumsum([0, *(len(batch) for batch in batches(texts))])
    owners = np.concatenate([own + start for (_, own), start in zip(tables, counts, strict=False)])
    members, among = np.unique(rows, return_inverse=True)
    used = np.flatnonzero(np.isin(owners, members))
    hashes = np.concatenate([own for own, _ in tables])[used]
    sets = Sets.gathered(hashes, np.searchsorted(members, owners[used]), len(members))
    similar = jaccard(sets, among.reshape(-1, 2))
    return set(map(tuple, rows[similar >= THRESHOLD].tolist()))


def by_datasketch(texts: Sequence[str]) -> Pairs:
    """datasketch's MinHashLSH as it comes, threshold 0.8, over the same shingles."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    found: Pairs = set()
    for number, text in enumerate(texts):
        own = MinHash(num_perm=128)
        own.update_batch([" ".join(shingle).encode() for shingle in shingled(text)])
        found |= {(other, number) for other in index.query(own)}
        index.insert(number, own)
    return found


def by_rensa(texts: Sequence[str]) -> Pairs:
    """rensa's RMinHash and RMinHashLSH with 16 bands over the same shingles."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=16)
    found: Pairs = set()
    for number, text in enumerate(texts):
        own = RMinHash(num_perm=128, seed=42)
        own.update([" ".join(shingle) for shingle in shingled(text)])
        found |= {(other, number) for other in index.query(own)}
        index.insert(number, own)
    return found


def by_datatrove(texts: Sequence[str]) -> Pairs:
    """datatrove's signatures and buckets (14 of 8, its default), and the pairs within the clusters they connect."""
    from datatrove.data import Document
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig

    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    documents = (Document(text=text, id=str(number)) for number, text in enumerate(texts))
    with tempfile.TemporaryDirectory() as folder:
        MinhashDedupSignature(f"{folder}/signatures", config).run(documents, 0, 1)
        for bucket in range(config.num_buckets):
            MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets", config=config).run(None, bucket, 14)
        links = [np.fromfile(path, "<u4").reshape(-1, 4)[:, 1::2] for path in Path(folder, "buckets").glob("*.dups")]
    root = components(np.concatenate(links).astype(np.int64), len(texts))
    order = np.argsort(root, kind="stable").tolist()
    clusters = (list(own) for _, own in groupby(order, key=root.__getitem__))
    return {pair for own in clusters for pair in combinations(own, 2)}


def quality(count: int, seed: int) -> None:
    """Recall and precision of pairs, of blocks and of documents."""
    for name, words in (("blocks of 40 words", 40), ("documents of 400 words", 400)):
        made = families(count if words == 40 else count // 3, words, seed)
        texts = [text for family in made for text in family]
        true = true_pairs(made)
        size = sum(map(len, texts)) / 1e6
        print(f"\n{name}: {len(texts)} texts, {size:.1f} MB, {len(true)} true pairs at J >= {THRESHOLD}")
        print(f"{'':34} {'recall':>8} {'precision':>10} {'MB/s':>8}")
        runs: list[tuple[str, Callable[[Sequence[str]], Pairs]]] = [
            ("cleaner, proposed by 16 bands of 8", lambda own: set(map(tuple, proposed(own).tolist()))),
            ("cleaner, after the exact check", checked),
            ("datasketch MinHashLSH, default", by_datasketch),
            ("rensa RMinHashLSH, 16 bands", by_rensa),
            ("datatrove, 14 buckets of 8", by_datatrove),
        ]
        for tool, run in runs:
            try:
                run(texts[:200])  # what is loaded once does not count
                started = time.process_time()
                found = run(texts)
                row(tool, found, true, size / (time.process_time() - started))
            except ImportError as error:
                print(f"{tool:34} SKIPPED: {error}")


def row(name: str, found: Pairs, true: Pairs, speed: float) -> None:
    """Prints recall, precision and MB/s."""
    recall, precision = len(found & true) / max(1, len(true)), len(found & true) / max(1, len(found))
    print(f"{name:34} {recall:8.4f} {precision:10.4f} {speed:8.1f}", flush=True)


def speed(megabytes: float, seed: int, runs: int) -> None:
    """MB/s of each step over blocks of 40 words, and how time grows with their number."""
    texts = [text for family in families(int(megabytes * 1e6 / 520), 40, seed) for text in family]
    size = sum(map(len, texts)) / 1e6
    print(f"\n{len(texts)} blocks of 40 words, {size:.1f} MB, best and median of {runs} runs, CPU time")
    print(f"{'':34} {'best':>8} {'median':>8}  MB/s of one core")
    shape = Shape.of(THRESHOLD)
    step("tokenise and hash", lambda: [TokenTable.of(batch).shingles for batch in batches(texts)], size, runs)
    step("  and sign, band keys too", lambda: signed(texts, shape), size, runs)
    step("  and group: pairs proposed", lambda: proposed(texts), size, runs)
    parts = [texts[: len(texts) // 8 * share] for share in (1, 2, 4, 8)]
    seconds = [min(_seconds(lambda own=own: proposed(own)) for _ in range(runs)) for own in parts]
    exponent = math.log(seconds[-1] / seconds[0]) / math.log(8)
    print(f"three doublings: {', '.join(f'{value:.2f} s' for value in seconds)}; time grows with n^{exponent:.2f}")


def step(name: str, task: Callable[[], object], size: float, runs: int) -> None:
    """Prints the MB/s of a task."""
    seconds = sorted(_seconds(task) for _ in range(runs))
    print(f"{name:34} {size / seconds[0]:8.1f} {size / statistics.median(seconds):8.1f}", flush=True)


def _seconds(task: Callable[[], object]) -> float:
    started = time.process_time()
    task()
    return time.process_time() - started


_GROUPING = r"""
import re, sys, time
from pathlib import Path
import numpy as np
from cleaner.dedup.bands import Shape
from cleaner.dedup.sketch import sketches
from cleaner.gathered import Gathered
sys.path.insert(0, sys.argv[1])
from duplicates import families
def peak(): return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) >> 10
count, memory = int(sys.argv[2]), int(sys.argv[3])
shape, gathered = Shape.of(0.8), Gathered(1)
before = peak()
for start in range(0, count, 1000):
    texts = [text for family in families(min(1000, count - start), 100, start) for text in family]
    for sketch in sketches(texts, shape):
        gathered.add(sketch, np.zeros(1, np.uint64))
filled = peak()
started = time.process_time()
groups = gathered.groups(0.8, memory)
print(len(gathered), len(groups.number), before, filled, peak(), time.process_time() - started)
"""


def memory(megabytes: Sequence[int], counts: Sequence[int]) -> None:
    """Peak memory of gathering and grouping documents of 100 words, each run in a process of its own."""
    print(f"\n{'peak memory':>12} {'documents':>10} {'in clusters':>12} {'start':>7} {'gathered':>9} {'grouped':>8} MB")
    for size in megabytes:
        for count in counts:
            command = [sys.executable, "-c", _GROUPING, str(Path(__file__).parent), str(count), str(size << 20)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            documents, clustered, *peaks, seconds = done.stdout.split()
            peaks_ = " ".join(f"{peak:>8}" for peak in peaks)
            print(
                f"{f'--memory {size}M':>12} {documents:>10} {clustered:>12} {peaks_}   ({float(seconds):.1f} s)",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=6000, help="families of blocks (default 6000)")
    parser.add_argument("--megabytes", type=float, default=16.0, help="size of the blocks for speed (default 16)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus (default 1)")
    parser.add_argument("--runs", type=int, default=3, help="times each step is measured (default 3)")
    parser.add_argument("--only", choices=("quality", "speed", "memory"), help="only this part")
    given = parser.parse_args()
    if given.only in (None, "quality"):
        quality(given.families, given.seed)
    if given.only in (None, "speed"):
        speed(given.megabytes, given.seed, given.runs)
    if given.only in (None, "memory"):
        memory((32, 128), (10_000, 20_000, 40_000, 80_000))


if __name__ == "__main__":
    main()
