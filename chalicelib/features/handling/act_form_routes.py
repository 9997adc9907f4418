"""Route for the forms of a complaint's acts."""

from __future__ import annotations

from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.handling import forms_of_acts
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import credential_of, tenant_of

_ACTS = "/v1/t/{tenant}/complaints/{number}/acts"


def register(api: Api) -> None:
    @api.route(
        _ACTS,
        method="GET",
        summary="List the acts that exist for the caller, each with its form and, if it is not open, what fails",
        allow=["person", "receipt"],
        programs=True,
        response=forms_of_acts.ActFormsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_acts(call: Call) -> Reply:
        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"GET {_ACTS}",
        )
        found = forms_of_acts.act_forms_of(call.wiring, request)
        return Reply(found, headers=etag(found.version))
