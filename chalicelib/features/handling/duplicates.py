"""Linked duplicates: a complaint (the follower) is linked to another one (the target).

A look-up (`X#follows#<target>` / `<follower>`) lists the followers of a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import rights_in
from chalicelib.casework.composing import derived
from chalicelib.casework.composing.derived import Derived, DerivedPart, Faults, Replayed
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import LINKED_AS, Event, EventDraft
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove, Require, Store, Write

FOLLOWERS = "follows"
MOST_FOLLOWERS = 20
"""Duplicates that the page of a complaint names."""
_NUMBER = r"[0-9]{6}-[0-9]{6}"


def target_keys(tenant: str, fields: Mapping[str, Any]) -> list[Key]:
    """The snapshot key of the target in the request's fields, to be read together with the complaint."""
    to = fields.get("to")
    return [snapshot.complaint_key(CaseRef(tenant, to))] if isinstance(to, str) and re.fullmatch(_NUMBER, to) else []


def check_target(tenant: str, flow: Flow, asker: Asker, entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` if the caller does not handle the target, if it follows another one itself, or if its
    contents are erased."""
    target = target_of(tenant, next(one.fields["to"] for one in flow.drafts if one.type == "linked"), entries)
    rights = None if target is None else rights_in(asker, target)
    if target is None or rights is None or rights.kind != "staff":
        wrong = "there is no such complaint"
    elif target.follows is not None:
        wrong = Text("that complaint follows another itself: {number}", number=target.follows)
    elif target.erased_at is not None:
        wrong = "its contents are erased, because the time to keep them is over"
    else:
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def target_of(tenant: str, number: str, entries: Mapping[Key, Entry]) -> Complaint | None:
    """The other complaint, as it was read. None for a number that none has."""
    entry = entries.get(snapshot.complaint_key(CaseRef(tenant, number)))
    return snapshot.COMPLAINT.read(entry) if entry and entry.kind == snapshot.KIND else None


def follower_writes(tenant: str, flow: Flow, read: Mapping[Key, Entry]) -> list[Write]:
    """The look-up from the target to this follower, for the transaction of the events `linked` and `unlinked`.

    The target of a link must not have changed since it was `read`: of two that are linked to each other at once, one is
    refused, so that links never form a circle.
    """
    found: list[Write] = [
        Put(entry, if_absent=False) for entry in follower_entries(tenant, flow.complaint.number, flow.drafts)
    ]
    targets = [snapshot.complaint_key(CaseRef(tenant, to)) for to in _targets(flow.drafts)]
    found += [Require(target, version=read[target].version) for target in targets]
    former = [one.fields["from"] for one in flow.drafts if one.type == "unlinked"]
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
        elif event.type == "unlinked":
            found.pop(event.fields["from"], None)
    return list(found)


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
