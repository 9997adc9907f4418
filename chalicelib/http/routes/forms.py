"""Routes for the printed forms of a complaint."""

from __future__ import annotations

from chalicelib.casework.printing import forms
from chalicelib.casework.queries.complaint import ComplaintRequest
from chalicelib.http import languages
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.routes.call_context import credential_of, tenant_of

_FORMS = "/v1/t/{tenant}/complaints/{number}/forms"
_FORM = _FORMS + "/{form}"


def register(api: Api) -> None:
    @api.route(
        _FORMS,
        method="GET",
        summary="List the printed forms that the caller may print",
        allow=["person", "receipt"],
        response=forms.FormsView,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_forms(call: Call) -> Reply:
        return Reply(forms.list_forms(call.wiring, _request(call, _FORMS)))

    @api.route(
        _FORM,
        method="GET",
        summary="Get a printed form of the complaint as a web page",
        allow=["person", "receipt"],
        response=str,
        produces="text/html; charset=utf-8",
        problems=["forbidden", "complaint-unknown"],
    )
    def get_form(call: Call) -> Reply:
        from chalicelib.http.pages import form_page  # its template library is slow to import

        language = languages.preferred(call.accept_language, (languages.CHINESE, languages.ENGLISH))
        filled = forms.fill_form(call.wiring, _request(call, _FORM), call.params["form"], language)
        headers = {"Content-Security-Policy": form_page.security_policy(), **languages.headers_of(language)}
        return Reply(form_page.html_page(filled), headers=headers)


def _request(call: Call, route: str) -> ComplaintRequest:
    return ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        now=call.now,
        route=f"GET {route}",
    )
