"""``cleaner check --fix``: what was found is cut, in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.cli.clean import run
from cleaner.cli.common import complain
from cleaner.config import Config
from cleaner.fingerprint import Key
from cleaner.run import work_of
from cleaner.sites.template import Templates
from cleaner.sources import Source
from cleaner.writing import Tally


def cut(
    sources: Sequence[Source],
    config: Config,
    jobs: int,
    stages: Sequence[Templates],
    known: Mapping[Source, frozenset[Key]],
) -> bool:
    """Cleans in place what can be, which HTML cannot, but for what is ``known`` of a file; False if a file failed.

    ``stages`` are the templates of the sites of all that was looked at.
    """
    tally = Tally()
    groups: dict[frozenset[Key], list[Source]] = {}
    for source in sources:
        if source.reader.output_suffix is None:
            groups.setdefault(known.get(source, frozenset()), []).append(source)
    for kept, own in groups.items():
        work = work_of(config, sum(source.size for source in own), stages=stages, kept=kept)
        run(own, config, None, jobs, tally, work)
    for place, reason in tally.failed:
        complain(place, reason)
    return not tally.failed
