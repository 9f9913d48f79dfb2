"""The index in use: which one is in force, whether it fits the configuration, and the templates it knows.

Documents of a site that the index has learned from lose that site's template, be they many or one; sites it does not
know are surveyed among the inputs, as without an index.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.config import Config
from cleaner.errors import IndexFileError
from cleaner.run import chosen_template, stamp
from cleaner.sites.template import MOST_STAGES, Template, Templates
from cleaner.sources import Source
from cleaner.surveying import sites_in, templates_among, templates_of

if TYPE_CHECKING:
    from cleaner.index.store import Store

#: Keys of the configuration on which nothing depends that an index holds.
_FREE = frozenset(
    {"include", "exclude", "drop_duplicates", "duplicate_threshold", "seconds_per_document", "baseline", "index"}
)


def path_of(config: Config) -> Path | None:
    """Where the index is; None if there is to be none."""
    return config.base / config.index if config.index else None


def settings(config: Config) -> dict[str, str]:
    """All that the surveys and templates of an index depend on, but for the corpus."""
    made = stamp(config)
    own = {f"the key {key}": json.dumps(value) for key, value in made["config"].items() if key not in _FREE}
    from cleaner.index import schema  # a check beside no index does without SQLite

    header = {"the schema": str(schema.VERSION), "the version of cleaner": made["cleaner"]}
    return header | own | {"the text of the rules": made["rules"]}


def checked(store: Store, config: Config) -> None:
    """Raises ``IndexFileError`` if the index was made under another configuration."""
    known = store.header()
    for name, value in settings(config).items():
        if known.get(name) != value:
            what = "" if name == "the text of the rules" else f": {known.get(name, 'nothing')} there, {value} now"
            raise IndexFileError(
                f"index {store.path} was made under another configuration, {name} differs{what}; "
                "`cleaner index build INPUT…` makes it anew, --no-index does without"
            )


def stages_of(sources: Sequence[Source], config: Config, jobs: int, *, learns: bool = True) -> list[Templates]:
    """The templates of the sites that documents of the sources are of, stage by stage; from the index if it is there.

    What the index does not know is learned among the sources, unless ``learns`` is false. Raises ``IndexFileError``.
    """
    path = path_of(config)
    if path is None or not path.exists() or not chosen_template(config):
        return templates_of(sources, config, jobs) if learns else []
    counts = sites_in(sources, config)
    known: list[dict[str, Template]] = [{} for _ in range(MOST_STAGES)]
    unknown: set[str] = set()
    if counts:
        from cleaner.index import schema
        from cleaner.index.store import Store

        with Store(path, schema.open_to_read(path)) as store:
            checked(store, config)
            for site, count in counts.items():
                if not store.has(site, config.min_documents):
                    unknown |= {site} if count >= config.min_documents else set()
                    continue
                for stage, template in store.templates(site).items():
                    known[stage][site] = template
    found = templates_among(unknown, sources, config, jobs) if learns else []
    for own, more in zip(known, found, strict=False):
        own.update(more)
    while known and not known[-1]:
        known.pop()
    return [*known]
