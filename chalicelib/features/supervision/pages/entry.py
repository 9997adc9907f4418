"""The page that asks for reference and receipt of a report about the office, and the check of what is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chalicelib.features.supervision import follow_up, reference
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import CodedFault, InputFault, receipt_faults, saying
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import KeptQuery, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PATH = "/t/{tenant}/reports"
_LOST = "lost"


def register(api: Api) -> None:
    @get_page(api, _PATH, "The page that asks for reference and receipt of a report about the office", query=KeptQuery)
    def get_reports_entry(call: Call) -> Reply:
        kept = kept_forms.find(call, call.query.form, _PATH.format(tenant=tenant_of(call)))
        return _page(call, {}, []) if kept is None else _page(call, _typed(kept.answers), kept.faults, kept.id)

    @post_form(api, _PATH, "Open a report about the office with its reference and receipt", while_closed=True)
    def post_reports_entry(call: Call) -> Reply:
        return _open(call, Answers(call.body))


def scope_of(text: str) -> session.SessionScope:
    """`text`: the reference, as a person typed it."""
    return session.SessionScope(reference.read(text), kind="report")


def receipt_fault(call: Call, scope: session.SessionScope, receipt: str) -> CodedFault | None:
    """None if it is the report's receipt. Wrong ones are counted."""
    if mistyped := receipt_faults(receipt):
        return mistyped[0]
    try:
        follow_up.get_report(call.wiring, tenant_of(call), scope.number, receipt, call.now)
    except Problem as problem:
        if problem.kind != "not-found":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return CodedFault("receipt", "report.wrong")
    return None


def _open(call: Call, given: Answers) -> Reply:
    reader, typed = reader_of(call), _typed(given)
    scope, is_lost = scope_of(typed["reference"]), given.one("then") == _LOST
    mistyped = _reference_faults(typed["reference"])
    if mistyped:
        return _refuse(call, given, [*mistyped, *([] if is_lost else receipt_faults(typed["receipt"]))])
    if is_lost:
        return see_other(reader.link(f"{scope.path(tenant_of(call))}/lost-receipt"))
    fault = receipt_fault(call, scope, typed["receipt"])
    if fault is not None:
        return _refuse(call, given, [fault])
    kept_forms.forget(call, _PATH.format(tenant=tenant_of(call)))
    reply = see_other(reader.link(scope.path(tenant_of(call))))
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, scope, typed["receipt"])})


def _typed(given: Answers) -> dict[str, str]:
    return {name: given.one(name) for name in ("reference", "receipt")}


def _refuse(call: Call, given: Answers, faults: Sequence[CodedFault]) -> Reply:
    path, reader = _PATH.format(tenant=tenant_of(call)), reader_of(call)
    kept = kept_forms.again(call, path, given, saying(faults))
    return kept or _page(call, _typed(given), saying(faults)(reader))


def _reference_faults(typed: str) -> list[CodedFault]:
    if not typed:
        return [CodedFault("reference", "report.reference_missing")]
    slip = reference.slip(typed)
    return [] if slip is None else [CodedFault("reference", f"report.reference_{slip}")]


def _page(call: Call, typed: Mapping[str, str], faults: Sequence[InputFault], form: str = "") -> Reply:
    values = {
        "tenant_page": tenant_page_of(call),
        "typed": typed,
        "form": form,
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
    }
    return page("report/open.html", reader_of(call), values, status=422 if faults else 200)
