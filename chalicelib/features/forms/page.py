"""The HTML page of a printed form: A4, without scripts. Every text is escaped.

Imported by its route at the first request: the template library takes longer to import than all routes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from chalicelib.features.forms.filled_form import FilledForm, FilledLine, FilledValue
from chalicelib.kit import catalogue

_HERE = Path(__file__).parent
_NARROW = 26
"""The widest value, in columns of half an em, that shares its row with another line."""
_WIDE, _LONG, _LONG_TEXT = 76, 12, 6
"""The columns of a value in a row of its own. The lines above which such a row, and one value in a list, may
continue on the next page."""


def html_page(form: FilledForm) -> str:
    words = catalogue.words("form_page", form.language)
    zone = words["zone"].format(zone=form.zone)
    return _template().render(form=form, words=words, zone=zone, style=_style(), rows=rows, **_LENGTHS)


@functools.cache
def security_policy() -> str:
    """The value of `Content-Security-Policy`: nothing is loaded or run, and only the page's own style applies."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def rows(lines: Sequence[FilledLine]) -> list[list[FilledLine]]:
    """One or two lines a row: two narrow ones in sequence share it."""
    found: list[list[FilledLine]] = []
    for line in lines:
        if found and len(found[-1]) == 1 and _is_narrow(found[-1][0]) and _is_narrow(line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_narrow(line: FilledLine) -> bool:
    texts = [f"{value.text} {value.at} {value.by} {value.remark} {value.fate}".strip() for value in line.values]
    return not line.listed and all("\n" not in text and _width(text) <= _NARROW for text in texts)


def _is_long(row: Sequence[FilledLine]) -> bool:
    return sum(_lines_of(value) for line in row for value in line.values) > _LONG


def _is_long_text(value: FilledValue) -> bool:
    return _lines_of(value) > _LONG_TEXT


def _lines_of(value: FilledValue) -> int:
    texts = [text for text in (*value.text.split("\n"), value.at) if text]
    return sum(1 + _width(text) // _WIDE for text in texts)


def _width(text: str) -> int:
    """In columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


_LENGTHS = {"is_long": _is_long, "is_long_text": _is_long_text}


@functools.cache
def _style() -> Markup:
    return Markup((_HERE / "form.css").read_text("utf-8"))  # noqa: S704 our own file


@functools.cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((_HERE / "form.html").read_text("utf-8"))
