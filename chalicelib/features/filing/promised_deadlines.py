"""The deadlines that a filing was answered with, read again for a replay of the request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalicelib.casework.views.deadline_views import DeadlineView, views
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import can_be_late, latest
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


def promised_at_filing(store: Store, compiled: CompiledPolicies, ref: CaseRef) -> list[DeadlineView]:
    """The deadlines that were started at filing, as they were promised then.

    If something was late already, also the events that were recorded with the filing.
    """
    key = event_log.of_complaint(ref, 1)
    first = event_log.decode(store.get([key])[key])
    clocks = first.result.get("clocks", [])
    events = [first, *(_recorded_with(store, ref, first) if can_be_late(first.fields, clocks, first.at) else ())]
    policy = compiled.get(ref.tenant, first.policy)
    public = first.actor["kind"] == COMPLAINANT.kind
    return views(policy, latest([event.result.get("clocks", []) for event in events]), ref.number, public=public)


def _recorded_with(store: Store, ref: CaseRef, first: Event) -> Iterator[Event]:
    """The events after the first that have its time, at most as many as one read returns."""
    wanted = [event_log.of_complaint(ref, seq) for seq in range(2, _MOST_READ + 1)]
    entries = store.get(wanted)
    for key in wanted:
        event = event_log.find(entries, key)
        if event is None or event.at != first.at:
            return
        yield event


_MOST_READ = 100
