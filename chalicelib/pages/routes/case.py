"""The pages of a complaint: entering number and receipt, following it, and the complainant's acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.http.call import Call, Reply
from chalicelib.http.routes.call_context import tenant_of
from chalicelib.limits.sources import network
from chalicelib.pages.calendar_file import MEDIA_TYPE
from chalicelib.pages.case import session, view
from chalicelib.pages.declaring import get_page, post_form
from chalicelib.pages.filing.answers import Answers
from chalicelib.pages.filing.form import Fault
from chalicelib.pages.organisation import Host, host_of
from chalicelib.pages.reader import Reader, ToldQuery, reader_of
from chalicelib.pages.rendering import page, see_other
from chalicelib.problem import Problem

if TYPE_CHECKING:
    from chalicelib.http.api import Api


_TOLD = ("done", "changed", "uploaded", "arrived")


_ENTER = "/t/{tenant}/case"
_CASE = _ENTER + "/{number}"


def register(api: Api) -> None:
    @get_page(api, _ENTER, "The page that asks for number and receipt")
    def get_entry_page(call: Call) -> Reply:
        return _entry_page(call, "")

    @post_form(api, _ENTER, "Open a complaint with its receipt", reads=True)
    def post_entry(call: Call) -> Reply:
        session.require_own_page(call)
        return _enter(call)

    @get_page(api, _CASE, "A complaint, for its complainant", query=ToldQuery)
    def get_case_page(call: Call) -> Reply:
        number = call.params["number"]
        receipt = session.receipt_of(call, session.Place(number))
        return _entry_page(call, number) if receipt is None else _case_page(call, number, receipt)

    @get_page(api, _CASE + "/deadlines.ics", "The running deadlines, for a calendar", produces=MEDIA_TYPE)
    def get_calendar_file(call: Call) -> Reply:
        number = call.params["number"]
        receipt, reader = session.receipt_of(call, session.Place(number)), reader_of(call)
        if receipt is None:
            return see_other(session.Place(number).path(tenant_of(call)))
        name = {"Content-Disposition": f'attachment; filename="{number}.ics"'}
        return Reply(view.calendar_of(call, reader, number, receipt), headers=name)

    @post_form(api, _CASE + "/leave", "End the session", reads=True)
    def post_leave(call: Call) -> Reply:
        session.require_own_page(call)
        path = f"/t/{tenant_of(call)}"
        reply = see_other(path)
        return Reply(
            reply.body, reply.status, {**reply.headers, **session.end(call, session.Place(call.params["number"]))}
        )


def _entry_page(call: Call, number: str, faults: list[Fault] | None = None) -> Reply:
    host, reader = host_of(call), reader_of(call)
    found = faults or []
    values = {
        "host": host,
        "number": number,
        "faults": found,
        "fault_of": {fault.name: fault.text for fault in found},
        "expired": bool(call.headers.get("cookie")) and bool(call.params.get("number")),
    }
    return page("case/enter.html", reader, values, status=422 if found else 200)


def _enter(call: Call) -> Reply:
    given = Answers(call.body)
    number, receipt, reader = given.one("number"), given.one("receipt"), reader_of(call)
    faults = [
        Fault(name, reader.text(f"case.{name}_missing"))
        for name, value in (("number", number), ("receipt", receipt))
        if not value
    ]
    if faults:
        return _entry_page(call, number, faults)
    try:
        view.check_receipt(call, number, receipt)
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return _entry_page(call, number, [Fault("number", reader.text("case.wrong"))])
    chosen = f"?lang={reader.language}" if reader.chosen else ""
    page_of_files = "/files" if given.one("then") == "files" else ""
    reply = see_other(session.Place(number).path(tenant_of(call)) + page_of_files + chosen)
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, session.Place(number), receipt)})


def _case_page(call: Call, number: str, receipt: str) -> Reply:
    host, reader = host_of(call), reader_of(call)
    return _shown(host, reader, view.read(call, host, reader, number, receipt), call.query.told)


def _shown(host: Host, reader: Reader, found: view.CasePage, told: str | None) -> Reply:
    shown = told if told in _TOLD else None
    path = session.Place(found.view.number).path(host.org.id)
    values = {"host": host, "case": found, "told": shown, "path": path}
    return page("case/case.html", reader, values)
