"""The pages of the public register. They show what the JSON routes show to the public."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from chalicelib.features.register import register as notices
from chalicelib.features.register.notice_view import NoticeView
from chalicelib.features.register.pages import filters, view
from chalicelib.features.register.pages.filters import RegisterQuery
from chalicelib.policy.language.publicity import Audience
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.declaring import get_page
from chalicelib.web.pages.organisation import host_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import page

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_REGISTER = "/t/{tenant}/register"
_PUBLIC: tuple[Audience, ...] = ("public",)


def register(api: Api) -> None:
    @get_page(api, _REGISTER, "The public register of an organisation", query=RegisterQuery)
    def get_register_page(call: Call) -> Reply:
        return _list(call, call.query)

    @get_page(api, _REGISTER + "/{notice}", "A published notice")
    def get_notice_page(call: Call) -> Reply:
        found = notices.find(call.wiring.store, tenant_of(call), _PUBLIC, call.params["notice"])
        host, reader = host_of(call), reader_of(call)
        return page("register/notice.html", reader, {"host": host, "notice": view.shown(found, host, reader)})


def _list(call: Call, query: RegisterQuery) -> Reply:
    host, reader = host_of(call), reader_of(call)
    wrong = filters.faults(query, reader)
    rows, more = ([], None) if wrong else _rows(call, query)
    values = {
        "host": host,
        "publishes": host.policy.document.publicity is not None,
        "notices": [view.shown(one, host, reader) for one in rows],
        "more": more and "?" + urlencode({**_given(query), "cursor": more}),
        "is_first": query.cursor is None,
        "choices": filters.choices(host, reader),
        "chosen": query.chosen(),
        "switched": "?" + urlencode({**query.chosen(), "lang": reader.other}),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
    }
    return page("register/list.html", reader, values, status=422 if wrong else 200)


def _rows(call: Call, query: RegisterQuery) -> tuple[list[NoticeView], str | None]:
    after = cursors.unseal(call, query.cursor or None)
    found = notices.page(call.wiring.store, tenant_of(call), _PUBLIC, query.criteria(), after)
    return found.notices, cursors.seal(call, found.after)


def _given(query: RegisterQuery) -> dict[str, str]:
    """A cursor belongs to exactly the query that it came from, with its empty values and its language."""
    return {name: value for name, value in msgspec.to_builtins(query).items() if value is not None and name != "cursor"}
