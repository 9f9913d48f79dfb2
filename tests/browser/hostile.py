"""Texts, names and rules that would run, restyle or mislead if a report let them."""

from __future__ import annotations

from tests.files import records
from tests.support import PROSE, RULES

#: Each sets ``window.harmed`` or leaves the page if it is ever taken for anything but text.
PAYLOADS = (
    "<script>window.harmed = 1</script>",
    "</script><script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "<svg onload=window.harmed=1><style>body{display:none}</style>",
    "\"' autofocus onfocus=window.harmed=1 x='",
    "<a href='javascript:window.harmed=1'>javascript:window.harmed=1</a>",
    "</p></article></main><style>* { display: none !important }</style>",
    "<base href='https://harm.example/'><meta http-equiv=refresh content='0;url=https://harm.example/'>",
    "<iframe srcdoc='<script>parent.harmed=1</script>'></iframe><form action='https://harm.example/'><input></form>",
    "{{ 7 * 7 }}{% raw %}{{ config }}{# comment #}",
    "\u202egnp.elif\u202c \u2066isolated\u2069 \u200bzero\ufeff width \x1b[31mred\x1b]0;title\x07 \x00 \x08 \x85",
    "\u2028window.harmed = 1;\u2029 */ window.harmed = 1; // <!-- ]]>",
    "`${window.harmed = 1}` ${7 * 7} \\u003cscript\\u003e",
    "lone \ud800 surrogate",
)

#: Every payload is in a line that stays, in one that goes, and in one of which a part goes.
TEXT = "\n\n".join(
    part
    for number, payload in enumerate(PAYLOADS)
    for part in (
        f"{PROSE[number % 5]} {payload}",
        f"Sign up now {payload}",
        f"{PROSE[(number + 1) % 5]} Click here {payload} and there.",
        f"Give us {payload} your address",
    )
)

FILES = {
    "plain.txt": TEXT.encode("utf-8", "replace"),
    "<img src=x onerror=window.harmed=1>.txt": TEXT.encode("utf-8", "replace"),
    '"><script>window.harmed=1<\u2044script>.txt': f"{PROSE[0]}\n\nSign up now.\n",
    "javascript:window.harmed=1.txt": f"{PROSE[0]}\n\nSign up now.\n",
    "../../".replace("/", "\u2044") + "up.txt": f"{PROSE[0]}\n\nSign up now.\n",
    "line\nfeed \u202ebidi\x1b[31m.txt": f"{PROSE[0]}\n\nSign up now.\n",
    "#r1?x=%2e%2e&lt;b&gt;.txt": f"{PROSE[0]}\n\nSign up now.\n",
    "'\"`${window.harmed=1}.txt": f"{PROSE[0]}\n\nSign up now.\n",
    "bad<script>window.harmed=1<\u2044script>.txt": b"\x00\x01\x02",
    "rows.jsonl": records(
        [
            {
                "text": f"{PROSE[0]}\n\nSign up now \ud800 {PAYLOADS[0]}",
                "id": PAYLOADS[0],
                "url": "javascript:window.harmed=1",
            }
        ]
    ),
}

#: A pack whose rule texts are markup too.
PACK = RULES.replace('reason = "asks to sign up"', 'reason = "<script>window.harmed=1</script> \\u202e"')
