"""Loads a piece of evidence together with its complaint, and commits changes to both in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints.acting import demands
from chalicelib.complaints.envelope import SYSTEM, Occurrence, Secrets
from chalicelib.features.evidence import item
from chalicelib.features.evidence.item import Evidence
from chalicelib.kit.instants import Instant
from chalicelib.ports import Sealer
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.object_keys import EvidenceLocation
from chalicelib.store.port import Entry, Key, Store, Write

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

T = TypeVar("T")


class LoadedEvidence(msgspec.Struct, frozen=True):
    """`version` is the item's version; every change is conditional on it. `entries`: all items that were read."""

    tenant: str
    case: Case
    evidence: Evidence
    version: int
    entries: Mapping[Key, Entry]

    @property
    def number(self) -> str:
        return self.case.complaint.number

    @property
    def ref(self) -> CaseRef:
        return CaseRef(self.tenant, self.number)

    @property
    def location(self) -> EvidenceLocation:
        return EvidenceLocation(self.ref, self.evidence.id)


class EvidenceEvent(NamedTuple):
    """An event about a piece of evidence. `fields` are added to `item.event_fields`.

    `secrets`: the file's name, by its confidentiality class.
    """

    type: str
    now: Instant
    fields: Mapping[str, Any]
    secrets: Secrets | None = None


def load(
    store: Store, compiled: CompiledPolicies, ref: CaseRef, evidence_id: str, also: Sequence[Key] = ()
) -> LoadedEvidence | None:
    """Reads everything, with the keys in `also`, in one call. None if no such evidence was declared."""
    key = item.key_of(ref, evidence_id)
    entries = read_entries(store, ref, [key, *also])
    if key not in entries:
        return None
    case = parse_complaint(compiled, ref, entries)
    return LoadedEvidence(ref.tenant, case, item.parse(entries[key]), entries[key].version or 0, entries)


def retry(attempt: Callable[[], T]) -> T:
    """Repeats `attempt` when another writer committed first. Raises `Problem("conflict")` after the last repeat."""
    return retry_or_refuse(attempt, "The complaint was changed by other requests at the same time.")


def update_item(store: Store, loaded: LoadedEvidence, wakes: Instant | None, **changes: Any) -> LoadedEvidence:
    """Changes the item without an event on the record. `wakes`: see `item.write`.

    Raises `CommitConflict` if the item has changed since it was loaded.
    """
    after, write = _changed(loaded, wakes, **changes)
    store.commit([write])
    return LoadedEvidence(loaded.tenant, loaded.case, after, loaded.version + 1, loaded.entries)


def reschedule(store: Store, compiled: CompiledPolicies, loaded: LoadedEvidence, wakes: Instant | None = None) -> None:
    """Sets the domain time at which the sweep looks at the evidence again; None: never."""

    def attempt() -> None:
        fresh = load(store, compiled, *loaded.location)
        if fresh is not None:
            update_item(store, fresh, wakes)

    retry(attempt)


def record_event(
    store: Store,
    sealer: Sealer,
    loaded: LoadedEvidence,
    event: EvidenceEvent,
    *,
    wakes: Instant | None,
    more: Sequence[Write] = (),
    **changes: Any,
) -> LoadedEvidence:
    """Commits the event, the item's `changes` and the writes in `more` together.

    Raises `CommitConflict` if the complaint or the item has changed since it was loaded.
    """
    flow = due_events.apply(store, sealer, loaded.tenant, loaded.case, event.now)
    at = max(event.now, flow.complaint.at)
    fields = {**item.event_fields(loaded.evidence), **event.fields}
    named = {"named": flow.complaint.seq + 1} if event.secrets else {}
    flow.add(event.type, Occurrence(at, SYSTEM), fields, secrets=event.secrets)
    if event.type == "evidence_sealed":
        demands.answer_with_file(flow, fields, loaded.evidence.by, at)
    complaint, writes = commit.writes(sealer, loaded.tenant, flow, event.now)
    after, write = _changed(loaded, wakes, **named, **changes)
    store.commit([*writes, write, *more])
    case = Case(complaint, loaded.entries, loaded.case.load)
    return LoadedEvidence(loaded.tenant, case, after, loaded.version + 1, loaded.entries)


def _changed(loaded: LoadedEvidence, wakes: Instant | None, **changes: Any) -> tuple[Evidence, Write]:
    after = replace(loaded.evidence, **changes)
    return after, item.write(loaded.ref, after, loaded.version, wakes)
