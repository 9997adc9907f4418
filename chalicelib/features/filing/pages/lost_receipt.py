"""The page on which a complainant asks for a new receipt by mail. It answers alike for each number and address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chalicelib.features.filing import lost_receipt
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

_PATH = "/t/{tenant}/lost-receipt"
_SENT = "sent"
_LONGEST_NUMBER = 64


def register(api: Api) -> None:
    @get_page(api, _PATH, "The page that asks for a new receipt", query=ToldQuery)
    def get_lost_receipt_page(call: Call) -> Reply:
        if call.query.told == _SENT:
            return page("filing/lost_sent.html", reader_of(call), {"tenant_page": tenant_page_of(call)})
        kept = kept_forms.find(call, call.query.form, _PATH.format(tenant=tenant_of(call)))
        return _form(call, {}, []) if kept is None else _form(call, _values(kept.answers), kept.faults, kept.id)

    @post_form(api, _PATH, "Ask for a new receipt by mail")
    def post_lost_receipt(call: Call) -> Reply:
        given, reader = Answers(call.body), reader_of(call)
        values, path = _values(given), _PATH.format(tenant=tenant_of(call))
        faults = _faults(values)
        if faults:
            return kept_forms.again(call, path, given, saying(faults)) or _form(call, values, saying(faults)(reader))
        kept_forms.forget(call, path)
        lost_receipt.ask(call.wiring, tenant_of(call), values["number"], values["email"], network(call.address))
        return see_other(reader.link(f"/t/{tenant_of(call)}/lost-receipt", told=_SENT))


def _values(given: Answers) -> dict[str, str]:
    return {name: given.one(name) for name in ("number", "email")}


def _form(call: Call, values: Mapping[str, str], faults: Sequence[InputFault], form: str = "") -> Reply:
    shown = {
        "tenant_page": tenant_page_of(call),
        "values": values,
        "form": form,
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
    }
    return page("filing/lost.html", reader_of(call), shown, status=422 if faults else 200)


def _faults(values: Mapping[str, str]) -> list[CodedFault]:
    """What shows without a look at a complaint."""
    found = []
    if not values["number"]:
        found.append(CodedFault("number", "case.number_missing"))
    elif len(values["number"]) > _LONGEST_NUMBER:
        found.append(CodedFault("number", "lost.no_number"))
    is_address = len(values["email"]) <= MAX_ADDRESS_LENGTH and re.fullmatch(EMAIL_PATTERN, values["email"])
    if not is_address:
        found.append(CodedFault("email", "lost.no_address"))
    return found
