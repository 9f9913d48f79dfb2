"""A rule's own examples: it must hit in every ``remove`` text and in no ``keep`` text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch import Page
from cleaner.detectors.patterns import hits
from cleaner.model import Document
from cleaner.ruleset import Rule


def failures(rule: Rule) -> Iterator[str]:
    """What is wrong with the rule's examples, a sentence each."""
    for text in rule.remove:
        if not _hits(rule, text):
            yield f"does not hit its remove example {text!r}"
    for text in rule.keep:
        if _hits(rule, text):
            yield f"hits its keep example {text!r}"


def _hits(rule: Rule, text: str) -> bool:
    site = rule.sites[0].replace("*", "www") if rule.sites else None
    page = Page(Document("example", text, site=site))
    return any(True for block in range(len(page.blocks)) for _ in hits(page, block, rule))
