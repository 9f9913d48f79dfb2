"""Markdown: read as text is, cut into blocks by its grammar."""

from __future__ import annotations

from cleaner.readers.text import WholeFile

MARKDOWN = WholeFile("markdown", (".md", ".markdown"), "markdown")
