"""The desk's page of the read logs of the organisation's tasks and of its units', for owners.

A complaint has a read log of its own, to which the page leads by number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from chalicelib.casework.unit_access import UnitRequest
from chalicelib.features.units import queries as units
from chalicelib.kit.decoding import CASE_NUMBER
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import CASE, read_route
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.read_rows import people_in, row_of
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ROWS = 50


class OrganisationReadsQuery(CursorQuery, frozen=True, kw_only=True):
    """`unit`: whose tasks; empty for those of the organisation as a whole. `number`: leads to that complaint's."""

    unit: Annotated[str, msgspec.Meta(max_length=100)] = ""
    number: Annotated[str, msgspec.Meta(pattern=f"^({CASE_NUMBER})?$")] = ""


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "reads",
        "The read logs of the organisation and its units",
        group="data",
        shown_to=is_owner,
        query=OrganisationReadsQuery,
    )
    def get_desk_organisation_reads(call: Call) -> Reply:
        desk, asked, tenant = section_desk(call, "organisation"), call.query, tenant_of(call)
        if asked.number:
            return see_other(desk.reader.link(CASE.format(tenant=tenant, number=asked.number) + "/reads"))
        target = UnitRequest(
            tenant=tenant, unit=asked.unit or None, sub=sub_of(call), now=call.now, route=read_route(call)
        )
        after = cursors.position(call, asked.cursor)
        found = units.list_reads(call.wiring.store, call.wiring.compiled, target, _ROWS, after)
        labels, subs = labels_of(desk), sorted(people_in(found.reads))
        people = queries.actors_by_sub(call.wiring.store, tenant, subs) if subs else ()
        names = {one.sub: labels.person(one) for one in people}
        values = {
            "rows": [row_of(one, names, labels) for one in found.reads],
            "units": [(name, unit.name) for name, unit in desk.member.org.units.items()],
            "unit": asked.unit,
            "more": cursors.sign(call, found.after),
        }
        return desk.page("units/reads.html", values)
