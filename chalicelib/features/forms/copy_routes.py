"""The route by which a complainant gets a copy of what is stored about the case."""

from __future__ import annotations

from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.forms.copy_view import CopyView
from chalicelib.web import languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of

_COPY = "/v1/t/{tenant}/complaints/{number}/copy"
WEIGHT = 10
"""A copy reads the whole record with its anchors, and the files."""


def register(api: Api) -> None:
    @api.route(
        _COPY,
        method="POST",
        summary="Get a copy of what is stored about the case, as a ZIP file",
        allow=["receipt"],
        response=CopyView,
        status=201,
        problems=["forbidden", "complaint-unknown", "conflict"],
        while_closed=True,
        weight=WEIGHT,
    )
    def post_copy(call: Call) -> Reply:
        from chalicelib.features.forms.copies import give  # few requests need a copy

        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"POST {_COPY}",
        )
        language = languages.preferred(call.accept_language, (languages.CHINESE, languages.ENGLISH))
        return Reply(give.give(call.wiring, request, language))
