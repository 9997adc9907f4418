"""Routes for the printed forms of a complaint and its case file."""

from __future__ import annotations

from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.forms import forms
from chalicelib.web import languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of

_FORMS = "/v1/t/{tenant}/complaints/{number}/forms"
_FORM = _FORMS + "/{form}"
_CASE_FILE = "/v1/t/{tenant}/complaints/{number}/case-file"
_WEIGHT = 5
"""A case file reads the whole record and its anchors."""


def register(api: Api) -> None:
    _forms(api)
    _case_file(api)


def _forms(api: Api) -> None:
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
        from chalicelib.features.forms import page as form_page  # its template library is slow to import

        language = languages.preferred(call.accept_language, (languages.CHINESE, languages.ENGLISH))
        filled = forms.fill_form(call.wiring, _request(call, _FORM), call.params["form"], language)
        headers = {"Content-Security-Policy": form_page.security_policy(), **languages.headers_of(language)}
        return Reply(form_page.html_page(filled), headers=headers)


def _case_file(api: Api) -> None:
    @api.route(
        _CASE_FILE,
        method="GET",
        summary="Get the case file as a web page: deadlines with reasons, files, events, and the check of the record",
        allow=["person", "receipt"],
        response=str,
        produces="text/html; charset=utf-8",
        problems=["forbidden", "complaint-unknown"],
        weight=_WEIGHT,
    )
    def get_case_file(call: Call) -> Reply:
        from chalicelib.features.forms import page as form_page  # its template library is slow to import
        from chalicelib.features.forms.case_file import document

        language = languages.preferred(call.accept_language, (languages.CHINESE, languages.ENGLISH))
        found = document.case_file(call.wiring, _request(call, _CASE_FILE), language)
        headers = {"Content-Security-Policy": form_page.security_policy(), **languages.headers_of(language)}
        return Reply(form_page.html_page(found), headers=headers)


def _request(call: Call, route: str) -> ComplaintRequest:
    return ComplaintRequest(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        now=call.now,
        route=f"GET {route}",
    )
