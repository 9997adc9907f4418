"""The page that asks for number and receipt, and the check of what a reader enters."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.features.handling.pages import opened
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.inputs import InputFault, receipt_faults
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import page


class EntryForm(msgspec.Struct, frozen=True):
    """`number`: as it is known. `action`: the path that takes the form, if it is not the usual one.

    `kept`: inputs of a form that was sent without a session, for hidden inputs, so that nothing that was typed is lost.
    """

    number: str
    receipt: str = ""
    action: str = ""
    kept: Sequence[tuple[str, str]] = ()
    faults: Sequence[InputFault] = ()


def page_for(call: Call, asked: EntryForm) -> Reply:
    tenant_page, reader = tenant_page_of(call), reader_of(call)
    values = {
        "tenant_page": tenant_page,
        "asked": asked,
        "action": asked.action or f"/t/{tenant_of(call)}/case",
        "fault_of": {fault.name: fault.text for fault in asked.faults},
        "expired": bool(asked.kept) or (bool(call.headers.get("cookie")) and bool(call.params.get("number"))),
    }
    return page("case/enter.html", reader, values, status=422 if asked.faults else 200)


def faults(call: Call, number: str, receipt: str) -> list[InputFault]:
    """Empty if this is the complaint's receipt. Wrong ones are counted."""
    reader = reader_of(call)
    missing = [] if number else [InputFault("number", reader.text("case.number_missing"))]
    mistyped = [*missing, *receipt_faults(receipt, reader)]
    if mistyped:
        return mistyped
    try:
        opened.check_receipt(call, number, receipt)
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return [InputFault("number", reader.text("case.wrong"))]
    return []
