"""The index in use: which one is in force, whether it fits the configuration, and the templates it knows.

Documents of a site that the index has learned from lose that site's template, be they many or one; sites it does not
know are surveyed among the inputs, as without an index.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.config import Config
from cleaner.errors import IndexFileError
from cleaner.run import chosen_template, stamp
from cleaner.sites.survey import fallback
from cleaner.sites.template import MOST_STAGES, Template, Templates
from cleaner.sources import Source
from cleaner.surveying import sites_in, templates_among, templates_of

if TYPE_CHECKING:
    from cleaner.index.store import File, Store

#: Keys of the configuration on which nothing depends that an index holds; of some it is what their files say.
_FREE = frozenset(
    {"include", "exclude", "drop_duplicates", "duplicate_threshold", "seconds_per_document", "baseline", "index"}
    | {"packs", "decisions"}
)
#: Names of what is held as a digest, which says nothing to a person.
_RULES, _DECISIONS = _DIGESTS = ("the text of the rules", "what the decisions say")
_EXTRACTOR = "the version of trafilatura"


def path_of(config: Config) -> Path | None:
    """Where the index is; None if there is to be none."""
    return config.base / config.index if config.index else None


def name_of(path: Path, store: Store) -> str:
    """A path as the index has it, from the index's folder."""
    return os.path.relpath(path, store.path.parent).replace(os.sep, "/")


def differs(file: File, source: Source) -> bool:
    """True if the file may not be what the index knows, from a look at its size and time."""
    try:
        modified = source.path.stat().st_mtime_ns
    except OSError:
        return True
    return not is_like(file, source) or file.modified != modified


def is_like(file: File, source: Source) -> bool:
    """True if the file is what the index knows as far as can be told without a look at it."""
    known = (file.relative, file.site, file.size)
    return bool(file.digest) and known == (source.relative, source.site, source.size)


def digest_of(path: Path) -> str:
    """The digest of a file's bytes, as :class:`cleaner.run.End` has it. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_current(file: File, source: Source) -> bool:
    """True if the file is what the index knows, by its size and time, or where the time differs by its bytes."""
    if not differs(file, source):
        return True
    try:
        return is_like(file, source) and digest_of(source.path) == file.digest
    except OSError:
        return False


def settings(config: Config) -> dict[str, str]:
    """All that the surveys, templates and sketches of an index depend on, but for the corpus."""
    made = stamp(config)
    own = {f"the key {key}": json.dumps(value) for key, value in made["config"].items() if key not in _FREE}
    from cleaner.dedup.signatures import SIGNED
    from cleaner.index import schema  # a check beside no index does without SQLite

    header = {
        "the schema": str(schema.VERSION),
        "the version of cleaner": made["cleaner"],
        "the make of signatures": SIGNED,
    }
    return header | own | {_RULES: made["rules"], _DECISIONS: made.get("decisions", "")}


def extractor() -> dict[str, str]:
    """What an index depends on besides, once web pages are in it."""
    from importlib.metadata import version  # takes its time

    return {_EXTRACTOR: version("trafilatura")}


def checked(store: Store, config: Config) -> None:
    """Raises ``IndexFileError`` if the index was made under another configuration."""
    known = store.header()
    for name, value in (settings(config) | (extractor() if _EXTRACTOR in known else {})).items():
        if known.get(name) != value:
            what = "" if name in _DIGESTS else f": {known.get(name, 'nothing')} there, {value} now"
            raise IndexFileError(
                f"index {store.path} was made under another configuration, {name} differs{what}; "
                "`cleaner index build INPUT…` makes it anew, --no-index does without"
            )


def stages_of(sources: Sequence[Source], config: Config, jobs: int, *, learns: bool = True) -> list[Templates]:
    """The templates of the sites that documents of the sources are of, stage by stage; from the index if it is there.

    What the index does not know is learned among the sources, unless ``learns`` is false. Raises ``IndexFileError``.
    """
    path = _in_force(config)
    if path is None:
        return templates_of(sources, config, jobs) if learns else []
    known: list[dict[str, Template]] = []
    unknown: set[str] = set()
    if any(own.reader.says_site or own.site or fallback(own.relative, config.site_from) for own in sources):
        with _opened(path, config) as store:
            counts = _sites_in(store, sources, config)
            known = _known(store, counts, config)
            unknown = {site for site, count in counts.items() if count >= config.min_documents}
            unknown = {site for site in unknown if not store.has(site, config.min_documents)}
    found = templates_among(unknown, sources, config, jobs) if learns else []
    none: Templates = {}
    return [{**own, **more} for own, more in zip_longest(known, found, fillvalue=none)]


def known_stages(sites: Iterable[str], config: Config) -> list[Templates]:
    """The templates of sites, stage by stage, from the index alone; none without one. Raises ``IndexFileError``."""
    path = _in_force(config)
    if path is None:
        return []
    with _opened(path, config) as store:
        return [*_known(store, sites, config)]


def _in_force(config: Config) -> Path | None:
    """The index that templates are looked up in, if there is one."""
    path = path_of(config)
    return path if path is not None and path.exists() and chosen_template(config) else None


@contextmanager
def _opened(path: Path, config: Config) -> Iterator[Store]:
    from cleaner.index import schema
    from cleaner.index.store import Store

    with Store(path, schema.open_to_read(path)) as store:
        checked(store, config)
        yield store


def _known(store: Store, sites: Iterable[str], config: Config) -> list[dict[str, Template]]:
    known: list[dict[str, Template]] = [{} for _ in range(MOST_STAGES)]
    for site in sites:
        if store.has(site, config.min_documents):
            for stage, template in store.templates(site).items():
                known[stage][site] = template
    while known and not known[-1]:
        known.pop()
    return known


def _sites_in(store: Store, sources: Sequence[Source], config: Config) -> Mapping[str, int]:
    """As :func:`cleaner.surveying.sites_in`, from the index where that has read the file."""
    counts: Counter[str] = Counter()
    unread: list[Source] = []
    for source in sources:
        name = name_of(source.path, store)
        file = store.file(name) if source.reader.says_site else None
        if file is None or not is_current(file, source):
            unread.append(source)
        else:
            counts.update(store.sites_of(name))
    counts.update(sites_in(unread, config))
    return counts
