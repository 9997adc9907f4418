"""Routes of inspections: documents about past periods, on the organisation's record by their hash."""

from __future__ import annotations

import msgspec

from chalicelib.features.inspections import produce, queries
from chalicelib.features.inspections.document import InspectionDocument
from chalicelib.web import cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_PATH = "/v1/t/{tenant}/inspections"
_ONE = _PATH + "/{inspection}"
_WEIGHT = 20
"""A production reads the statistics of up to a year."""


class InspectionsView(msgspec.Struct, frozen=True, kw_only=True):
    inspections: list[queries.InspectionView]
    cursor: str | None


def register(api: Api) -> None:
    _list(api)
    _one(api)


def _list(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the inspections, newest period first",
        allow=["person"],
        query=cursors.ListQuery,
        response=InspectionsView,
        problems=["forbidden"],
    )
    def list_inspections(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        found = queries.listed(call.wiring, member_request(call), call.query.limit, after)
        return Reply(InspectionsView(inspections=found.inspections, cursor=cursors.sign(call, found.after)))

    @api.route(
        _PATH,
        method="POST",
        summary="Inspect a period that has ended: produces a document, or a further edition of it",
        allow=["person"],
        request=produce.InspectionOrder,
        response=queries.InspectionView,
        status=201,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        weight=_WEIGHT,
    )
    def order_inspection(call: Call) -> Reply:
        command = produce.InspectionCommand(
            tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=idempotent_request(call)
        )
        return reply_of(produce.order(call.wiring, command, call.body))


def _one(api: Api) -> None:
    @api.route(
        _ONE,
        method="GET",
        summary="Get an inspection: the JSON text whose SHA-256 is on record",
        allow=["person"],
        response=InspectionDocument,
        problems=["forbidden", "not-found"],
    )
    def get_inspection(call: Call) -> Reply:
        _, document = queries.document(call.wiring, member_request(call), call.params["inspection"])
        return Reply(document.decode())

    @api.route(
        _ONE + "/page",
        method="GET",
        summary="Get an inspection as a web page with charts, which can be printed",
        allow=["person"],
        response=str,
        produces="text/html; charset=utf-8",
        problems=["forbidden", "not-found"],
    )
    def get_inspection_page(call: Call) -> Reply:
        from chalicelib.features.inspections.drawing import page as inspection_page  # its templates are slow to import

        language = languages.preferred(call.accept_language, (languages.CHINESE, languages.ENGLISH))
        row, document = queries.document(call.wiring, member_request(call), call.params["inspection"])
        page = inspection_page.html_page(msgspec.json.decode(document, type=InspectionDocument), row.sha256, language)
        headers = {"Content-Security-Policy": inspection_page.security_policy(), **languages.headers_of(language)}
        return Reply(page, headers=headers)
