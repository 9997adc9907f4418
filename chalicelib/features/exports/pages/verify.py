"""The desk's page that verifies an archive in the browser, which the file never leaves, as `verify_archive` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.kit import catalogue
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.sections import is_owner, section_desk, section_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    @section_page(api, "organisation", "verify", "Verify an archive in the browser", group="data", shown_to=is_owner)
    def get_desk_verify(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        return desk.page("exports/verify.html", {"words": catalogue.words("archive_check", desk.reader.language)})
