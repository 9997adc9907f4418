"""Generates the problem pages: `docs/problems.md` and the HTML of `GET /v1/problems/{kind}`.

`python -m chalicelib.web.openapi.problem_pages docs/problems.md`
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

from chalicelib.kit.problem import Problem
from chalicelib.web.languages import CHINESE, ENGLISH
from chalicelib.web.openapi.localized import say
from chalicelib.web.problems import PROBLEM_TYPES, TYPE_PREFIX, ProblemType


def page_of(kind: str, language: str) -> str:
    """The HTML page of a kind. Raises `Problem("not-found")`."""
    row = PROBLEM_TYPES.get(kind)
    if row is None:
        raise Problem("not-found", "No problem kind has this name.")
    return html_page(row, language)


def html_page(row: ProblemType, language: str = ENGLISH) -> str:
    """The HTML page of one kind, with its title in both languages."""
    title = escape(f"{row.title.zh} · {row.title.en}" if language == CHINESE else f"{row.title.en} · {row.title.zh}")
    status = "，HTTP 状态码" if language == CHINESE else ", HTTP status"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p><code>{row.kind}</code>{status} {row.status}</p>"
        f"<p>{escape(say(row.explanation, language))}</p></html>"
    )


def markdown_page() -> str:
    """All problem kinds as one Markdown document, sorted by status and name."""
    return "\n".join(
        [_HEAD, *(_section(row) for row in sorted(PROBLEM_TYPES.values(), key=lambda row: (row.status, row.kind)))]
    )


_HEAD = f"""# Problems

Errors are `application/problem+json` (RFC 9457): `type` (`{TYPE_PREFIX}<kind>`, relative to the API), `title`,
`status`, `detail`, `correlation_id`. Invalid input also gives `errors: [{{pointer, detail}}]` with RFC 6901 pointers.
`make openapi` generates this page from `chalicelib/web/problems.py`.
"""


def _section(row: ProblemType) -> str:
    return f"## {row.kind}\n\n**{row.status}** · {row.title.en} · {row.title.zh}\n\n{row.explanation}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown_page(), encoding="utf-8")
