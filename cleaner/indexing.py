"""Index files made and kept: what changed among the files is read, and the templates of its sites are learned again.

One transaction holds it all: two writers wait for each other, and a run that is killed leaves what was there. What is
stored of a document is its survey as it is and, if its site is learned from, those of later stages, each with what had
been cut before it. A survey is made anew only where that differs. So the cost is that of reading what changed, and of
learning the sites it is of, from at most 2,000 surveys each; and the result is that of one pass over everything.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleaner.config import Config
from cleaner.engines.base import Failure
from cleaner.engines.local import LocalEngine
from cleaner.index.store import File, Place, Store
from cleaner.indexed import extractor, is_current, name_of
from cleaner.readers.base import Unit
from cleaner.run import End, batches, work_of
from cleaner.sites.learn import learn
from cleaner.sites.survey import Survey
from cleaner.sites.template import MOST_STAGES, Template, Templates
from cleaner.sources import Source
from cleaner.surveying import MOST_SURVEYED, Surveying, digest

#: Nanoseconds in which a file may change twice and have one time of change.
_RACY = 2_000_000_000


@dataclass(slots=True)
class Changes:
    """What an update found among the files."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    surveyed: int = 0
    sites: set[str] = field(default_factory=set)
    failed: list[tuple[str, str]] = field(default_factory=list)


def update_in(store: Store, roots: Sequence[Path], sources: Sequence[Source], config: Config, jobs: int) -> Changes:
    """Brings an index that is being written up to date with the files under ``roots``. Raises ``IndexFileError``."""
    names = sorted({name_of(root, store) for root in roots})
    changes = update(store, sources, config, jobs)
    store.set_header({"roots": json.dumps(names), "updated": str(int(time.time()))})
    return changes


def update(store: Store, sources: Sequence[Source], config: Config, jobs: int) -> Changes:
    """Brings the index up to date with all files of the corpus. Raises ``IndexFileError``."""
    changes = Changes()
    if any(source.reader.name == "html" for source in sources):
        store.set_header(extractor())
    own = {name_of(source.path, store): source for source in sources}
    known = {file.path: file for file in store.files()}
    for path in known.keys() - own.keys():
        changes.sites |= store.drop_file(path)
        changes.removed += 1
    read: dict[str, Source] = {}
    for path, source in own.items():
        if _is_as_before(store, known.get(path), path, source):
            changes.unchanged += 1
            continue
        read[path] = source
        changes.added += path not in known
        changes.changed += path in known
        changes.sites |= store.drop_file(path)
    _read(store, read, config, jobs, changes)
    _settle(store, own, config, jobs, changes)
    return changes


def _is_as_before(store: Store, file: File | None, path: str, source: Source) -> bool:
    if file is None:
        return False
    modified = _modified(source)
    if not is_current(file, source):
        return False
    if file.modified != modified:
        store.put_file(replace(file, path=path, modified=modified))
    return True


def _modified(source: Source) -> int:
    modified = source.path.stat().st_mtime_ns
    return modified if time.time_ns() - modified > _RACY else 0


def _read(store: Store, read: Mapping[str, Source], config: Config, jobs: int, changes: Changes) -> None:
    """Surveys files as they are."""
    paths, sources = list(read), list(read.values())
    modified = {}  # taken before the file is read: what changes meanwhile is seen the next time
    counts: defaultdict[int, int] = defaultdict(int)
    broken: set[int] = set()  # files with a document that cost its worker: they are read again the next time
    for number, unit, result in _surveys(sources, config, jobs, [], None):
        if number not in modified:
            modified[number] = _modified(sources[number])
        path, source = paths[number], sources[number]
        if isinstance(unit, End):
            if unit.error:
                changes.failed.append((source.place(unit.line), unit.error))
            seen = "" if number in broken else unit.digest
            own = File(path, source.relative, source.site, source.size, modified[number], seen, counts.pop(number, 0))
            store.put_file(own)
            continue
        counts[number] += 1
        if isinstance(result, Failure):
            changes.failed.append((source.place(unit.line), result.reason))
            broken.add(number)
        elif result is not None:
            site, survey = result
            store.put_document((path, unit.line or 0), site, digest(survey.document), survey)
            changes.sites.add(site)
            changes.surveyed += 1


