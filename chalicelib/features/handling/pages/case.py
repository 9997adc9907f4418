"""The pages of a complaint: entering number and receipt, following it, and the complainant's acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.handling.pages import entry, view
from chalicelib.features.handling.pages.calendar_file import MEDIA_TYPE
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import saying
from chalicelib.web.pages.reader import KeptQuery, Reader, ToldQuery, reader_of
from chalicelib.web.pages.rendering import get_page, has_page, leave, page, post_form, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api


_TOLD = ("done", "changed", "reworded", "uploaded", "arrived")


_ENTER = "/t/{tenant}/case"
_CASE = _ENTER + "/{number}"


def register(api: Api) -> None:
    @get_page(api, _ENTER, "The page that asks for number and receipt", query=KeptQuery)
    def get_entry_page(call: Call) -> Reply:
        kept = kept_forms.find(call, call.query.form, _ENTER.format(tenant=tenant_of(call)))
        return entry.again(call, kept, entry.EntryForm(""))

    @post_form(api, _ENTER, "Open a complaint with its receipt", while_closed=True)
    def post_entry(call: Call) -> Reply:
        return _enter(call)

    @get_page(api, _CASE, "A complaint, for its complainant", query=ToldQuery)
    def get_case_page(call: Call) -> Reply:
        number = call.params["number"]
        receipt = session.receipt_of(call, session.SessionScope(number))
        return entry.page_for(call, entry.EntryForm(number)) if receipt is None else _case_page(call, number, receipt)

    @get_page(api, _CASE + "/decision", "What was decided or offered on a complaint, to print")
    def get_decision_page(call: Call) -> Reply:
        number = call.params["number"]
        receipt = session.receipt_of(call, session.SessionScope(number))
        return entry.page_for(call, entry.EntryForm(number)) if receipt is None else _decision(call, number, receipt)

    @get_page(api, _CASE + "/deadlines.ics", "The running deadlines, for a calendar", produces=MEDIA_TYPE)
    def get_calendar_file(call: Call) -> Reply:
        number = call.params["number"]
        receipt, reader = session.receipt_of(call, session.SessionScope(number)), reader_of(call)
        if receipt is None:
            return see_other(session.SessionScope(number).path(tenant_of(call)))
        name = {"Content-Disposition": f'attachment; filename="{number}.ics"'}
        return Reply(view.calendar_of(call, reader, number, receipt), headers=name)

    @post_form(api, _CASE + "/leave", "End the session", while_closed=True)
    def post_leave(call: Call) -> Reply:
        kept_forms.forget(call)
        return leave(call, session.SessionScope(call.params["number"]))


def _case_page(call: Call, number: str, receipt: str) -> Reply:
    reader = reader_of(call)
    return _shown(reader, view.read(call, reader, number, receipt), call.query.told)


def _shown(reader: Reader, found: view.CasePage, told: str | None) -> Reply:
    shown = told if told in _TOLD else None
    path = session.SessionScope(found.view.number).path(found.tenant_page.org.id)
    values = {
        "tenant_page": found.tenant_page,
        "case": found,
        "told": shown,
        "path": path,
        "has_copies": has_page(_CASE + "/copy"),
    }
    return page("case/case.html", reader, values)


def _decision(call: Call, number: str, receipt: str) -> Reply:
    """The results that stand now. Before the first one, it leads to the page of the complaint."""
    reader, path = reader_of(call), session.SessionScope(number).path(tenant_of(call))
    found = view.read(call, reader, number, receipt)
    if not found.answering.results:
        return see_other(reader.link(path))
    values = {"tenant_page": found.tenant_page, "case": found, "path": path}
    return page("case/decision.html", reader, {**values, "address_of_case": call.wiring.address + path})


def _enter(call: Call) -> Reply:
    given, reader = Answers(call.body), reader_of(call)
    number, receipt = given.one("number"), given.one("receipt")
    faults, path = entry.faults(call, number, receipt), _ENTER.format(tenant=tenant_of(call))
    if faults:
        asked = entry.EntryForm(number, receipt, faults=saying(faults)(reader))
        return kept_forms.again(call, path, given, saying(faults)) or entry.page_for(call, asked)
    kept_forms.forget(call, path)
    page_of_files = "/files" if given.one("then") == "files" else ""
    reply = see_other(reader.link(session.SessionScope(number).path(tenant_of(call)) + page_of_files))
    return Reply(
        reply.body, reply.status, {**reply.headers, **session.begin(call, session.SessionScope(number), receipt)}
    )
