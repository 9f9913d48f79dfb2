"""What tests share: small rule sets, pages with their views, and one call that cleans a text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cleaner.batch import Batch, Page
from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors import standard
from cleaner.detectors.prefilter import Everything, Prefilter
from cleaner.model import Cleaned, Document, Finding, Media
from cleaner.ruleset import Rule, RuleSet, build, parse

ROOT = Path(__file__).parent.parent

#: Eight words or more of honest prose, all different.
PROSE = (
    "A heron stood in the ford all morning, and nobody in the village would move it for the mail.",
    "The miller counted sacks by candle light while his daughter read aloud from last year's almanac.",
    "Every third winter the river leaves its bed and the lower meadow becomes a lake for some weeks.",
    "Bees kept along the southern wall gave a dark honey that sold for twice the usual price.",
    "When the bridge was finally mended, three families on the far bank came to the market again.",
)

RULES = """
[pack]
name = "test"
category = "promotion"

[[rule]]
id = "signup"
category = "newsletter"
reason = "asks to sign up"
pattern = '^sign up (?:now|today)'
weight = 6
remove = ["Sign up now.", "Sign up today!"]
keep = ["He would sign up now.", "Sign upward."]

[[rule]]
id = "hint"
category = "newsletter"
reason = "speaks of a form"
pattern = '\\byour address\\b'
weight = 4
remove = ["Give us your address.", "Enter your address"]
keep = ["Their address", "An address"]

[[rule]]
id = "certain-ad"
reason = "says that it is an ad"
pattern = '^advertisement$'
certain = true
remove = ["Advertisement", "ADVERTISEMENT"]
keep = ["Advertisement of 1690", "An advertisement"]

[[rule]]
id = "click"
reason = "a link to follow"
scope = "span"
pattern = '\\(?click here\\)?'
certain = true
remove = ["Click here", "Please (click here)"]
keep = ["Clicks here", "Click, here"]

[[rule]]
id = "more"
category = "related"
reason = "list of other articles"
scope = "section"
pattern = '^read next$'
certain = true
remove = ["Read next", "## Read next"]
keep = ["Read next week", "To read next"]

[[rule]]
id = "law"
category = "legal"
reason = "quotes the law"
pattern = '\\bsection \\d+ of the act\\b'
protect = true
remove = ["Section 5 of the Act", "section 12 of the act"]
keep = ["A section of the act", "Section five of the act"]
"""


@cache
def ruleset(source: str = RULES) -> RuleSet:
    """A rule set from the text of one pack."""
    return build([parse(source, "test.toml")])


def pack(**keys: str) -> str:
    """The text of a pack with one rule; ``keys`` are its TOML values and replace the usual ones, "" drops one."""
    usual = {
        "id": '"r"',
        "reason": '"because"',
        "pattern": "'foo'",
        "weight": "6",
        "remove": '["foo one", "a foo"]',
        "keep": '["bar", "baz"]',
    }
    rows = [f"{key} = {value}" for key, value in {**usual, **keys}.items() if value]
    return '[pack]\nname = "p"\ncategory = "promotion"\n[[rule]]\n' + "\n".join(rows) + "\n"


def rule(**keys: str) -> Rule:
    """One rule; ``keys`` as for :func:`pack`."""
    return parse(pack(**keys), "test.toml").rules[0]


def page(text: str, media: Media = "text", **more: str) -> Page:
    """A document's page."""
    return Page(Document("doc", text, media, **more))  # type: ignore[arg-type]


def cleaned(
    text: str, media: Media = "text", rules: RuleSet | None = None, prefilter: Prefilter | None = None, **policy: float
) -> Cleaned:
    """The text cleaned alone, with no floor to the words that must stay unless ``policy`` says so."""
    return cleaned_all([text], media, rules, prefilter, **policy)[0]


def cleaned_all(
    texts: list[str],
    media: Media = "text",
    rules: RuleSet | None = None,
    prefilter: Prefilter | None = None,
    **policy: float,
) -> list[Cleaned]:
    """The texts cleaned together."""
    rules = ruleset() if rules is None else rules
    detectors = standard(rules, prefilter or Everything(rules.rules))
    documents = [Document(f"doc-{number}", text, media) for number, text in enumerate(texts)]
    floors = {"min_kept_words": 0, "max_removed": 1.0, **policy}
    return clean(documents, detectors, Policy(**floors))  # type: ignore[arg-type]


def found(text: str, source: str, media: Media = "text") -> list[Finding]:
    """What the rules of a pack's text find in a text."""
    from cleaner.detectors.patterns import Patterns

    rules = ruleset(source)
    batch = Batch([Document("doc", text, media)])
    return Patterns(rules, Everything(rules.rules)).detect(batch, [[]])[0]


@cache
def real_rules() -> RuleSet:
    """The rules that ship in rules/."""
    return build(parse(path.read_text("utf-8"), path.name) for path in sorted((ROOT / "rules").rglob("*.toml")))
