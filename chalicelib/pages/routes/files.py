"""The pages on which a complainant adds files. The form sends them straight to the bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.http.call import Call, Reply
from chalicelib.http.routes.call_context import tenant_of
from chalicelib.pages.case import session
from chalicelib.pages.declaring import get_page, post_form
from chalicelib.pages.files import pages
from chalicelib.pages.files.door import Door
from chalicelib.pages.reader import reader_of
from chalicelib.pages.rendering import see_other

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.http.api import Api

_FILES = "/t/{tenant}/case/{number}/files"


def register(api: Api) -> None:
    @get_page(api, _FILES, "The kinds of files that can be added")
    def get_files_page(call: Call) -> Reply:
        return _inside(call, pages.choice)

    @post_form(api, _FILES, "Begin to add a file")
    def post_files_page(call: Call) -> Reply:
        session.require_own_page(call)
        return _inside(call, pages.begin)

    @get_page(api, _FILES + "/{file}", "The form that sends a file to the bucket")
    def get_upload_page(call: Call) -> Reply:
        return _inside(call, pages.upload)


def _inside(call: Call, answer: Callable[[Call, Door], Reply]) -> Reply:
    """Without a session, the page of the complaint asks for the receipt."""
    number = call.params["number"]
    matter = session.Matter(number)
    receipt = session.receipt_of(call, matter)
    door = Door(matter.path(tenant_of(call)), number, receipt or "")
    return see_other(door.told(reader_of(call), "")) if receipt is None else answer(call, door)
