"""The pages on which a complainant adds files and opens them. The form sends them straight to the bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence.pages import file_pages as pages
from chalicelib.features.evidence.pages import uploads, viewing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import session
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import for_modules, get_page, post_form, see_other

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.web.api import Api

_CASE = "/t/{tenant}/case/{number}"
_FILES, _UPLOADS = _CASE + "/files", _CASE + "/uploads"


def register(api: Api) -> None:
    @get_page(api, _FILES, "The kinds of files that can be added", query=ToldQuery)
    def get_files_page(call: Call) -> Reply:
        return _inside(call, pages.choice)

    @post_form(api, _FILES, "Begin to add a file")
    def post_files_page(call: Call) -> Reply:
        return _inside(call, pages.begin)

    @get_page(api, _FILES + "/{file}", "The form that sends a file to the bucket")
    def get_upload_page(call: Call) -> Reply:
        return _inside(call, pages.upload)

    @get_page(api, _FILES + "/{file}/view", "A file, shown if it is an image or a PDF")
    def get_file_page(call: Call) -> Reply:
        return _inside(call, viewing.show)

    @get_page(api, _FILES + "/{file}/copy", "Download a file", query=viewing.CopyQuery)
    def get_file_copy(call: Call) -> Reply:
        return _inside(call, viewing.download)

    _uploads(api)


def _uploads(api: Api) -> None:
    @for_modules(api, _UPLOADS, "The states of the files", "GET")
    def get_file_states(call: Call) -> Reply:
        return uploads.states(call, _door(call))

    @for_modules(api, _UPLOADS, "Declare a file that a module sends", "POST", status=201)
    def post_upload(call: Call) -> Reply:
        return uploads.begin(call, _door(call))

    @for_modules(api, _UPLOADS + "/{file}/complete", "Complete an upload in parts of a module", "POST")
    def post_upload_end(call: Call) -> Reply:
        return uploads.end(call, _door(call))


def _door(call: Call) -> CaseAccess:
    """Raises `Problem("unauthenticated")` without a session."""
    scope = session.SessionScope(call.params["number"])
    credential = Credential(receipt=session.require_receipt(call, scope))
    return CaseAccess(scope.path(tenant_of(call)), scope.number, credential)


def _inside(call: Call, answer: Callable[[Call, CaseAccess], Reply]) -> Reply:
    """Without a session, the page of the complaint asks for the receipt."""
    number = call.params["number"]
    scope = session.SessionScope(number)
    receipt = session.receipt_of(call, scope)
    case_access = CaseAccess(scope.path(tenant_of(call)), number, Credential(receipt=receipt))
    return see_other(case_access.told(reader_of(call), "")) if receipt is None else answer(call, case_access)
