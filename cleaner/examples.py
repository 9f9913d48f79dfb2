"""A rule's own examples: it must hit in every ``remove`` text and in no ``keep`` text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch import Batch
from cleaner.detectors.patterns import Patterns
from cleaner.detectors.prefilter import Everything
from cleaner.model import Document
from cleaner.ruleset import Rule, RuleSet


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
    batch = Batch([Document("example", text, site=site)])
    rules = RuleSet((rule,))
    return bool(Patterns(rules, Everything(rules.rules)).detect(batch, [[]])[0])
