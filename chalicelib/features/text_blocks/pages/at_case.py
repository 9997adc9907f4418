"""For the module of the form of an act: a text block as it is inserted at the complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.text_blocks import insertion
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, case_request, desk_of, desk_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    @desk_page(
        api, CASE + "/text-blocks/{block}", "A text block at a complaint, for modules", produces="application/json"
    )
    def get_desk_inserted_text_block(call: Call) -> Reply:
        desk_of(call)
        return Reply(insertion.inserted(call.wiring, case_request(call), call.params["block"]))
