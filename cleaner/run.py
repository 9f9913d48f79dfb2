"""A run: sources → units → outcomes, file by file in order, whatever the engine and the number of workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner import __version__, decisions, weightfiles
from cleaner.config import KEYS, Config
from cleaner.decide import Policy
from cleaner.detectors import standard
from cleaner.detectors.template import SiteTemplate
from cleaner.engines.base import Engine, Failure
from cleaner.engines.local import LocalEngine
from cleaner.fingerprint import Key
from cleaner.judgements import Judgements
from cleaner.packs import choose, is_chosen, is_path, load
from cleaner.readers.base import Unit
from cleaner.readers.packed import CorruptArchiveError, opened
from cleaner.rulecode import ready
from cleaner.rulepattern import Pattern
from cleaner.ruleset import Rule, RuleSet
from cleaner.sites.template import Templates
from cleaner.sources import Source
from cleaner.work import Outcome, Sketching, Work

if TYPE_CHECKING:
    from cleaner.dedup.bands import Shape

#: Bytes and units of a batch: enough to spread the cost of a pass, few enough to be shared out among workers.
BATCH_BYTES, _BATCH_UNITS = 1 << 21, 512


@dataclass(frozen=True, slots=True)
class End:
    """The end of a file: the digest of its bytes as they lie on the disk, or why it could not be read.

    ``line`` is where, in a file of lines.
    """

    digest: str = ""
    error: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A unit and what became of it."""

    unit: Unit
    outcome: Outcome


def rules_of(config: Config) -> RuleSet:
    """The rules in force. Raises ``RuleError`` and ``ConfigError``."""
    if any(map(is_path, config.packs)):  # files may change while the process lives
        return choose(load(config.packs, config.base), config.select, config.ignore, config.languages)
    return _built_in(config.packs, config.select, config.ignore, config.languages)


@lru_cache(maxsize=8)
def _built_in(
    packs: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], languages: tuple[str, ...]
) -> RuleSet:
    return choose(load(packs, Path()), select, ignore, languages)


def policy_of(config: Config, kept: Collection[Key] = ()) -> Policy:
    """What decides, people's decisions among it, and ``kept``, which is not to go. Raises ``ConfigError``."""
    decided = decisions.load(config.base / config.decisions) if config.decisions else []
    judged = decisions.judgements(decided)
    return replace(config.policy, judged=Judgements({**judged.texts, **dict.fromkeys(kept, "keep")}, judged.rules))


def stamp(config: Config) -> dict[str, Any]:
    """What a ledger says of the run: version, configuration, and a digest of the rules."""
    digest = hashlib.sha256()
    keys = sorted(entry.name for entry in fields(Rule))
    values = attrgetter(*keys)
    for rule in rules_of(config):
        digest.update(repr([*zip(keys, map(_plain, values(rule)), strict=True)]).encode())
    digest.update(weightfiles.content(config.weights, config.base))
    settings = {key: _plain(getattr(config, key)) for key in KEYS}
    judged = policy_of(config).judged
    decided = repr((sorted(judged.texts.items()), sorted(judged.rules.items()))).encode()
    heeded = {"decisions": hashlib.sha256(decided).hexdigest()} if judged else {}
    return {"cleaner": __version__, "rules": digest.hexdigest(), **heeded, "config": settings}


#: What is written of a value that has no form, or none that is the same in every process.
_PLAIN: dict[type, Callable[[Any], Any]] = {Pattern: attrgetter("pattern"), frozenset: sorted, tuple: list}


def _plain(value: Any) -> Any:
    made = _PLAIN.get(type(value))
    return made(value) if made else value


def work_of(
    config: Config,
    size: int,
    *,
    every_decision: bool = False,
    every_document: bool = False,
    stages: Sequence[Templates] = (),
    kept: Collection[Key] = (),
) -> Work:
    """The task for a configuration; ``size`` is the bytes of input it will see.

    ``stages`` are templates of its sites, to be taken off one after the other. ``kept`` are the rules and fingerprints
    of what is not to go.
    """
    rules = rules_of(config)
    by_name = partial(is_chosen, select=config.select, ignore=config.ignore)
    weights = weightfiles.load(config.weights, config.base)
    detectors = standard(rules, ready(rules.rules, size), by_name, weights)
    chosen = chosen_template(config)
    first = [SiteTemplate(templates, config.site_from, chosen) for templates in stages]
    policy = policy_of(config, kept)
    return Work(detectors, policy, config.fields, every_decision, every_document, first)


