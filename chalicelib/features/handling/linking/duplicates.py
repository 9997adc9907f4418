"""Linked duplicates: a complaint (the follower) is linked to another one (the target).

A look-up (`X#follows#<target>` / `<follower>`) lists the followers of a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.casework import private_values, snapshot
from chalicelib.casework.authorization import rights_in
from chalicelib.casework.composing import derived
from chalicelib.casework.composing.derived import Derived, DerivedPart, Faults, Replayed
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import LINKED_AS, Event, EventDraft
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.policy.language.vocabulary import LINKING_EVENTS, UNLISTED_ACTS
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove, Require, Store, Write

FOLLOWERS = "follows"
MOST_FOLLOWERS = 20
"""Duplicates that the page of a complaint names."""


class CheckedTarget(NamedTuple):
    """The target of the last link of a flow, or of its proposal. `place`: where the request names it."""

    tenant: str
    flow: Flow
    place: str

    def read(self, entries: Mapping[Key, Entry]) -> Complaint | None:
        numbers = [to for one in self.flow.drafts if (to := linked_to(one)) is not None]
        return target_of(self.tenant, numbers[-1], entries)


def target_keys(ref: CaseRef, fields: Mapping[str, Any]) -> list[Key]:
    """The snapshot key of the target in the request's fields, and those of the filing with which it is compared, to be
    read together with the complaint."""
    to = fields.get("to")
    if not isinstance(to, str) or not keys.is_case_number(to):
        return []
    return [snapshot.complaint_key(CaseRef(ref.tenant, to)), *private_values.keys_of_event(ref, 1)]


def linked_to(draft: EventDraft) -> str | None:
    """The target of a link, or of a proposed one."""
    proposed = draft.type == "proposed" and draft.fields["act"] in UNLISTED_ACTS and "task" not in draft.fields
    return str(draft.fields["to"]) if proposed or draft.type == "linked" else None


def check_target(checked: CheckedTarget, asker: Asker, entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` if the caller does not handle the target, if it follows another one itself, or if its
    contents are erased."""
    wrong = why_not(checked.read(entries), asker)
    if wrong is None:
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place(checked.place, wrong)])


def why_not(target: Complaint | None, asker: Asker) -> str | Text | None:
    """Why the asker cannot link a complaint to this one; None if they can."""
    rights = None if target is None else rights_in(asker, target)
    if target is None or rights is None or rights.kind != "staff":
        return "there is no such complaint"
    if target.follows is not None:
        return Text("that complaint follows another itself: {number}", number=target.follows)
    return None if target.erased_at is None else "its contents are erased, because the time to keep them is over"


def target_of(tenant: str, number: str, entries: Mapping[Key, Entry]) -> Complaint | None:
    """The other complaint, as it was read. None for a number that none has."""
    entry = entries.get(snapshot.complaint_key(CaseRef(tenant, number)))
    return snapshot.COMPLAINT.read(entry) if entry and entry.kind == snapshot.KIND else None


def follower_writes(tenant: str, flow: Flow, read: Mapping[Key, Entry]) -> list[Write]:
    """The look-up from the target to this follower, for the transaction of the events that change it.

    The target of a link must not have changed since it was `read`: of two that are linked to each other at once, one is
    refused, so that links never form a circle.
    """
    found: list[Write] = [
        Put(entry, if_absent=False) for entry in follower_entries(tenant, flow.complaint.number, flow.drafts)
    ]
    targets = [snapshot.complaint_key(CaseRef(tenant, to)) for to in _targets(flow.drafts)]
    found += [Require(target, version=read[target].version) for target in targets]
    former = [one.fields["from"] for one in flow.drafts if _unlinks(one)]
    return [*found, *(Remove(keys.lookup(tenant, FOLLOWERS, to, flow.complaint.number)) for to in former)]


def follower_entries(tenant: str, number: str, events: Iterable[EventDraft | Event]) -> list[Entry]:
    """The look-ups to which these events of the follower lead."""
    return [
        Entry(key=keys.lookup(tenant, FOLLOWERS, to, number), kind=keys.LOOKUP_KIND, body="{}")
        for to in _targets(events)
    ]


def _targets(events: Iterable[EventDraft | Event]) -> list[str]:
    """Those to which the follower is linked after these events: one at most after all of its events."""
    found: dict[str, None] = {}
    for event in events:
        if follows(event):
            found[event.fields["to"]] = None
        elif _unlinks(event):
            found.pop(event.fields["from"], None)
    return list(found)


def _unlinks(event: EventDraft | Event) -> bool:
    return event.type in LINKING_EVENTS and "from" in event.fields


def follows(event: EventDraft | Event) -> bool:
    """Whether the event links the complaint as a duplicate, not as a repeat."""
    return event.type == "linked" and event.fields.get(LINKED_AS) != REPEAT


def followers(store: Store, ref: CaseRef) -> Iterator[CaseRef]:
    """All that are linked to this target, also those that were closed."""
    found = reads.items(store, keys.lookup(ref.tenant, FOLLOWERS, ref.number).pk)
    return (CaseRef(ref.tenant, one.key.sk) for one in found)


def newest_followers(store: Store, ref: CaseRef) -> list[str]:
    """The numbers of the newest of them, in one query."""
    page = store.query(keys.lookup(ref.tenant, FOLLOWERS, ref.number).pk, limit=MOST_FOLLOWERS, newest_first=True)
    return [entry.key.sk for entry in page.entries]


def _repaired(record: Replayed) -> Faults:
    found = follower_entries(record.ref.tenant, record.ref.number, record.events)
    return derived.compared(record.store, map(Derived, found))


PART = DerivedPart("followers", _repaired, lookups=(FOLLOWERS,))
