"""The page on which a reporter asks for a new receipt of a report by mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.features.supervision.pages import entry, replace_receipt
from chalicelib.features.supervision.pages.replace_receipt import LostReportReceipt
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.limits.sources import network
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PATH = "/t/{tenant}/report/{reference}/lost-receipt"
_SENT = "sent"


def register(api: Api) -> None:
    @get_page(api, _PATH, "The page that asks for a new receipt of a report", query=ToldQuery)
    def get_lost_report_receipt_page(call: Call) -> Reply:
        kept = kept_forms.find(call, call.query.form, f"{_report(call)}/lost-receipt")
        return _page(call, "", []) if kept is None else _page(call, kept.answers.one("email"), kept.faults, kept.id)

    @post_form(api, _PATH, "Ask for a new receipt of a report by mail", while_closed=True)
    def post_lost_report_receipt(call: Call) -> Reply:
        given, reader = Answers(call.body), reader_of(call)
        email = given.one("email")
        if len(email) > MAX_ADDRESS_LENGTH or not re.fullmatch(EMAIL_PATTERN, email):
            say = saying([CodedFault("email", "lost.no_address")])
            kept = kept_forms.again(call, f"{_report(call)}/lost-receipt", given, say)
            return kept or _page(call, email, say(reader))
        kept_forms.forget(call, f"{_report(call)}/lost-receipt")
        lost = LostReportReceipt(
            org=tenant_page_of(call).org,
            report=entry.scope_of(call.params["reference"]).number,
            address=email,
            network=network(call.address),
            language=reader.language,
            now=call.now,
        )
        replace_receipt.replace_receipt(call.wiring, lost)
        return see_other(reader.link(f"{_report(call)}/lost-receipt", told=_SENT))


def _page(call: Call, email: str, faults: Sequence[InputFault], form: str = "") -> Reply:
    values = {
        "tenant_page": tenant_page_of(call),
        "path": _report(call),
        "sent": getattr(call.query, "told", None) == _SENT,
        "email": email,
        "form": form,
        "fault": faults[0].text if faults else "",
        "faults": faults,
    }
    return page("report/lost.html", reader_of(call), values, status=422 if faults else 200)


def _report(call: Call) -> str:
    return entry.scope_of(call.params["reference"]).path(tenant_of(call))
