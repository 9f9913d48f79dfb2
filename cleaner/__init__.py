"""Strips boilerplate from scraped text: explained, reversible, the same every time.

>>> from cleaner import clean
>>> result = clean("A heron stood in the ford all morning, and nobody in the village would move it."
...     "\\n\\nNo spam. Unsubscribe anytime.\\n")
>>> result.text
'A heron stood in the ford all morning, and nobody in the village would move it.\\n'
>>> [removal.rule for removal in result.removals]
['newsletter/no-spam']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import clean

__version__ = "0.1.0"
__all__ = ["__version__", "clean"]


def __getattr__(name: str) -> Any:
    """``clean`` on first use: ``cleaner --version`` needs none of what it imports."""
    if name == "clean":
        from cleaner.api import clean

        return clean
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