def _surveys(
    sources: Sequence[Source], config: Config, jobs: int, stages: Sequence[Templates], sites: Collection[str] | None
) -> Iterator[tuple[int, Unit | End, tuple[str, Survey] | Failure | None]]:
    """Each unit and end of the sources with the source's number, and the site and survey of a document."""
    work = work_of(config, sum(source.size for source in sources), stages=stages)
    task = Surveying(work, bool(stages), None if sites is None else frozenset(sites), config.site_from)
    for items, results in LocalEngine(jobs, config.seconds_per_document).map(task, batches(sources, config)):
        for (number, item), result in zip(items, results, strict=True):
            yield number, item, result


@dataclass(slots=True)
class _Sampled:
    """A document that its site is learned from. ``basis`` tells what was cut from it at the stages before."""

    place: Place
    name: str
    basis: bytes = b""
    survey: Survey | None = None


def _settle(store: Store, sources: Mapping[str, Source], config: Config, jobs: int, changes: Changes) -> None:
    """Learns the templates anew of the sites of what changed."""
    sites = sorted(changes.sites)
    store.drop_templates(sites)
    open_ = {
        site: [_Sampled(place, name) for place, name in store.sample(site, MOST_SURVEYED)]
        for site in sites
        if store.has(site, config.min_documents)
    }
    stages: list[dict[str, Template]] = []
    while open_ and len(stages) < MOST_STAGES:
        _survey_again(store, open_, sources, config, jobs, stages, changes)
        found: dict[str, Template] = {}
        for site, sampled in open_.items():
            surveys = [own.survey for own in sampled if own.survey is not None]
            template = learn(site, surveys, config.min_documents, config.share)
            if template.rounds:
                found[site] = template
                store.put_template(len(stages), template)
            for own in sampled:
                own.basis = _basis(own, template)
        if stages:
            open_ = {site: sampled for site, sampled in open_.items() if site in found}
        stages.append(found)


def _basis(own: _Sampled, template: Template) -> bytes:
    """A digest of what was cut before and of what this template takes."""
    cut = hashlib.blake2b(own.basis, digest_size=16)
    if own.survey is not None and template.rounds:
        cut.update(repr([(taken.place, taken.kind) for taken, _ in template.strip(own.survey.keys)]).encode())
    return cut.digest()


def _survey_again(
    store: Store,
    open_: Mapping[str, Sequence[_Sampled]],
    sources: Mapping[str, Source],
    config: Config,
    jobs: int,
    stages: Sequence[Templates],
    changes: Changes,
) -> None:
    """Finds the surveys of this stage, and makes those that are not known on their basis."""
    missing: dict[Place, _Sampled] = {}
    for own in (own for sampled in open_.values() for own in sampled):
        known = store.survey(own.place, own.name, len(stages))
        own.survey = None
        if known is not None and known.basis == own.basis:
            own.survey = known.survey
        else:
            missing[own.place] = own
    if not missing:
        return
    changes.surveyed += len(missing)
    paths = sorted({path for path, _ in missing})
    read = [sources[path] for path in paths]
    for number, unit, result in _surveys(read, config, jobs, stages, open_.keys()):
        place = (paths[number], (unit.line or 0))
        if not isinstance(unit, Unit) or place not in missing:
            continue
        if isinstance(result, Failure):
            changes.failed.append((read[number].place(unit.line), result.reason))
            if known_file := store.file(paths[number]):
                store.put_file(replace(known_file, digest=""))  # it is read again the next time
        else:
            missing[place].survey = None if result is None else result[1]
    for own in missing.values():
        store.put_survey(own.place, len(stages), own.basis, own.survey)
