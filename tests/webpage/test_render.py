from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner.model import Media
from cleaner.webpage.lines import lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.render import render

PAGE = """
<h1>Herons</h1><p>One <b>bird</b>.</p><ul><li>grey</li><li>white<ul><li>small</li></ul></li></ul>
<table><tr><th>name</th><th>size</th></tr><tr><td>grey|blue</td><td>90</td></tr></table>
<pre>if heron:
    wade()</pre><blockquote>It flew.</blockquote><p># no heading</p>
"""
TEXT = """Herons

One bird.

grey
white
small

name\tsize
grey|blue\t90

if heron:
    wade()

It flew.

# no heading
"""
MARKDOWN = """# Herons

One bird.

- grey
- white
  - small

| name | size |
| --- | --- |
| grey\\|blue | 90 |

```
if heron:
    wade()
```

> It flew.

\\# no heading
"""


@pytest.mark.parametrize(("form", "expected"), [("text", TEXT), ("markdown", MARKDOWN)])
def test_structure_stays(form: Media, expected: str) -> None:
    lines = lines_of(tree_of(f"<html><body>{PAGE}</body></html>", "a.html"))
    text, spans = render(lines, form)
    assert text == expected
    assert len(spans) == len(lines)
    for (start, end), line in zip(spans, lines, strict=True):
        assert line.text.split()[-1].replace("|", "\\|" if form == "markdown" else "|") in text[start:end]
        assert "\n\n" not in text[start:end]
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


def test_a_fence_is_longer_than_what_it_holds() -> None:
    lines = lines_of(tree_of("<html><body><pre>```\ncode\n```</pre></body></html>", "a.html"))
    assert render(lines, "markdown")[0] == "~~~\n```\ncode\n```\n~~~\n"


def test_no_lines_no_text() -> None:
    assert render([]) == ("", [])
