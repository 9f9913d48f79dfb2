"""What git's drivers do with a file's bytes: ``textconv`` for people who read a diff, the clean filter for the index.

Each file by itself, in this process. What cannot be cleaned comes out as it is: a driver that fails would leave git
without a diff, or keep a file from being added.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.config import Config
from cleaner.detectors.template import SiteTemplate
from cleaner.errors import IndexFileError
from cleaner.indexed import known_stages
from cleaner.readers import READERS, for_path
from cleaner.readers.base import Unit
from cleaner.readers.packed import CorruptArchiveError, opened
from cleaner.run import chosen_template, work_of
from cleaner.sites.survey import fallback
from cleaner.sites.template import MOST_STAGES, Template
from cleaner.sources import Chosen
from cleaner.work import Outcome, Work

#: Called with a path and why it was left as it is.
Complain = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class _Seen:
    unit: Unit
    outcome: Outcome


class Driver:
    """Cleans the bytes of one file after another under one configuration."""

    def __init__(self, config: Config, complain: Complain) -> None:
        self._config, self._complain = config, complain
        self._chosen = Chosen(config)
        self._most = int(config.megabytes_per_document * 1_000_000)
        # a driver cannot know how much it will see: it uses compiled rules if they are there
        self._work = work_of(config, 1, every_decision=True)
        self._templates: list[dict[str, Template]] = [{} for _ in range(MOST_STAGES)]
        self._known: set[str] = set()

    def converted(self, raw: bytes, name: str) -> bytes:
        """The file as a diff shows it: cleaned, unpacked, in UTF-8; of a web page the text.

        Of its name the last part alone is given, so that its folder cannot say of which site it is.
        """
        seen = self._seen(raw, name, "url" if self._config.site_from == "folder" else self._config.site_from)
        if seen is None:
            return raw
        return b"".join(map(_shown, seen))

    def filtered(self, raw: bytes, name: str) -> bytes:
        """The file as the index holds it: cleaned if it is chosen, may be written in place, and could be read whole."""
        kind = for_path(Path(name))
        if kind is None or kind[1] or kind[0].output_suffix is not None or not self._chosen.includes(Path(name), name):
            return raw
        seen = self._seen(raw, name, self._config.site_from)
        if seen is None or any(own.outcome.status == "failed" for own in seen):
            return raw
        return b"".join(own.unit.raw if own.outcome.output is None else own.outcome.output for own in seen)

    def _seen(self, raw: bytes, name: str, site_from: str) -> list[_Seen] | None:
        """The file's documents cleaned; None if it is left as it is, for a reason that was said."""
        kind = for_path(Path(name))
        if kind is None:
            return None
        reader, packing = kind
        site = self._chosen.site(Path(name), name)
        try:
            stream = opened(io.BytesIO(raw), packing)
            units = [Unit(reader.name, name, part, line, site) for line, part in reader.units(stream, self._most)]
        except CorruptArchiveError as error:
            self._complain(name, str(error))
            return None
        if any(len(unit.raw) > self._most for unit in units):
            self._complain(name, f"larger than megabytes_per_document = {self._most / 1e6:g} allows")
            return None
        try:
            work = self._work_for(units, site_from)
        except IndexFileError as error:
            self._complain(name, str(error))
            return None
        seen = [_Seen(unit, outcome) for unit, outcome in zip(units, work(units), strict=True)]
        for own in seen:
            if own.outcome.status == "failed":
                self._complain(own.unit.place, own.outcome.reason)
        return seen

    def _work_for(self, units: Sequence[Unit], site_from: str) -> Work:
        """The work with the templates of the units' sites, as far as an index knows them. Raises ``IndexFileError``."""
        sites = {site for unit in units for site in READERS[unit.reader].sites(unit.raw, self._config.fields)}
        sites |= {site for unit in units if (site := unit.site or fallback(unit.path, site_from))}
        new = sites - self._known
        for own, more in zip(self._templates, known_stages(new, self._config) if new else (), strict=False):
            own.update(more)
        self._known |= new
        chosen = chosen_template(self._config)
        stages = [SiteTemplate(templates, site_from, chosen) for templates in self._templates if templates]
        return replace(self._work, stages=stages)


def _shown(own: _Seen) -> bytes:
    if own.outcome.cleaned is None or own.unit.line is not None:
        return own.unit.raw if own.outcome.output is None else own.outcome.output
    return own.outcome.cleaned.text.encode("utf-8", "replace")
