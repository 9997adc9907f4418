"""Demands for evidence and awaited files in a complaint's state. Each function returns the attributes that an event
changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.complaints.envelope import EventDraft
from chalicelib.instants import Instant, from_text

if TYPE_CHECKING:
    from chalicelib.complaints.state import Complaint


class Demand(msgspec.Struct, frozen=True):
    """A demand for evidence. `of` is a party or a role. `every`: all kinds are needed; otherwise one is enough."""

    of: str
    kinds: list[str]
    every: bool
    due: Instant | None


def demanded(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    fields = draft.fields
    until = fields.get("until")
    demand = Demand(fields["of"], fields["kinds"], fields["every"], None if until is None else from_text(until))
    return {"demands": {**complaint.demands, str(seq): demand}}


def answered(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    named = draft.fields["demand"].rpartition("/")[2]
    return {"demands": {key: value for key, value in complaint.demands.items() if key != named}}


def sealed(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """Removes the kind of the sealed file from the party's demands, or only from the demand that the event names."""
    of, kind, named = draft.fields["by"], draft.fields["kind"], draft.fields.get("demand")
    left = {
        key: msgspec.structs.replace(demand, kinds=[one for one in demand.kinds if one != kind])
        if demand.every and demand.of == of and named in (None, f"{complaint.number}/{key}")
        else demand
        for key, demand in complaint.demands.items()
    }
    return {"demands": left, **file_ended(complaint, draft, _seq)}


def file_declared(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": complaint.awaited_files + 1}


def file_ended(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": max(0, complaint.awaited_files - 1)}
