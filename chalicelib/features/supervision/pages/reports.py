"""The pages of reports about the office: the form, the receipt, and what the supervisors answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalicelib.features.filing import brake
from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import file_report, follow_up
from chalicelib.features.supervision.pages import entry, form, replace_receipt
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.kit.web_addresses.folding import is_blank
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import PageQuery, ToldQuery, reader_of
from chalicelib.web.pages.rendering import get_page, leave, page, post_form, see_other
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_REPORT = "/t/{tenant}/report"
_ONE = _REPORT + "/{reference}"
_MESSAGE = 4000
"""Characters of a message, as the JSON route takes them."""


class ReportFormQuery(PageQuery, frozen=True, kw_only=True):
    """`complaint`: the number of the complaint that the report is about, from the page that leads here."""

    complaint: str | None = None


def register(api: Api) -> None:
    _filing(api)
    _following(api)


def _filing(api: Api) -> None:
    @get_page(api, _REPORT, "The form of a report about the office", query=ReportFormQuery)
    def get_report_form(call: Call) -> Reply:
        number = call.query.complaint
        return _form(call, Answers({"complaint": [number]} if number else {}), [])

    @post_form(api, _REPORT, "Report the office or people in it to its supervisors", while_closed=True)
    def post_report(call: Call) -> Reply:
        return _file(call, Answers(call.body))


def _following(api: Api) -> None:
    @get_page(api, _ONE, "A report about the office, for its reporter", query=ToldQuery)
    def get_report_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, _matter(call))
        if receipt is None:
            return _entry(call)
        with _ending_old_sessions():
            return _show(call, receipt)

    @post_form(api, _ONE, "Open a report about the office with its receipt", reads=True)
    def post_report_entry(call: Call) -> Reply:
        return _enter(call)

    @post_form(api, _ONE + "/messages", "Add to a report about the office", while_closed=True)
    def post_report_message(call: Call) -> Reply:
        receipt = session.receipt_of(call, _matter(call))
        if receipt is None:
            return _entry(call, kept=Answers(call.body).one("text"))
        with _ending_old_sessions():
            return _add(call, receipt)

    @post_form(api, _ONE + "/leave", "End the session with a report about the office", while_closed=True)
    def post_report_leave(call: Call) -> Reply:
        kept_forms.forget(call)
        return leave(call, _matter(call))


def _form(call: Call, given: Answers, wrong: list[InputFault]) -> Reply:
    reader, secrets, now = reader_of(call), call.wiring.secrets, call.wiring.real_clock()
    values = {
        "tenant_page": tenant_page_of(call),
        "inputs": form.inputs(reader),
        "answers": given,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
        "started": brake.renewed(secrets, given.one("started"), now),
    }
    return page("report/form.html", reader, values, status=422 if wrong else 200)


def _file(call: Call, given: Answers) -> Reply:
    reader = reader_of(call)
    wrong = form.faults(None, given, reader)
    if wrong:
        return _form(call, given, wrong)
    started, trap = given.one("started"), given.one("website")
    if not brake.passes(call.wiring.secrets, started, trap, call.wiring.real_clock()):
        return _form(call, given, [InputFault("send", reader.text("file.too_fast"))])
    try:
        filed = _filed(call, given)
    except Problem as problem:
        if problem.kind == "idempotency-key-reused":
            return _form(call, Answers({**given.given, "key": [""]}), [InputFault("send", reader.text("report.again"))])
        return _form(call, given, form.faults(problem, given, reader))
    values = {"tenant_page": tenant_page_of(call), "filed": filed, "address": call.wiring.address}
    values |= {"mail": replace_receipt.address_in(given.one("contact")), "to": given.one("to")}
    return page("report/filed.html", reader, values)


def _filed(call: Call, given: Answers) -> dict[str, str]:
    payload = form.request(given)
    command = file_report.FileReport(
        tenant=tenant_of(call),
        sub=None,
        payload=payload,
        request=request_of(call, given, "public", sorted(given.kept())),
        place=address_hash(call),
        notice=message.notice,
        now=call.now,
    )
    found: dict[str, str] = file_report.file_report(call.wiring, command).body
    return found


@contextmanager
def _ending_old_sessions() -> Iterator[None]:
    """For a session whose receipt was replaced: the problem at which a page asks for the receipt again."""
    try:
        yield
    except Problem as problem:
        if problem.kind != "not-found":
            raise
        raise Problem("complaint-unknown", "There is no such complaint, or the receipt is not its receipt.") from None


def _matter(call: Call) -> session.SessionScope:
    return entry.scope_of(call.params["reference"])


def _path(call: Call) -> str:
    return _matter(call).path(tenant_of(call))


def _entry(call: Call, fault: InputFault | None = None, kept: str = "", receipt: str = "") -> Reply:
    """`kept`: a message that was sent after the session had ended. `receipt`: as it was entered."""
    values = {
        "tenant_page": tenant_page_of(call),
        "path": _path(call),
        "faults": [] if fault is None else [fault],
        "fault": "" if fault is None else fault.text,
        "kept": kept,
        "given": receipt,
        "expired": bool(kept) or bool(call.headers.get("cookie")),
    }
    return page("report/enter.html", reader_of(call), values, status=200 if fault is None else 422)


def _enter(call: Call) -> Reply:
    given, reader = Answers(call.body), reader_of(call)
    receipt, kept = given.one("receipt"), given.one("kept")
    fault = entry.receipt_fault(call, _matter(call), receipt)
    if fault is not None:
        return _entry(call, fault.said(reader), kept, receipt)
    reply = _show(call, receipt, Answers({"text": [kept]})) if kept else see_other(reader.link(_path(call)))
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, _matter(call), receipt)})


def _report(call: Call, receipt: str) -> ReportView:
    return follow_up.get_report(call.wiring, tenant_of(call), _matter(call).number, receipt, call.now)


def _show(call: Call, receipt: str, given: Answers | None = None, fault: InputFault | None = None) -> Reply:
    tenant_page, reader, found = tenant_page_of(call), reader_of(call), _report(call, receipt)
    calendar = tenant_page.policy.calendar
    values = {
        "tenant_page": tenant_page,
        "path": _path(call),
        "report": found,
        "state": reader.of_code("report.state_", found.state),
        "finding": "" if found.finding is None else reader.of_code("report.finding_", found.finding),
        "steps": [
            (time_text(calendar, reader, one.at), reader.of_code("report.event_", one.type), one.text or "")
            for one in found.events
        ],
        "told": getattr(call.query, "told", None) == "done",
        "text": given.one("text") if given else "",
        "fault": "" if fault is None else fault.text,
        "faults": [] if fault is None else [fault],
        "most": _MESSAGE,
        "key": (given.one("key") if given else "") or str(uuid.uuid4()),
    }
    return page("report/report.html", reader, values, status=200 if fault is None else 422)


def _add(call: Call, receipt: str) -> Reply:
    given, reader = Answers(call.body), reader_of(call)
    text = given.one("text")
    if (blank := is_blank(text)) or len(text) > _MESSAGE:
        label, over = reader.text("report.message_label"), f"{len(text) - _MESSAGE:,}"
        long = reader.text("common.too_long", label=label, over=over, most=f"{_MESSAGE:,}")
        return _show(call, receipt, given, InputFault("text", reader.text("report.message_missing") if blank else long))
    command = follow_up.AddToReport(
        tenant=tenant_of(call),
        report=call.params["reference"],
        receipt=receipt,
        text=text,
        request=_message_request(call, receipt, given),
        notice=message.notice,
        now=call.now,
    )
    follow_up.add_to_report(call.wiring, command)
    return see_other(reader.link(_path(call), told="done"))


def _message_request(call: Call, receipt: str, given: Answers) -> Request:
    return request_of(call, given, principal(Receipt(receipt)), canonical.digest(given.one("text")))
