"""Everything that can go wrong, as one tree.

    CleanerError
    ├── UsageError          the command line or the call does not make sense
    ├── ConfigError         a configuration file: key, place, what was found, what is allowed
    ├── RuleError           a rule file: file, rule, key, value, what is allowed
    ├── InputError          one input that could not be read, decoded or finished; the run goes on
    ├── IndexFileError      an index that is damaged, of another configuration, or not ours
    └── LedgerError         a ledger that is damaged, or a file that is not the one it speaks of

Only ``cleaner.cli`` turns these into exit codes.
"""

from __future__ import annotations


class CleanerError(Exception):
    """Base of every error that is the input's or the caller's, never a bug of ours."""


class UsageError(CleanerError):
    """The command line or the call does not make sense as it stands."""


class ConfigError(CleanerError):
    """A configuration file holds a key or a value that means nothing."""


class RuleError(CleanerError):
    """A rule file is wrong; the message starts with the file and the rule's id."""


class InputError(CleanerError):
    """One input could not be processed. It is left to the byte and the run goes on.

    ``place`` is the path, with ``:line`` where that is known.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.place, self.reason)


class LedgerError(CleanerError):
    """A ledger is damaged, or a file is not the one its ledger speaks of."""


class IndexFileError(CleanerError):
    """An index is damaged, not ours, or was made under another configuration. The corpus is left alone."""
