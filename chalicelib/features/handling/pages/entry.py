"""The page that asks for number and receipt, and the check of what a reader enters."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.features.handling.pages import opened
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import session
from chalicelib.web.pages.inputs import CodedFault, InputFault, receipt_faults
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import page


class EntryForm(msgspec.Struct, frozen=True):
    """`number`: as it is known. `action`: the path that takes the form, if it is not the usual one.

    `kept`: inputs of a form that was sent without a session, for hidden inputs, so that nothing that was typed is lost:
    the id of the kept form, or its values if it is too large to be kept. `form`: the id of the kept form of an entry.
    """

    number: str
    receipt: str = ""
    action: str = ""
    kept: Sequence[tuple[str, str]] = ()
    faults: Sequence[InputFault] = ()
    form: str = ""


def page_for(call: Call, asked: EntryForm) -> Reply:
    tenant_page, reader = tenant_page_of(call), reader_of(call)
    values = {
        "tenant_page": tenant_page,
        "asked": asked,
        "action": asked.action or f"/t/{tenant_of(call)}/case",
        "fault_of": {fault.name: fault.text for fault in asked.faults},
        "expired": bool(asked.kept) or session.has_cookie(call),
    }
    return page("case/enter.html", reader, values, status=422 if asked.faults else 200)


def again(call: Call, form: KeptForm | None, asked: EntryForm) -> Reply:
    """`asked`, or with what was entered and is wrong, if a form is kept."""
    if form is None:
        return page_for(call, asked)
    number, receipt = form.answers.one("number") or asked.number, form.answers.one("receipt")
    kept = [("form", form.id)] if asked.action else ()
    own = "" if asked.action else form.id
    return page_for(call, EntryForm(number, receipt, asked.action, kept, form.faults, own))


def faults(call: Call, number: str, receipt: str) -> list[CodedFault]:
    """Empty if this is the complaint's receipt. Wrong ones are counted."""
    missing = [] if number else [CodedFault("number", "case.number_missing")]
    mistyped = [*missing, *receipt_faults(receipt)]
    if mistyped:
        return mistyped
    try:
        opened.check_receipt(call, number, receipt)
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return [CodedFault("number", "case.wrong")]
    return []
