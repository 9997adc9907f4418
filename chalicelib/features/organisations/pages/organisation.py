"""The desk's index of the pages about the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import DESK, desk_page
from chalicelib.web.pages.sections import section_desk, shows_any

if TYPE_CHECKING:
    from chalicelib.web.api import Api

SECTION = "organisation"


def register(api: Api) -> None:
    @desk_page(
        api, f"{DESK}/{SECTION}", "The pages of the organisation", menu="organisation", is_for=shows_any(SECTION)
    )
    def get_desk_organisation(call: Call) -> Reply:
        return section_desk(call, SECTION).page("section_index.html", {})
