"""The desk's page of earlier complaints about the same subject and by the same customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.history import queries as history
from chalicelib.features.history.queries import EarlierComplaint
from chalicelib.store.keys import CaseRef
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import CASE, desk_of, desk_page, read_route
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.web.api import Api


class EarlierRow(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    category: str
    severity: str
    stage: str
    unit: str
    registered: str


def register(api: Api) -> None:
    @desk_page(api, CASE + "/history", "Earlier complaints about the subject and by the customer")
    def get_desk_history(call: Call) -> Reply:
        desk, ref = desk_of(call), CaseRef(tenant_of(call), call.params["number"])
        found = history.history(call.wiring, ref, sub_of(call), read_route(call), call.now)
        labels = labels_of(desk)
        values = {
            "number": ref.number,
            "subject": rows(found.subject, labels),
            "customer": rows(found.customer, labels),
            "most": history.MOST,
        }
        return desk.page("history/history.html", values)


def rows(found: Iterable[EarlierComplaint], labels: CaseLabels) -> list[EarlierRow]:
    return [
        EarlierRow(
            number=one.number,
            category=labels.category(one.category),
            severity="" if one.severity is None else labels.severity(one.severity),
            stage=labels.reader.label(one.stage_name, one.stage),
            unit="" if one.unit is None else labels.unit(one.unit),
            registered=time_text(labels.policy.calendar, labels.reader, one.registered_at),
        )
        for one in found
    ]
