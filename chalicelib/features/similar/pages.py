"""The desk's page of complaints whose text is like that of a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.history.pages import rows
from chalicelib.features.similar import queries as similar
from chalicelib.features.similar.queries import SimilarComplaint
from chalicelib.store.keys import CaseRef
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import CASE, desk_of, desk_page, read_route
from chalicelib.web.pages.labels import labels_of

if TYPE_CHECKING:
    from chalicelib.web.api import Api
    from chalicelib.web.pages.reader import Reader


def register(api: Api) -> None:
    @desk_page(api, CASE + "/similar", "Complaints with a similar text")
    def get_desk_similar(call: Call) -> Reply:
        desk, ref = desk_of(call), CaseRef(tenant_of(call), call.params["number"])
        found = similar.similar_complaints(call.wiring, ref, sub_of(call), read_route(call), call.now)
        values = {
            "number": ref.number,
            "comparable": found.comparable,
            "rows": rows(found.complaints, labels_of(desk)),
            "extra": {one.number: _likeness(one, desk.reader) for one in found.complaints},
        }
        return desk.page("similar/similar.html", values)


def _likeness(one: SimilarComplaint, reader: Reader) -> str:
    alike = reader.text("desk_similar.alike", percent=f"{one.likeness:.0%}")
    return alike if one.follows is None else alike + reader.text("desk_similar.follows", number=one.follows)