def chosen_template(config: Config) -> frozenset[str]:
    """The rules of site templates that are in force."""
    return frozenset(name for name in SiteTemplate.RULES if is_chosen(name, config.select, config.ignore))


def outcomes(
    sources: Sequence[Source],
    config: Config,
    jobs: int,
    *,
    work: Work,
    shape: Shape | None = None,
) -> Iterator[tuple[Source, Iterator[Done | End]]]:
    """Each source with its units' outcomes and, last, its end. To be drawn in order, each to its end.

    Passes over the same sources share a ``work``: rules are made ready once. With a ``shape`` of bands, and
    ``every_document`` in the work, outcomes have sketches, for copies to be found by, and nothing to be written.
    """
    task = work if shape is None else Sketching(work, shape, config.site_from)
    engine = LocalEngine(jobs, config.seconds_per_document)
    stream = _flat(engine, task, batches(sources, config))
    for number, own in groupby(stream, key=itemgetter(0)):
        yield sources[number], (event for _, event in own)


def outcomes_of(units: Iterable[Unit], config: Config, jobs: int, size: int) -> Iterator[tuple[Unit, Outcome]]:
    """Each unit with its outcome, in order; ``size`` is the bytes they have in all."""
    engine = LocalEngine(jobs, config.seconds_per_document)
    stream = _flat(engine, work_of(config, size), grouped((0, unit) for unit in units))
    return ((done.unit, done.outcome) for _, done in stream if isinstance(done, Done))


def _flat(engine: Engine, work: Work | Sketching, batches: Iterator[list[Item]]) -> Iterator[tuple[int, Done | End]]:
    for items, results in engine.map(_Task(work), batches):
        for (number, item), result in zip(items, results, strict=True):
            if isinstance(item, End):
                yield number, item
            elif isinstance(result, Failure):
                yield number, Done(item, Outcome("failed", result.reason))
            elif result is not None:
                yield number, Done(item, result)


Item = tuple[int, Unit | End]


@dataclass(frozen=True)
class _Task:
    work: Work | Sketching

    def __call__(self, items: Sequence[Item]) -> list[Outcome | None]:
        results = iter(self.work([item for _, item in items if isinstance(item, Unit)]))
        return [next(results) if isinstance(item, Unit) else None for _, item in items]


def batches(sources: Sequence[Source], config: Config) -> Iterator[list[Item]]:
    """The units of the sources and their ends, each with the number of its source, so many at a time."""
    return grouped((number, item) for number, source in enumerate(sources) for item in units(source, config))


def grouped(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    batch: list[Item] = []
    size = 0
    for number, item in items:
        batch.append((number, item))
        size += len(item.raw) if isinstance(item, Unit) else 0
        if size >= BATCH_BYTES or len(batch) >= _BATCH_UNITS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def units(source: Source, config: Config) -> Iterator[Unit | End]:
    """A file's units and its end."""
    most = int(config.megabytes_per_document * 1_000_000)
    digest = hashlib.sha256()
    try:
        with source.path.open("rb") as file:
            counted = _Digesting(file, digest)
            for line, raw in source.reader.units(opened(counted, source.packing), most):  # type: ignore[arg-type]
                if len(raw) > most:
                    yield End(error=f"larger than megabytes_per_document = {most / 1e6:g} allows", line=line)
                    return
                yield Unit(source.reader.name, source.relative, raw, line, source.site)
            while counted.read(1 << 20):
                pass
    except CorruptArchiveError as error:
        yield End(error=str(error))
    except OSError as error:
        yield End(error=f"cannot be read: {error.strerror or error}")
    else:
        yield End(digest.hexdigest())


class _Digesting:
    """A stream that hashes what is read from it."""

    def __init__(self, stream: BinaryIO, digest: hashlib._Hash) -> None:
        self._stream, self._digest = stream, digest

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self._digest.update(data)
        return data

    def readline(self, count: int = -1) -> bytes:
        line = self._stream.readline(count)
        self._digest.update(line)
        return line

    def tell(self) -> int:
        return self._stream.tell()
