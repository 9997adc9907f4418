"""The form of a report about the office, and the page with its reference and receipt."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chalicelib.features.filing import brake
from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import file_report
from chalicelib.features.supervision.pages import form, replace_receipt
from chalicelib.kit.instants import HOUR
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import KeptQuery, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_REPORT = "/t/{tenant}/report"
_LASTS = HOUR
"""Real time for which a report with a fault is kept: it is shown without a receipt, perhaps on a shared device."""


class ReportFormQuery(KeptQuery, frozen=True, kw_only=True):
    """`complaint`: the number of the complaint that the report is about, from the page that leads here."""

    complaint: str | None = None


def register(api: Api) -> None:
    @get_page(api, _REPORT, "The form of a report about the office", query=ReportFormQuery)
    def get_report_form(call: Call) -> Reply:
        number, kept = call.query.complaint, kept_forms.find(call, call.query.form, _form_path(call))
        if kept is None:
            return _form(call, Answers({"complaint": [number]} if number else {}), [])
        return _form(call, kept.answers, kept.faults, kept.id) if kept.done is None else _told(call, kept.done)

    @post_form(api, _REPORT, "Report the office or people in it to its supervisors", while_closed=True)
    def post_report(call: Call) -> Reply:
        return _file(call, Answers(call.body))


def _form_path(call: Call) -> str:
    return _REPORT.format(tenant=tenant_of(call))


def _form(call: Call, given: Answers, wrong: Sequence[InputFault], form_id: str = "") -> Reply:
    reader, secrets, now = reader_of(call), call.wiring.secrets, call.wiring.real_clock()
    values = {
        "tenant_page": tenant_page_of(call),
        "inputs": form.inputs(reader),
        "answers": given,
        "form": form_id,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
        "started": brake.renewed(secrets, given.one("started"), now),
    }
    return page("report/form.html", reader, values, status=422 if wrong else 200)


def _file(call: Call, given: Answers) -> Reply:
    if form.faults(None, given, reader_of(call)):
        return _refuse(call, given, lambda reader: form.faults(None, given, reader))
    started, trap = given.one("started"), given.one("website")
    if not brake.passes(call.wiring.secrets, started, trap, call.wiring.real_clock()):
        return _refuse(call, given, saying([CodedFault("send", "file.too_fast")]))
    try:
        filed = _filed(call, given)
    except Problem as problem:
        if problem.kind == "idempotency-key-reused":
            anew = Answers({**given.given, "key": [""]})
            return _refuse(call, anew, saying([CodedFault("send", "report.again")]))
        refusal = problem
        return _refuse(call, given, lambda reader: form.faults(refusal, given, reader))
    mail = replace_receipt.address_in(given.one("contact"))
    done = {**filed, "mail": mail, "to": given.one("to")}
    return kept_forms.tell(call, _form_path(call), given.one("form"), done) or _told(call, done)


def _refuse(call: Call, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(call, _form_path(call), given, say, lasts=_LASTS)
    return kept or _form(call, given, say(reader_of(call)))


def _told(call: Call, done: Mapping[str, str]) -> Reply:
    """The page with reference and receipt. `done`: these, with `mail` and `to`."""
    values = {"tenant_page": tenant_page_of(call), "filed": done, "address": call.wiring.address}
    return page("report/filed.html", reader_of(call), {**values, "mail": done["mail"], "to": done["to"]})


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
