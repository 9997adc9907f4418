"""The desk's page of the organisation's own record, with its check, for owners and auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.complaints.rights.confidentiality import rules_of
from chalicelib.features.record import organisation_record, verification
from chalicelib.features.record.told import sentence
from chalicelib.kit import canonical
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, tenant_of
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.sections import section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.store.event_log import Envelope
    from chalicelib.web.api import Api

_ROWS = 50
_WEIGHT = 5
"""As of the record of a complaint: the check reads the whole record and its anchors."""


class OwnEvent(msgspec.Struct, frozen=True, kw_only=True):
    """`fields`: as recorded, with members by name; the rest as canonical JSON."""

    seq: int
    at: str
    name: str
    by: str
    fields: list[tuple[str, str]]
    hash: str


def reads_record(member: Member) -> bool:
    """As `organisation_record.authorized_organisation` decides."""
    return member.grant_for_all([OWNER, *rules_of(member.policy).auditors]) is not None


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "record",
        "The organisation's own record, with its check",
        group="data",
        shown_to=reads_record,
        query=CursorQuery,
        weight=_WEIGHT,
    )
    def get_desk_own_record(call: Call) -> Reply:
        desk, wiring, request = section_desk(call, "organisation"), call.wiring, member_request(call)
        after = cursors.position(call, call.query.cursor)
        page = organisation_record.list_events(wiring.store, wiring.compiled, request, _ROWS, after)
        check = verification.verify_organisation(wiring, request)
        labels = labels_of(desk)
        names = _names(call, labels, page.events)
        values = {
            "lines": [_line(one, names, labels) for one in page.events],
            "check": sentence(check, labels.policy.calendar, labels.reader),
            "intact": check.intact,
            "more": cursors.sign(call, page.after),
        }
        return desk.page("record/record.html", values)


def _names(call: Call, labels: CaseLabels, events: list[Envelope]) -> dict[str, str]:
    """The names of the members whom the events name."""
    texts = (text for one in events for text in (one["actor"]["id"], *one["fields"].values()))
    known = {text for text in texts if isinstance(text, str)}
    found = queries.actors_by_sub(call.wiring.store, tenant_of(call), sorted(known)) if known else ()
    return {one.sub: labels.person(one) for one in found}


def _line(event: Mapping[str, Any], names: Mapping[str, str], labels: CaseLabels) -> OwnEvent:
    reader, by = labels.reader, event["actor"]["id"]
    fields = [(name, _text(value, names)) for name, value in event["fields"].items()]
    return OwnEvent(
        seq=event["seq"],
        at=time_text(labels.policy.calendar, reader, event["at"]),
        name=reader.of_code("own_record.event.", event["type"]),
        by=names.get(by) or reader.of_code("own_record.by.", event["actor"]["kind"]),
        fields=fields,
        hash=event["hash"],
    )


def _text(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value, value)
    return canonical.encode(value).decode()
