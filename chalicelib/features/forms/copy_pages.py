"""The page on which a complainant gets a copy of what is stored about the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.casework.views import complaint_queries as queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.forms.copy_routes import WEIGHT
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import session
from chalicelib.web.pages.organisation import tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.pages.rendering import get_page, leading_to, page, post_form, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_COPY = "/t/{tenant}/case/{number}/copy"


def register(api: Api) -> None:
    @get_page(api, _COPY, "What a copy of the case holds, and the button that makes it")
    def get_copy_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, _scope(call))
        return see_other(_scope(call).path(tenant_of(call))) if receipt is None else _page(call, receipt)

    @post_form(api, _COPY, "Make a copy of the case, and download it", while_closed=True, weight=WEIGHT)
    def post_copy_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, _scope(call))
        if receipt is None:
            return see_other(_scope(call).path(tenant_of(call)))
        from chalicelib.features.forms.copies import give  # few requests need a copy

        return see_other(give.give(call.wiring, _request(call, receipt), reader_of(call).language).url)


def _page(call: Call, receipt: str) -> Reply:
    from chalicelib.features.forms.copies import enclosed, give

    request = _request(call, receipt)
    visible = queries.load_visible_complaint(call.wiring, request, [tenant_page_key(call)])
    values = {
        "tenant_page": tenant_page_in(call, visible.case.entries),
        "number": request.number,
        "path": _scope(call).path(request.tenant),
        "room": enclosed.ROOM_IN_MIB,
        "most": give.AN_HOUR,
        "erased": visible.case.complaint.erased_at is not None,
    }
    return page("forms/copy.html", reader_of(call), values, headers=leading_to(call.wiring.objects.upload_origin()))


def _scope(call: Call) -> session.SessionScope:
    return session.SessionScope(call.params["number"])


def _request(call: Call, receipt: str) -> ComplaintRequest:
    return ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=Credential(receipt=receipt),
        now=call.now,
        route=f"page {call.path_template}",
    )
