"""The desk's pages of printed forms and of the case file, for those who may print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.forms import forms
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, case_request, desk_of, desk_page
from chalicelib.web.pages.reader import reader_of

if TYPE_CHECKING:
    from chalicelib.features.forms.filled_form import FilledForm
    from chalicelib.web.api import Api

_WEIGHT = 5
"""As of the API's route: a case file reads the whole record and its anchors."""


def register(api: Api) -> None:
    @desk_page(api, CASE + "/forms", "The forms of a complaint that can be printed")
    def get_desk_forms(call: Call) -> Reply:
        desk, found = desk_of(call), forms.list_forms(call.wiring, case_request(call)).forms
        listed = [(one.form, desk.reader.label(one.name)) for one in found]
        return desk.page("forms/listed.html", {"number": call.params["number"], "forms": listed})

    @desk_page(api, CASE + "/forms/{form}", "A form, to print")
    def get_desk_form(call: Call) -> Reply:
        language = reader_of(call).language
        return _printed(forms.fill_form(call.wiring, case_request(call), call.params["form"], language), language)

    @desk_page(api, CASE + "/case-file", "The case file, to print", weight=_WEIGHT)
    def get_desk_case_file(call: Call) -> Reply:
        from chalicelib.features.forms.case_file import document  # few requests print it

        language = reader_of(call).language
        return _printed(document.case_file(call.wiring, case_request(call), language), language)


def _printed(found: FilledForm, language: str) -> Reply:
    from chalicelib.features.forms import page  # its template library is slow to import

    own = {"Content-Security-Policy": page.security_policy(), "Referrer-Policy": "same-origin"}
    headers = {**own, **languages.headers_of(language)}
    return Reply(page.html_page(found), headers=headers)
