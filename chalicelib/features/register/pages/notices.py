"""The pages of the public register, with their filters. They show what the JSON routes show to the public."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from chalicelib.features.register import register as notices
from chalicelib.features.register.notice_view import NoticeView
from chalicelib.features.register.pages import offered, view
from chalicelib.features.register.register import RegisterFilter
from chalicelib.policy.language.publicity import Audience
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.inputs import InputFault, Option, options
from chalicelib.web.pages.organisation import TenantPage, tenant_page_of
from chalicelib.web.pages.reader import PageQuery, Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page

if TYPE_CHECKING:
    from chalicelib.web.api import Api


ROWS = 20
"""Notices of one page."""
_KINDS = ("notice", "result")
_DAY = "20[0-9]{2}-[0-9]{2}-[0-9]{2}"


class RegisterQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """As the JSON route has them. An empty value is none, because forms send every input."""

    kind: str | None = None
    category: str | None = None
    outcome: str | None = None
    first: str | None = None
    last: str | None = None
    cursor: str | None = None

    def chosen(self) -> dict[str, str]:
        """The filters in use, by the name of their input."""
        named = {"kind": self.kind, "category": self.category, "outcome": self.outcome}
        named |= {"from": self.first, "to": self.last}
        return {name: value for name, value in named.items() if value}

    def criteria(self) -> RegisterFilter:
        return RegisterFilter(
            kind=self.kind or None,
            first=self.first or "",
            last=self.last or None,
            category=self.category or None,
            values={"outcome": self.outcome} if self.outcome else {},
            limit=ROWS,
        )


class FilterChoice(msgspec.Struct, frozen=True):
    """A list from which the reader chooses one value, or none."""

    name: str
    label: str
    options: list[Option]


def choices(tenant_page: TenantPage, reader: Reader) -> list[FilterChoice]:
    """Those that can tell notices of this organisation apart."""
    found = [
        FilterChoice(
            "kind", reader.text("register.kind"), [Option(one, reader.text(f"register.{one}")) for one in _KINDS]
        ),
        FilterChoice(
            "category", offered.category_label(tenant_page, reader), list(offered.categories(tenant_page, reader))
        ),
        FilterChoice("outcome", _outcome_label(tenant_page, reader), _outcomes(tenant_page, reader)),
    ]
    return [one for one in found if len(one.options) > 1]


def faults(query: RegisterQuery, reader: Reader) -> list[InputFault]:
    """Days that are no days. Browsers without an input for days let people type them."""
    given = {"from": query.first, "to": query.last}
    return [InputFault(name, reader.text("register.day")) for name, day in given.items() if day and not _is_day(day)]


def _is_day(text: str) -> bool:
    try:
        return re.fullmatch(_DAY, text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _outcome_label(tenant_page: TenantPage, reader: Reader) -> str:
    """The procedure's own word for it, as the notices have it."""
    fact = tenant_page.policy.document.definition("outcome")
    named = None if fact is None or fact.name is None else fact.name.to_json()
    return reader.text("register.outcome") if named is None else reader.label(named)


def _outcomes(tenant_page: TenantPage, reader: Reader) -> list[Option]:
    fact = tenant_page.policy.document.definition("outcome")
    return [] if fact is None else options(fact.choices, reader)


_REGISTER = "/t/{tenant}/register"
_PUBLIC: tuple[Audience, ...] = ("public",)


def register(api: Api) -> None:
    @get_page(api, _REGISTER, "The public register of an organisation", query=RegisterQuery)
    def get_register_page(call: Call) -> Reply:
        return _list(call, call.query)

    @get_page(api, _REGISTER + "/{notice}", "A published notice")
    def get_notice_page(call: Call) -> Reply:
        found = notices.find(call.wiring.store, tenant_of(call), _PUBLIC, call.params["notice"])
        tenant_page, reader = tenant_page_of(call), reader_of(call)
        return page(
            "register/notice.html",
            reader,
            {"tenant_page": tenant_page, "notice": view.shown(found, tenant_page, reader)},
        )


def _list(call: Call, query: RegisterQuery) -> Reply:
    tenant_page, reader = tenant_page_of(call), reader_of(call)
    publicity, wrong = tenant_page.policy.document.publicity, faults(query, reader)
    rows, more = ([], None) if wrong else _rows(call, query)
    values = {
        "tenant_page": tenant_page,
        "publishes": publicity is not None and publicity.has_register,
        "audience": offered.audience(publicity, reader),
        "feeds": [] if reader.practice else offered.feeds(tenant_page, reader),
        "notices": [view.shown(one, tenant_page, reader) for one in rows],
        "more": more and "?" + urlencode({**_given(query), "cursor": more}),
        "is_first": query.cursor is None,
        "choices": choices(tenant_page, reader),
        "chosen": query.chosen(),
        "switched": "?" + urlencode({**query.chosen(), "lang": reader.other}),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
    }
    return page("register/list.html", reader, values, status=422 if wrong else 200)


def _rows(call: Call, query: RegisterQuery) -> tuple[list[NoticeView], str | None]:
    after = cursors.position(call, query.cursor or None)
    found = notices.page(call.wiring.store, tenant_of(call), _PUBLIC, query.criteria(), after)
    return found.notices, cursors.sign(call, found.after)


def _given(query: RegisterQuery) -> dict[str, str]:
    """A cursor belongs to exactly the query that it came from, with its empty values and its language."""
    return {name: value for name, value in msgspec.to_builtins(query).items() if value is not None and name != "cursor"}
