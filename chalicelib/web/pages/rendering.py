"""Renders pages from templates. Every value is escaped; nothing on a page comes from another host."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from chalicelib.composition import FEATURES
from chalicelib.web import languages
from chalicelib.web.call import Reply
from chalicelib.web.pages import assets
from chalicelib.web.pages.reader import Reader

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

HTML = "text/html; charset=utf-8"
_HERE = Path(__file__).parent
_PROGRAM = _HERE.parent.parent
_DAY_OF_WEEK = r"(?:\uff08\u5468.\uff09)?"
_DIGITS_OF_DATE = r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|\u5e74[0-9]{1,2}\u6708[0-9]{1,2}\u65e5)"
_DATE = rf"(?:[A-Z][a-z]{{2}} )?{_DIGITS_OF_DATE}{_DAY_OF_WEEK}"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'{upload}; "
    "form-action 'self'{upload}; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def security_policy(upload: str = "") -> str:
    """The value of `Content-Security-Policy`. `upload`: the origin of the bucket, on pages that upload files."""
    return _POLICY.format(upload=f" {upload}" if upload else "")


def page(
    template: str,
    reader: Reader,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    upload: str = "",
) -> Reply:
    """`values`: for the template. `upload`: as in `security_policy`."""
    return Reply(
        html(template, reader, values),
        status,
        {
            "Content-Security-Policy": security_policy(upload),
            "Referrer-Policy": "same-origin",  # with `no-referrer`, browsers send forms with `Origin: null`
            **languages.headers_of(reader.language),
            **(headers or {}),
        },
    )


def see_other(path: str) -> Reply:
    """The answer to a form: the browser asks for the page with GET, so that reloading repeats nothing."""
    return Reply("", 303, {"Location": path})


def html(template: str, reader: Reader, values: Mapping[str, Any]) -> str:
    def link(path: str, **query: str) -> str:
        """A path of the service, in the language that the reader chose."""
        chosen = {"lang": reader.language} if reader.chosen else {}
        asked = urlencode({**query, **chosen})
        return path + (f"?{asked}" if asked else "")

    known = {
        "t": reader.text,
        "link": link,
        "reader": reader,
        "asset": assets.path,
        "modules": assets.with_imports,
        "quote": quote,
        "heading": _heading,
        # Chinese has no space between sentences, nor after a colon.
        "gap": "" if reader.language == "zh" else " ",
        "marked": _marked,
    }
    return _environment().get_template(template).render(**known, **values)


def _marked(text: str) -> Markup:
    """A text of the API's documentation, in which names stand between backticks."""
    from markupsafe import Markup

    parts = text.split("`")
    marked = [
        Markup("<code>{}</code>").format(part) if number % 2 else Markup("{}").format(part)
        for number, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def _dated(text: str) -> Markup:
    """A text whose dates, such as Fri 2026-11-27 and 2026年11月27日（周五）, stay on one line."""
    from markupsafe import Markup

    parts = re.split(rf"({_DATE})", text)
    whole = Markup('<span class="whole">{}</span>')
    return Markup("").join(
        whole.format(part) if number % 2 else Markup("{}").format(part) for number, part in enumerate(parts)
    )


def _heading(text: str) -> Markup:
    """A heading inside a legend: the only question of a page."""
    from markupsafe import Markup

    return Markup("<h1>{}</h1>").format(text)


@functools.cache
def _environment() -> Environment:
    """Imported with the first page: the template library takes longer to import than all routes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([_HERE / "templates", *(_PROGRAM / one.path / "templates" for one in FEATURES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dated"] = _dated
    return environment
