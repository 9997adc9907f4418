"""A piece of evidence and its complaint as they were read together, and the one commit that changes both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.casework import catch_up, commit
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints import demands
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.evidence import item
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Entry, Key, Write
from chalicelib.wiring import Wiring

ATTEMPTS = 5
T = TypeVar("T")


class LoadedEvidence(msgspec.Struct, frozen=True):
    """`version` is the item's, which each change is conditional on."""

    tenant: str
    case: Case
    evidence: Evidence
    version: int
    entries: Mapping[Key, Entry]

    @property
    def number(self) -> str:
        return self.case.complaint.number


def load(wiring: Wiring, tenant: str, number: str, evidence_id: str, also: Sequence[Key] = ()) -> LoadedEvidence | None:
    """One read. None where nothing of this name was declared."""
    key = keys.evidence(keys.complaint(tenant, number), evidence_id)
    entries = read(wiring, tenant, number, [key, *also])
    if key not in entries:
        return None
    case = case_in(wiring, tenant, number, entries)
    return LoadedEvidence(tenant, case, item.parse(entries[key]), entries[key].version or 0, entries)


def attempts(attempt: Callable[[], T]) -> T:
    """Decide again where another was faster. Raises `Problem("conflict")`."""
    for _ in range(ATTEMPTS):
        try:
            return attempt()
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time.")


def changed(held: LoadedEvidence, wakes: Instant | None, **changes: Any) -> tuple[Evidence, Change]:
    """The evidence after the change, and its item. `wakes`: the domain's time at which the sweep looks at it."""
    after = replace(held.evidence, **changes)
    entry = item.entry_of(held.tenant, held.number, after, held.version + 1, wakes)
    return after, Change(entry, held.version)


def note(wiring: Wiring, held: LoadedEvidence, wakes: Instant | None, **changes: Any) -> LoadedEvidence:
    """Change the item alone: what is of no concern to the record. Raises `Lost`."""
    after, write = changed(held, wakes, **changes)
    wiring.store.commit([write])
    return LoadedEvidence(held.tenant, held.case, after, held.version + 1, held.entries)


def done(wiring: Wiring, held: LoadedEvidence, wakes: Instant | None = None) -> None:
    """The sweep need not look at it any more, or not before then."""

    def attempt() -> None:
        fresh = load(wiring, held.tenant, held.number, held.evidence.id)
        if fresh is not None:
            note(wiring, fresh, wakes)

    attempts(attempt)


def happened(
    wiring: Wiring,
    held: LoadedEvidence,
    event: str,
    now: Instant,
    *,
    fields: Mapping[str, Any],
    wakes: Instant | None,
    more: Sequence[Write] = (),
    **changes: Any,
) -> LoadedEvidence:
    """The event on record and the item's change, in one commit. Raises `Lost`."""
    flow = catch_up.advanced(wiring, held.tenant, held.case, now)
    at = max(now, flow.complaint.at)
    said = {**item.public(held.evidence), **fields}
    flow.add(event, at=at, actor=SYSTEM, fields=said)
    if event == "evidence_sealed":
        demands.sealed(flow, said, held.evidence.by, at)
    complaint, writes = commit.writes(wiring, held.tenant, flow, now)
    after, write = changed(held, wakes, **changes)
    wiring.store.commit([*writes, write, *more])
    case = Case(complaint, held.entries, held.case.load)
    return LoadedEvidence(held.tenant, case, after, held.version + 1, held.entries)
