from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from cleaner.reports.findings import Found
from cleaner.reports.markdown import MOST, as_markdown, code


def _found(text: str = "Sign up now.", path: str = "a.txt", line: int = 3, rule: str = "newsletter/signup") -> Found:
    return Found(path, line, line, rule, rule.split("/")[0], "because", 6.0, False, text)


def test_a_comment() -> None:
    found = [_found(), _found("Advertisement", line=7, rule="promotion/ad"), _found(path="b.txt")]
    assert as_markdown(found) == (
        "### cleaner: 3 findings in 2 files\n\n"
        "| category | findings |\n| --- | ---: |\n| newsletter | 2 |\n| promotion | 1 |\n\n"
        "\n**`a.txt`** (2 findings)\n\n"
        "- line 3, `newsletter/signup` (+6.0): `Sign up now.`\n"
        "- line 7, `promotion/ad` (+6.0): `Advertisement`\n"
        "\n**`b.txt`** (1 finding)\n\n"
        "- line 3, `newsletter/signup` (+6.0): `Sign up now.`\n"
    )


def test_nothing_found() -> None:
    assert as_markdown([]) == "### cleaner: nothing found\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>", "`a` ``b`` ```", "`", "@somebody #12", "[a](javascript:x)", "| a |", "**x**\n# y",
        "\u202e", " ", "a`",
    ],
)  # fmt: skip
def test_what_comes_from_a_document_means_nothing(text: str) -> None:
    found = [_found(text, path=f"{text.strip()}.txt")]
    parser = MarkdownIt("commonmark").enable("table")
    html = re.sub(r"<code>[^<]*</code>", "", parser.render(as_markdown(found)))
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h3", "table", "thead", "tbody", "tr", "th", "td", "p", "strong", "ul", "li"}
    assert html.count("<li>") == 1
    assert not {"script", "@somebody", "javascript"} & set(re.findall(r"@?\w+", html))


def test_a_long_comment_is_cut_and_says_so() -> None:
    found = [_found("x" * 100, path=f"{number:04}.txt") for number in range(2000)]
    text = as_markdown(found)
    assert len(text) <= MOST + 200
    shown = text.count("- line ")
    assert text.endswith(f"\n… and {2000 - shown} findings more: run `cleaner check`\n")


def test_one_large_file_is_still_shown_in_part() -> None:
    text = as_markdown([_found("x" * 100, line=number) for number in range(2000)])
    assert 100 < text.count("- line ") < 2000
    assert len(text) <= MOST + 200


def test_code() -> None:
    assert code("a`b", 80) == "`` a`b ``"
    assert code("", 80) == "` `"
