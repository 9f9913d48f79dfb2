"""The first passes over a corpus: which sites have documents enough, and what the pages of each share.

The first only counts, and ends a run that has no such site almost at once. The second surveys the documents of those
sites as they are. The third surveys them as they will be, with their templates taken off and all rules applied: what
the cuts of rules have uncovered may be template too, and is a stage of its own; most often there is nothing, and a site
of which there was something is surveyed once more. So what
a run leaves is text in which a survey finds nothing more. Surveys are kept in files by site, and each file is learned
from alone, so that memory is bounded by a share of the sites, not by the corpus.
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.batch import Page
from cleaner.config import Config
from cleaner.engines.base import Failure
from cleaner.engines.local import LocalEngine
from cleaner.errors import InputError
from cleaner.readers import READERS
from cleaner.readers.base import Unit
from cleaner.run import Item, batches, chosen_template, units, work_of
from cleaner.sites.learn import learn
from cleaner.sites.survey import Survey, fallback, site_of, survey
from cleaner.sites.template import MOST_STAGES, Template, Templates
from cleaner.sources import Source
from cleaner.work import Work

#: Files the surveys of a corpus are spread over.
_PARTITIONS = 64
#: Documents of a site that are learned from; of a larger one those whose ids have the smallest digests, which is a
#: sample that depends on no order.
MOST_SURVEYED = 2_000
#: Seconds a partition may take to learn from.
_SECONDS = 3_600.0


def templates_of(sources: Sequence[Source], config: Config, jobs: int) -> list[Templates]:
    """The templates of the sites that have one, stage by stage."""
    counts = sites_in(sources, config) if chosen_template(config) else {}
    sites = frozenset(site for site, count in counts.items() if count >= config.min_documents)
    return templates_among(sites, sources, config, jobs)


def templates_among(sites: Set[str], sources: Sequence[Source], config: Config, jobs: int) -> list[Templates]:
    """The templates of those of the sites that have one, stage by stage.

    What is found of a site does not depend on the others.
    """
    stages: list[Templates] = []
    last: dict[str, int] = {}
    while sites and len(stages) < MOST_STAGES:
        with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
            _survey_into(Path(folder), sources, config, jobs, sites, stages, last)
            learned = _learned(sorted(Path(folder).iterdir()), config, jobs)
        found = {site: own.template for site, own in learned.items() if own.template.rounds}
        if stages:
            sites = frozenset(found)
        else:
            last = {site: own.last for site, own in learned.items()}
        stages.append(found)
    while stages and not stages[-1]:
        stages.pop()
    return stages


def sites_in(sources: Sequence[Source], config: Config) -> Mapping[str, int]:
    """Sites that documents may be of, and of how many. Files whose documents bring no site are not even opened."""
    counts: Counter[str] = Counter()
    for source in sources:
        own = source.site or fallback(source.relative, config.site_from)
        if own is not None and not source.reader.says_site:
            counts[own] += 1
        elif source.reader.says_site:
            for unit in units(source, config):
                if isinstance(unit, Unit):
                    said = source.reader.sites(unit.raw, config.fields)
                    counts.update({*said, *([own] if own else [])})
    return counts


@dataclass(frozen=True)
class Surveying:
    """The task that surveys the documents of the sites, cleaned first if so asked; None for all else.

    ``sites`` are None for all sites. ``last`` is of a site the greatest digest of the documents that are learned from:
    those of the first stage, so that no others are cleaned, and none takes the place of one that fails.
    """

    work: Work
    is_cleaned: bool
    sites: Set[str] | None
    site_from: str
    last: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, items: Sequence[Item]) -> list[tuple[str, Survey] | None]:
        return [self._of(item) if isinstance(item, Unit) else None for _, item in items]

    def _of(self, unit: Unit) -> tuple[str, Survey] | None:
        reader = READERS[unit.reader]
        if self.sites is not None:
            own = unit.site or fallback(unit.path, self.site_from)
            if self.sites.isdisjoint({*reader.sites(unit.raw, self.work.fields), *([own] if own else [])}):
                return None
        try:
            loaded = reader.load(unit, self.work.fields)
        except InputError:
            return None  # the run itself says so
        site = None if loaded is None else site_of(loaded.document, self.site_from)
        if loaded is None or site is None or (self.sites is not None and site not in self.sites):
            return None
        document = loaded.document
        if site in self.last and int.from_bytes(digest(document.id)) > self.last[site]:
            return None
        if self.is_cleaned:
            (cleaned,) = self.work.clean([document])
            if isinstance(cleaned, InputError):
                return None
            document = replace(document, text=cleaned.text)
        return site, survey(Page(document))


def _survey_into(
    folder: Path,
    sources: Sequence[Source],
    config: Config,
    jobs: int,
    sites: Set[str],
    stages: Sequence[Templates],
    last: Mapping[str, int],
) -> None:
    work = work_of(config, sum(source.size for source in sources), stages=stages)
    task = Surveying(work, bool(stages), sites, config.site_from, last)
    engine = LocalEngine(jobs, config.seconds_per_document)
    with ExitStack() as stack:
        files: dict[int, BinaryIO] = {}
        for _, results in engine.map(task, batches(sources, config)):
            for result in results:
                if result is None or isinstance(result, Failure):
                    continue
                number = int.from_bytes(digest(result[0])[:4]) % _PARTITIONS
                if number not in files:
                    files[number] = stack.enter_context((folder / f"{number:02}").open("wb"))
                pickle.dump(result, files[number])


class _Learned(NamedTuple):
    """What was learned of a site, and the greatest digest among the documents it was learned from."""

    template: Template
    last: int


def _learned(partitions: Sequence[Path], config: Config, jobs: int) -> dict[str, _Learned]:
    task = _Learn(config.min_documents, config.share)
    found: dict[str, _Learned] = {}
    for _, results in LocalEngine(jobs, _SECONDS).map(task, ([path] for path in partitions)):
        for learned in results:
            if not isinstance(learned, Failure):
                found |= {own.template.site: own for own in learned}
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class _Learn:
    least: int
    share: float

    def __call__(self, partitions: Sequence[Path]) -> list[list[_Learned]]:
        return [list(self._of(path)) for path in partitions]

    def _of(self, path: Path) -> Iterator[_Learned]:
        for site, surveys in _by_site(path).items():
            last = max(int.from_bytes(digest(own.document)) for own in surveys)
            yield _Learned(learn(site, surveys, self.least, self.share), last)


def _by_site(path: Path) -> Mapping[str, list[Survey]]:
    kept: defaultdict[str, list[tuple[int, str, Survey]]] = defaultdict(list)
    with path.open("rb") as file:
        for site, own in _records(file):
            entry = (-int.from_bytes(digest(own.document)), own.document, own)
            if len(kept[site]) < MOST_SURVEYED:
                heapq.heappush(kept[site], entry)
            else:
                heapq.heappushpop(kept[site], entry)
    return {site: [own for _, _, own in entries] for site, entries in sorted(kept.items())}


def _records(file: BinaryIO) -> Iterator[tuple[str, Survey]]:
    """What :func:`_survey_into` wrote, in a folder that only this process may write to."""
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def digest(name: str) -> bytes:
    """What a site's documents are sampled by."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
