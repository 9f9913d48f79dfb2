"""What the learned score must leave alone, and what it takes, with the weights that ship."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from cleaner import cleaning
from cleaner.api import clean
from cleaner.batch import Batch
from cleaner.decide import Policy
from cleaner.detectors.learned import Learned
from cleaner.model import Document
from cleaner.packs import folder
from cleaner.readers.base import Fields, Unit
from cleaner.readers.html import HTML
from cleaner.score.scorer import Scores
from cleaner.score.weights import parse
from tests.support import PROSE

ON, RULES = {"weights": "default"}, {"weights": "none"}

KEPT = {
    "a chat line": "are you coming tonight? bring the red tent if you still have it",
    "a poem": """The gate is shut, the lamp is low,
the orchard stands in melting snow,
and down the lane a single track
goes out, and does not yet come back.

I set the kettle on the ring
and listen for another thing:
the latch, the step, the heavy coat,
the word that settles in the throat.""",
    "a recipe": """Barley soup for four

Ingredients
200 g pearl barley
2 carrots, diced
1 leek
1.5 litres of stock
Salt and pepper

Method
1. Rinse the barley and leave it in cold water for an hour.
2. Soften the leek and the carrots in butter over a low flame for ten minutes.
3. Add the barley and the stock, and simmer until the grains are tender, about forty minutes.
4. Season, and serve with bread.""",
    "a table": """Depth of the river at the three gauges, in metres.

| gauge | March | April |
| --- | --- | --- |
| mill | 1.2 | 0.9 |
| ford | 0.4 | 0.3 |
| bridge | 2.8 | 2.1 |

All three were read at noon.""",
    "code": """The loop below reads the gauge once a minute and writes what it finds.

```
while True:
    depth = gauge.read()
    log.write(depth)
    sleep(60)
```

It stops when the log is full.""",
    "an interview": """Q: When did you start to repair bells?
A: In 1987, when the old founder in our street retired and nobody else wanted his tools.
Q: What is the hardest part?
A: Telling a village that its bell is cracked. People have heard it all their lives.
Q: Do you ring them yourself?
A: Only once each, before they go back up.""",
    "a list of links": """Reading on tide gauges

- How a stilling well works, https://example.org/well
- The oldest gauge in the harbour, https://example.org/oldest
- Errors of float gauges, https://example.org/errors
- A year of readings as a table, https://example.org/year""",
    "a forum thread": """Bearing noise after changing the chain

marta_k wrote: I changed the chain last week and now there is a grinding noise from the bottom bracket when I push hard.
tom: Does it do it when you pedal backwards? If not it is probably the cassette, a new chain on a worn one slips.
marta_k wrote: No, only forwards. The cassette has about 9,000 km on it.
tom: Then change the cassette as well. They wear together.
marta_k wrote: Did that today and the noise is gone, thank you!""",
    "prose": "\n\n".join(PROSE),
}

PAGE = "\n".join(
    [
        "Home", "News", "Sport", "Weather", "Sign in", "My account", "Subscribe",
        *PROSE,
        "Share", "Tweet", "Related articles", "Sign up for our newsletter", "Privacy policy", "Terms of use",
        "© 2024 Harbour Media. All rights reserved.",
    ]
)  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_is_wanted_stays(name: str) -> None:
    settings = {**ON, "min_kept_words": 0, "max_removed": 1.0}
    own = clean(KEPT[name], config=settings)
    assert own.text == clean(KEPT[name], config={**settings, **RULES}).text


def test_a_page_loses_what_stands_around_its_text() -> None:
    result = clean(PAGE, config=ON)
    assert result.text.split("\n") == list(PROSE)
    learned = [removal for removal in result.removals if removal.category == "boilerplate"]
    assert learned
    assert all(abs(sum(term.weight for term in removal.terms) - removal.score) < 1e-6 for removal in learned)
    assert any("word" in term.reason for removal in learned for term in removal.terms)
    assert clean(result.text, config=ON).text == result.text


@cache
def _shipped() -> Learned:
    return Learned(parse((folder() / "weights" / "default.tsv").read_bytes(), "default.tsv"))


_LINKS = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("News", "Sport", "Weather", "Letters"))
WEB = (
    "<html><head><title>On herons and mail | The Heron Post</title></head><body>"
    f'<nav class="menu"><ul>{_LINKS}</ul></nav><main><article><h1>On herons and mail</h1>'
    + "".join(f"<p>{one} {two}</p>" for one in PROSE for two in PROSE if one != two)
    + '</article></main><div class="sidebar related"><a href="/a">The crane returns</a></div>'
    '<footer class="footer"><p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer></body></html>'
)


def _web_page(source: str = WEB) -> Document:
    loaded = HTML.load(Unit("html", "a.html", source.encode()), Fields())
    assert loaded is not None
    return loaded.document


def test_a_web_page_loses_its_frame_and_says_by_what_markup() -> None:
    [result] = cleaning.clean([_web_page()], [_shipped()], Policy())
    assert all(word not in result.text for word in ("Imprint", "Weather", "crane"))
    assert all(one in result.text for one in PROSE)
    assert result.text.startswith("On herons and mail")
    for removal in result.removals:
        assert removal.score == pytest.approx(sum(term.weight for term in removal.terms))
        assert "learned/markup" in [term.name for term in removal.terms]
    assert any("left out by trafilatura" in term.reason for removal in result.removals for term in removal.terms)


def test_what_is_left_of_a_web_page_is_cleaned_like_any_text() -> None:
    [page] = cleaning.clean([_web_page(WEB.replace("</article>", "<p>Sign in</p></article>"))], [_shipped()], Policy())
    [again] = cleaning.clean([Document("a.txt", page.text)], [_shipped()], Policy())
    assert again.text == page.text


def test_a_web_page_without_a_verdict_is_judged_as_text() -> None:
    page = _web_page()
    bare = tuple(replace(own, evidence={"html_in_nav": 1.0}) for own in page.annotations)
    [one] = cleaning.clean([replace(page, annotations=bare)], [_shipped()], Policy())
    [other] = cleaning.clean([replace(page, annotations=())], [_shipped()], Policy())
    assert one.text == other.text


@pytest.mark.parametrize("config", [RULES, {**ON, "ignore": ["boilerplate"]}, {**ON, "select": ["newsletter"]}])
def test_it_can_be_turned_off(config: dict[str, object]) -> None:
    assert all(removal.category != "boilerplate" for removal in clean(PAGE, config=config).removals)


def test_a_copy_is_shown_as_a_copy_alone() -> None:
    text = "\n".join([PAGE.split("\n")[4], *PROSE[:4], PROSE[0], *PROSE[4:]])
    (copy,) = [removal for removal in clean(text, config=ON).removals if removal.category == "duplicate"]
    assert not [term.name for term in copy.terms if term.name.startswith("learned/")]


def test_a_score_does_not_depend_on_what_else_is_in_the_batch() -> None:
    texts = [*KEPT.values(), PAGE, ""]
    weights = _shipped().weights
    together = Scores(weights, Batch([Document(str(n), text) for n, text in enumerate(texts)]), [[]] * len(texts))
    alone = [Scores(weights, Batch([Document("d", text)]), [[]]).total.tolist() for text in texts]
    assert together.total.tolist() == [score for own in alone for score in own]
