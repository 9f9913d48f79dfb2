"""Files of labelled pages: a JSON object a line, plain or packed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError
from cleaner.readers.packed import PACKINGS, CorruptArchiveError, opened


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file with their lines. Raises ``UsageError``."""
    packing = path.suffix if path.suffix in PACKINGS else ""
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(opened(file, packing), 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("allowed is a JSON object a line")
                    yield number, row
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, CorruptArchiveError) as error:
        raise UsageError(f"{path}:{number + (number == 0)}: {error}") from None
