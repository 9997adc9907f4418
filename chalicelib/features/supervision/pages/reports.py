"""The page of a report about the office, for its reporter: what the supervisors answered, and messages to them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import follow_up
from chalicelib.features.supervision.pages import entry
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.kit.web_addresses.folding import is_blank
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import Reader, ToldQuery, reader_of
from chalicelib.web.pages.rendering import get_page, leave, page, post_form, see_other
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ONE = "/t/{tenant}/report/{reference}"
_MESSAGE = 4000
"""Characters of a message, as the JSON route takes them."""


def register(api: Api) -> None:
    @get_page(api, _ONE, "A report about the office, for its reporter", query=ToldQuery)
    def get_report_page(call: Call) -> Reply:
        receipt, kept = session.receipt_of(call, _matter(call)), kept_forms.find(call, call.query.form, _path(call))
        if receipt is None:
            return _entry(call, kept)
        with _ending_old_sessions():
            return _show(call, receipt, kept)

    @post_form(api, _ONE, "Open a report about the office with its receipt", while_closed=True)
    def post_report_entry(call: Call) -> Reply:
        return _enter(call)

    @post_form(api, _ONE + "/messages", "Add to a report about the office", while_closed=True)
    def post_report_message(call: Call) -> Reply:
        receipt = session.receipt_of(call, _matter(call))
        if receipt is None:
            return _ask(call, kept_forms.merged(call, Answers(call.body), _path(call)))
        with _ending_old_sessions():
            return _add(call, receipt)

    @post_form(api, _ONE + "/leave", "End the session with a report about the office", while_closed=True)
    def post_report_leave(call: Call) -> Reply:
        kept_forms.forget(call)
        return leave(call, _matter(call))


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


def _ask(call: Call, given: Answers, wrong: Sequence[CodedFault] = ()) -> Reply:
    """Asks for the receipt. A message that was sent after the session had ended is kept for a day."""
    say, has_text = saying(wrong), bool(given.one("text"))
    kept = kept_forms.again(call, _path(call), given, say, lasts=kept_forms.LASTS if has_text else kept_forms.SHOWN)
    return kept or _entry(call, kept_forms.KeptForm("", given, say(reader_of(call))))


def _entry(call: Call, kept: kept_forms.KeptForm | None) -> Reply:
    """`kept`: what was entered. Without an id, a text of it is in a hidden input of the page."""
    form_id, given, faults = ("", Answers({}), ()) if kept is None else kept[:3]
    has_text = bool(given.one("text"))
    values = {
        "tenant_page": tenant_page_of(call),
        "path": _path(call),
        "faults": faults,
        "fault": faults[0].text if faults else "",
        "form": form_id,
        "has_text": has_text,
        "kept": "" if form_id else given.one("text"),
        "given": given.one("receipt"),
        "expired": has_text or session.has_cookie(call),
    }
    return page("report/enter.html", reader_of(call), values, status=422 if faults else 200)


def _enter(call: Call) -> Reply:
    """A message that was kept is shown again, for the reporter to send it."""
    sent, path = Answers(call.body), _path(call)
    given = kept_forms.merged(call, sent, path)
    receipt, text = sent.one("receipt"), given.one("text")
    fault = entry.receipt_fault(call, _matter(call), receipt)
    if fault is not None:
        return _ask(call, given, [fault])
    typed = Answers({"text": [text], "form": [given.one("form")]})
    if not text:
        kept_forms.forget(call, path)
        reply = see_other(reader_of(call).link(path))
    elif given is sent:
        reply = _show(call, receipt, kept_forms.KeptForm("", typed, ()))
    else:
        reply = kept_forms.again(call, path, typed, lasts=kept_forms.LASTS) or _show(call, receipt)
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, _matter(call), receipt)})


def _report(call: Call, receipt: str) -> ReportView:
    return follow_up.get_report(call.wiring, tenant_of(call), _matter(call).number, receipt, call.now)


def _show(call: Call, receipt: str, kept: kept_forms.KeptForm | None = None) -> Reply:
    tenant_page, reader, found = tenant_page_of(call), reader_of(call), _report(call, receipt)
    calendar = tenant_page.policy.calendar
    form_id, given, faults = ("", Answers({}), ()) if kept is None else kept[:3]
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
        "text": given.one("text"),
        "form": form_id,
        "fault": faults[0].text if faults else "",
        "faults": faults,
        "most": _MESSAGE,
        "key": given.one("key") or str(uuid.uuid4()),
    }
    return page("report/report.html", reader, values, status=422 if faults else 200)


def _add(call: Call, receipt: str) -> Reply:
    given, path = Answers(call.body), _path(call)
    text = given.one("text")
    if is_blank(text) or len(text) > _MESSAGE:

        def say(reader: Reader) -> list[InputFault]:
            return [_fault_of_message(text, reader)]

        kept = kept_forms.again(call, path, given, say, lasts=kept_forms.LASTS)
        return kept or _show(call, receipt, kept_forms.KeptForm("", given, say(reader_of(call))))
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
    kept_forms.forget_one(call, given.one("form"))
    return see_other(reader_of(call).link(path, told="done"))


def _fault_of_message(text: str, reader: Reader) -> InputFault:
    if is_blank(text):
        return InputFault("text", reader.text("report.message_missing"))
    label, over = reader.text("report.message_label"), f"{len(text) - _MESSAGE:,}"
    return InputFault("text", reader.text("common.too_long", label=label, over=over, most=f"{_MESSAGE:,}"))


def _message_request(call: Call, receipt: str, given: Answers) -> Request:
    return request_of(call, given, principal(Receipt(receipt)), canonical.digest(given.one("text")))
