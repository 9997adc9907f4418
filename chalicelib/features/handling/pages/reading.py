"""A complaint as its page reads it: the record, what is due and not recorded yet, and the state after both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import situation, with_clocks
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling.pages.values import given_values
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import event_term
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


class Happening(NamedTuple):
    """An event, recorded or due. `clocks`: the runs that it changed, in the form that events store. `id`: empty for one
    that is due."""

    id: str
    type: str
    at: str
    fields: Mapping[str, Any]
    stage: str
    clocks: Sequence[Mapping[str, Any]]


class CaseReading(msgspec.Struct, frozen=True, kw_only=True):
    """`policy`: that of the complaint. `complaint`: at `now`. `acts`: open to the complainant. `to_staff`: the reader
    is a member at the desk."""

    reader: Reader
    policy: Policy
    complaint: Complaint
    happened: Sequence[Happening]
    record: RecordView
    acts: Sequence[str]
    now: Instant
    to_staff: bool = False

    def time(self, at: str | Instant) -> str:
        return time_text(self.policy.calendar, self.reader, at if isinstance(at, str) else to_text(at))

    def stage_name(self, stage: str) -> str:
        found = self.policy.document.stages.get(stage)
        return self.reader.label(None if found is None or found.name is None else found.name.to_json(), stage)

    def event_name(self, type_: str) -> str:
        return self.reader.label(event_label(self.policy.document, type_).to_json())

    def roles(self, names: Sequence[str]) -> str:
        """The labels of roles of the policy, each once."""
        people = self.policy.document.people
        labels = [self.reader.label(people[name].to_json()) for name in names if name in people]
        return self.reader.text("file.listed").join(dict.fromkeys(labels))

    def values(self, event: EnvelopeView) -> list[tuple[str, str]]:
        """Label and text of each value that the event gave and the complainant may see."""
        return given_values(self.policy, event, self.record.values.get(event.id, {}), self.reader)

    def steps_inside(self) -> frozenset[str]:
        """Ids of the acts of members that are steps for the complainant only if they are told of them, and were not."""
        told = {
            one.fields.get("about")
            for one in self.record.events
            if one.type == "notified" and COMPLAINANT.kind in one.fields.get("to", ())
        }
        return frozenset(
            one.id
            for one in self.record.events
            if event_term(one.type).if_told and one.actor.kind == "staff" and one.id not in told
        )

    def situation(self, names: Sequence[str] = ()) -> dict[str, str]:
        """What conditions compare. `names`: those that they ask for, of which some are states of clocks."""
        return with_clocks(self.policy, self.complaint, names)

    def lasting_values(self) -> dict[str, str]:
        """Those that no act of the present course changes: without flags and the stage."""
        changing = {*self.complaint.flags, "stage", "reachable", "demand"}
        found = situation(self.policy, self.complaint)
        return {name: value for name, value in found.items() if name not in changing}


def happenings(events: Sequence[Event], flow: Flow) -> list[Happening]:
    """The events of the record, and those of `flow`, which are due and not recorded."""
    recorded = [
        Happening(one.id, one.type, one.at, one.fields, one.result.get("stage", ""), one.result.get("clocks", ()))
        for one in events
    ]
    due = [
        Happening("", one.type, to_text(one.at), one.fields, one.result.stage, one.result.clocks) for one in flow.drafts
    ]
    return [*recorded, *due]
