"""Declares pages, which are routes that answer with HTML and take forms, and renders them from templates.

Every value is escaped; nothing on a page comes from another host.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec.structs import replace

from chalicelib.composition import FEATURES
from chalicelib.kit.problem import Problem
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import assets, session
from chalicelib.web.pages.reader import PageQuery, Reader

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from chalicelib.web.api import Api
    from chalicelib.web.dispatch import Handler


HTML = "text/html; charset=utf-8"
_HERE = Path(__file__).parent
_PROGRAM = _HERE.parent.parent
_DAY_OF_WEEK = r"(?:\uff08\u5468.\uff09)?"
_CHINESE_DATE = rf"[0-9]{{4}}\u5e74[0-9]{{1,2}}\u6708[0-9]{{1,2}}\u65e5{_DAY_OF_WEEK}"
_DATE = rf"(?:[A-Z][a-z]{{2}} [0-9]{{1,2}} [A-Z][a-z]{{2}} [0-9]{{4}}|{_CHINESE_DATE})"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:{images}; {frames}"
    "connect-src 'self'{upload}; form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def security_policy(upload: str = "", leads_to: str = "", *, images: str = "", frames: str = "") -> str:
    """The value of `Content-Security-Policy`. `upload`: the origin of the bucket, on pages that upload files.

    `leads_to`: the origin of another site to which a form of ours leads on. `images` and `frames`: the origin of the
    bucket, on a page that shows an image or a PDF.
    """
    forms = "".join(f" {one}" for one in (upload, leads_to) if one)
    return _POLICY.format(
        upload=f" {upload}" if upload else "",
        forms=forms,
        images=f" {images}" if images else "",
        frames=f"frame-src {frames}; " if frames else "",
    )


def page(
    template: str,
    reader: Reader,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    upload: str = "",
) -> Reply:
    """`values`: for the template. `upload`: as in `security_policy`. `headers` replace those of every page."""
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


def leading_to(origin: str, upload: str = "") -> dict[str, str]:
    """The header of a page with a form that leads on to another site (`security_policy`)."""
    return {"Content-Security-Policy": security_policy(upload, origin)}


def see_other(path: str) -> Reply:
    """The answer to a form: the browser asks for the page with GET, so that reloading repeats nothing."""
    return Reply("", 303, {"Location": path})


def html(template: str, reader: Reader, values: Mapping[str, Any]) -> str:
    known = {
        "t": reader.text,
        "link": reader.link,
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
    """A text whose dates, such as Fri 27 Nov 2026 and 2026年11月27日（周五）, stay on one line."""
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
        auto_reload=False,  # a program's templates do not change, and each page has several to look at
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dated"] = _dated
    return environment


PAGE_PROBLEMS = (
    *("forbidden", "complaint-unknown", "act-not-open", "conflict", "quota-exceeded", "invalid", "not-found"),
    *("idempotency-key-reused", "payload-too-large", "unsupported-media-type", "stale", "tenant-suspended"),
    *("unauthenticated", "tenant-taken", "policy-invalid", "invalid-cursor", "practice"),
    *("too-many-requests", "limit-reached"),
)
"""The problems that become pages. A form shows the faults of its own fields itself."""


def leave(call: Call, scope: session.SessionScope) -> Reply:
    """Ends the session, and leads to the organisation's page."""
    reply = see_other(f"/t/{tenant_of(call)}")
    return Reply(reply.body, reply.status, {**reply.headers, **session.end(call, scope)})


def get_page(api: Api, path: str, summary: str, **further: Any) -> Callable[[Handler], Handler]:
    """A page that changes nothing."""
    return _declare(api, path, {"method": "GET", "summary": summary, "produces": HTML, **further})


def for_modules(api: Api, path: str, summary: str, method: str, **further: Any) -> Callable[[Handler], Handler]:
    """A route that a module of a page calls, with the form's encoding and the session. It answers with JSON."""
    declared = {"method": method, "summary": summary, "produces": "application/json", **further}
    return _declare(api, path, declared, own_only=method == "POST")


def post_form(
    api: Api, path: str, summary: str, *, own_only: bool = True, **further: Any
) -> Callable[[Handler], Handler]:
    """A form. With `reads=True` it changes nothing, like the steps before the last one of a filing.

    `own_only`: a form that a page of another site sent is refused. Forms that need no session take it.
    """
    return _declare(api, path, {"method": "POST", "summary": summary, "produces": HTML, **further}, own_only)


_declared: set[str] = set()
"""The paths of all pages, forms and routes for modules."""


def has_page(path: str) -> bool:
    """Whether the program has a page with this path, which a feature can add."""
    return path in _declared


def _declare(api: Api, path: str, declared: dict[str, Any], own_only: bool = False) -> Callable[[Handler], Handler]:
    _declared.add(path)
    route = api.route(path, allow=["public"], page=True, problems=PAGE_PROBLEMS, **{"query": PageQuery, **declared})

    def register(handler: Handler) -> Handler:
        route(_ending_refused_sessions(handler, own_only))
        return handler

    return register


def _ending_refused_sessions(handler: Handler, own_only: bool) -> Handler:
    """The handler with a session whose receipt is no more that of the complaint as one that has ended.

    Such a page asks for the receipt, keeps what was typed, and a module keeps its file. Nothing was changed before.
    """

    @wraps(handler)
    def answer(call: Call) -> Reply:
        if own_only:
            session.require_own_page(call)
        try:
            return handler(call)
        except Problem as problem:
            if problem.kind != "complaint-unknown" or not call.headers.get("cookie"):
                raise
        return handler(replace(call, headers={**call.headers, "cookie": session.ended(call)}))

    return answer
