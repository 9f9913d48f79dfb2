"""CPU time of cleaning web pages, set against trafilatura alone on the same pages in the same run.

    python benchmarks/speed.py --html PAGES.jsonl.gz     # JSON Lines with a field `html`, gzipped or not

Without a file the pages are made: the samples' pages, with texts of the corpus in their articles, and with as much text
and frame as real pages have. All are articles, which trafilatura is quick to find. Both take turns, a batch of pages at
a time, so that a busy machine slows both alike, in a process that looks for garbage as seldom as a worker does. What a
page says of its lines is made out where it is cleaned, and counts there.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path

from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.engines.local import settle
from cleaner.errors import InputError
from cleaner.readers import READERS
from cleaner.readers.base import Fields, Unit
from cleaner.run import grouped, work_of

SAMPLES = Path(__file__).parent.parent / "samples"
#: What stands around the text of made pages: links in menus, teasers, elements in the head, characters of scripts.
#: With these they are, at the median, what the 240 pages of the WCXB development set are: 140 KB, 1030 elements with
#: 1560 attributes of 57 KB, 50 elements in the head, 240 lines of 13,000 characters.
MENU, TEASERS, METAS, SCRIPT = 60, 40, 40, 30_000
#: Characters of a page's own text: a third of those pages have little, and trafilatura looks for more then.
OWN = (500, 5_000, 14_000)
SITE = "https://www.sallowmouth-courier.example"
MENU_ITEM = (
    '<li id="menu-item-{n}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{n} sub">\n'
    f'<a class="menu-link" href="{SITE}/section/{{n}}/" data-track="click" data-place="menu-{{n}}">'
    '<span class="menu-text">{title}</span><svg class="icon" width="8"><use href="#arrow"></use></svg></a>\n</li>\n'
)
IMAGE = f"{SITE}/wp-content/uploads/2025/05/picture-of-the-day-{{n}}"
TEASER = (
    '<li class="cards__item"><div id="post-{n}" class="post-{n} post type-post status-publish has-thumbnail card">\n'
    f'<a class="card__image" href="{SITE}/2025/05/{{n}}/" tabindex="-1" data-track="click" data-place="card-{{n}}">'
    f'<img class="card__picture wp-post-image" src="{IMAGE}-300x200.jpg" width="300" height="200" alt=""'
    f' srcset="{IMAGE}-300x200.jpg 300w, {IMAGE}-768x512.jpg 768w, {IMAGE}-1536x1024.jpg 1536w"'
    ' sizes="(max-width: 300px) 100vw, 300px" loading="lazy" style="aspect-ratio: 3 / 2"></a>\n'
    f'<div class="card__body"><h3 class="card-title"><a href="{SITE}/2025/05/{{n}}/" rel="next">{{title}}</a></h3>\n'
    '<div class="card__meta entry-meta"><i class="icon icon--clock"></i><span class="card__date">{n} May</span>'
    '</div></div><div class="card__foot"><div class="spacer"></div><button class="card__save"><i></i></button></div>\n'
    "</div></li>\n"
)
META = '<meta property="courier:{n}" content="{title}">\n'
PARAGRAPH = (
    '<p class="article__paragraph">{before} <a href="{site}/topic/{n}/" class="article__link">{linked}</a> {after}</p>'
)
#: The rows, and what they are set in relation to.
ALONE, FAST, READ, WHOLE = "trafilatura.extract", "the same, fast=True", "reading", "whole: reading and cleaning"


def made(texts: Sequence[str], seed: int) -> Iterator[str]:
    """A page a text."""
    chance = random.Random(seed)
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.rglob("*.html"))]
    titles = [line for text in texts for line in text.split("\n") if 3 <= line.count(" ") <= 9]

    def some(form: str, count: int) -> str:
        return "".join(form.format(n=n, title=escape(title)) for n, title in enumerate(chance.choices(titles, k=count)))

    for number in range(len(texts)):
        head, _, rest = chance.choice(samples).partition("</head>")
        start, _, end = rest.partition("</article>")
        lines = "\n".join(texts[number : number + 4])[: chance.choice(OWN)].split("\n")
        prose = "".join(_paragraph(line, n) for n, line in enumerate(lines) if line.strip())
        script = "<script>" + "window.q=window.q||[];" * (SCRIPT // 22) + "</script>"
        yield (
            f'{head}{some(META, METAS)}</head>{start}{prose}</article>\n<ul class="mega">{some(MENU_ITEM, MENU)}</ul>\n'
            f'<section class="related"><ul>{some(TEASER, TEASERS)}</ul></section>{script}{end}'
        )


def _paragraph(line: str, number: int) -> str:
    """A paragraph, every third with a link."""
    words = escape(line).split(" ")
    if number % 3 or len(words) < 12:
        return f"<p>{escape(line)}</p>\n"
    before, linked, after = (" ".join(part) for part in (words[:6], words[6:9], words[9:]))
    return PARAGRAPH.format(before=before, linked=linked, after=after, n=number, site=SITE) + "\n"


def read(path: Path) -> list[str]:
    """The pages of a file."""
    return [row["html"] for _, row in rows_of(path)]


def measure(pages: Sequence[str]) -> None:
    """Prints a row each: seconds over all pages, and their ratio to trafilatura's, of the sums and the median batch."""
    from trafilatura import extract

    units = [Unit("html", f"{number}.html", page.encode("utf-8", "replace")) for number, page in enumerate(pages)]
    work = work_of(Config(), sum(len(unit.raw) for unit in units))
    tasks: dict[str, Callable[[list[Unit]], object]] = {
        ALONE: lambda own: [extract(unit.raw.decode()) for unit in own],
        FAST: lambda own: [extract(unit.raw.decode(), fast=True) for unit in own],
        READ: lambda own: [_load(unit) for unit in own],
        WHOLE: work,
    }
    seconds: Counter[str] = Counter()
    ratios: dict[str, list[float]] = defaultdict(list)
    for task in tasks.values():
        task(units[:1])  # what is loaded and compiled once is not counted
    settle()
    for items in grouped((0, unit) for unit in units):
        batch = [unit for _, unit in items if isinstance(unit, Unit)]
        took = {}
        for name, task in tasks.items():
            started = time.process_time()
            task(batch)
            took[name] = time.process_time() - started
        for name, own in took.items():
            seconds[name] += own
            ratios[name].append(own / max(took[ALONE], 1e-9))
    print(f"\n{f'seconds for {len(pages)} web pages':46} {'sum':>9} {'of sums':>9} {'of batches':>12}")
    for name in tasks:
        ratio = seconds[name] / seconds[ALONE]
        print(f"{name:46} {seconds[name]:9.2f} {ratio:9.2f} {statistics.median(ratios[name]):12.2f}", flush=True)


def _load(unit: Unit) -> None:
    with suppress(InputError):  # a page without text
        READERS["html"].load(unit, Fields())
