"""The report as a static site: pages as text. Writing them is :mod:`cleaner.reporting`'s matter.

Every page is made by a Jinja2 template with autoescape on, and whatever a template prints is made visible first
(control and direction characters, lone surrogates). Pages carry a Content-Security-Policy that allows scripts and
styles from files beside them and nothing else: no inline script or style, no connection, no form, no frame.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from cleaner.reports.palette import COLOURS, number
from cleaner.reports.safe import visible

#: What pages of a report may load; those of a review may also talk to the server they came from.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types cleaner"
)
REVIEW_POLICY = POLICY + "; connect-src 'self'"

#: Files that pages load, by their place in the report.
ASSETS = ("icon.svg", "report.css", "report.js", "list.js", "review.js")


def render(template: str, **values: Any) -> str:
    """A page. Raises ``jinja2.TemplateError`` for a value that is missing, which is a bug of ours."""
    text: str = _environment().get_template(template).render(values)
    return text


@cache
def _environment() -> Any:
    import jinja2  # with its parser it is a good part of a start-up that only two commands need

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("cleaner.reports.html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(colour=lambda category: f"c{number(category)}", count=count, percent=percent)
    environment.globals.update(colours=range(COLOURS), policy=POLICY, review_policy=REVIEW_POLICY)
    return environment


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value


def count(value: int) -> str:
    """A whole number with thin spaces between thousands.

    >>> count(1234567).replace("\\u2009", "_")
    '1_234_567'
    """
    return f"{value:,}".replace(",", "\u2009")


def percent(share: float) -> str:
    """A share as a percentage that is never rounded to nothing or to all."""
    if 0 < share < 0.001:
        return "< 0.1\u2009%"
    return f"{100 * share:.1f}\u2009%"
