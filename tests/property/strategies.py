"""Texts, patterns and cuts as Hypothesis generates them here."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from tests.support import PROSE

#: Every kind of line end and space that has to stay, and characters that break tools.
ODD = [
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u2028",
    "\x0c",
    "\x0b",
    "\x85",
    "\ufeff",
    "\xa0",
    "\t",
    "  ",
    "😀",
    "\ud800",
    "\x00",
    "\u0301",
]
MARKS = [
    "# ", "## ", "- ", "* ", "1. ", "> ", "```\n", "~~~\n", "---\n", "===\n", "    ", "+++\n", "timeline", "<br/> ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n", "---\ntitle: x\n---\n", "graph TD\n  A --> B\n", "digraph g {\n a -> b\n}\n",
    "**", "_", "`", "[", "](http://x.org)", "![", "<div>\n", "</div>\n", "<!-- ", "→Written", " ## Part ", " **Q: why?",
]  # fmt: skip
PHRASES = [
    "Sign up now.", "Give us your address.", "Advertisement", "click here", "(click here)", "Read next", "Newsletter",
    "Section 5 of the Act", "Share this article", "Leave a comment", "About the author", "Related posts", "Subscribe",
    "No spam. Unsubscribe anytime.", "Book a demo of Acmetron today", "Try Acmetron for free", *PROSE,
]  # fmt: skip
WORDS = [
    "word",
    "Heron",
    "the",
    "ſtop",
    "K",
    "İ",
    "ı",
    "straße",
    "ΟΔΟΣ",
    "ό",
    "e\u0301",
    "漢字",
    "don’t",
    "—",
    "a" * 50,
]

_piece = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(MARKS),
    st.sampled_from(ODD),
    st.sampled_from(["\n", "\n\n", " "]),
    st.sampled_from(WORDS),
    st.text(max_size=6),
)


def texts(size: int = 24) -> st.SearchStrategy[str]:
    """Texts of up to ``size`` pieces: prose, boilerplate, marks and odd characters."""
    return st.lists(_piece, max_size=size).map("".join)


def one_line() -> st.SearchStrategy[str]:
    """Texts as views have them, without line feeds."""
    return st.lists(st.one_of(st.sampled_from([*WORDS, *PHRASES, " ", "-", "'"]), st.text(max_size=4)), max_size=8).map(
        lambda parts: "".join(parts).replace("\n", " ")
    )


@st.composite
def texts_with_cuts(draw: st.DrawFn, size: int = 12) -> tuple[str, list[tuple[int, int]]]:
    """A text and sorted, disjoint spans of it, some of them touching."""
    text = draw(texts(size))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = list(pairwise(places))
    chosen = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    return text, [span for span, is_chosen in zip(spans, chosen, strict=True) if is_chosen]


_ATOMS = [
    "a", "k", "s", "i", "foo", " ", "é", "ß", "ſ", "\u212a", "İ", "ı", "σ", "Σ", "ς", "\u0301", "😀", r"\b", r"\B", "^",
    "$", r"\w", r"\W", r"\d", r"\s", r"\S", ".", r"\.", r"\pL", r"\p{Lu}", r"\Z", r"\A", "[a-k]", "[^a]", r"[\w-]",
    "[é-ö]", "[a-é]", "[]a]", "[ſ]", r"[s\-k]", r"\x41", r"\u0130", "(?=a)", "(?!b)", "(?<=s)", "(?<!k)", "'", "#", "-",
]  # fmt: skip
_COUNTS = ["", "", "", "?", "*", "+", "{2}", "{0}", "{0,3}", "{2,}", "{1,9}", "??", "+?"]


def _grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    branches = st.lists(inner, min_size=1, max_size=3).map("|".join)
    return st.tuples(st.sampled_from(["(?:", "(", "(?>"]), branches).map(lambda parts: f"{''.join(parts)})")


def patterns() -> st.SearchStrategy[str]:
    """Patterns of the regex package; not all of them compile."""
    item = st.tuples(st.sampled_from(_ATOMS), st.sampled_from(_COUNTS)).map("".join)
    sequence = st.lists(item, min_size=1, max_size=4).map("".join)
    nested = st.recursive(
        sequence,
        lambda inner: st.lists(st.one_of(sequence, _grouped(inner)), min_size=1, max_size=3).map("".join),
        max_leaves=5,
    )
    return st.tuples(st.sampled_from(["", "(?x)"]), nested).map("".join)
