"""Switch: an owner moves an open complaint to a newer policy version, or sees what that would do (P1.9).

What time has caused is committed first, under the version that it happened under; the switch is a commit of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.casework import catch_up, commit
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints.envelope import Actor, Event
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchPlan, SwitchTerms
from chalicelib.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import policy_cache
from chalicelib.wiring import Wiring

ATTEMPTS = 3
_PAGE = 200


class SwitchPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """`to`: the version, or None for the one in force."""

    tenant: str
    number: str
    sub: str
    terms: SwitchTerms
    to: str | None
    dry_run: bool
    request: Request | None
    if_match: str | None
    now: Instant


class Switched(msgspec.Struct, frozen=True):
    """A switch worked out, and what to write for it (nothing where the complaint keeps its version)."""

    complaint: Complaint
    plan: SwitchPlan
    writes: Sequence[Write]


def switch(wiring: Wiring, command: SwitchPolicy) -> Answer:
    """200 with what changed, or would. Raises `Problem`: `forbidden`, `complaint-unknown`, `act-not-open`, `invalid`,
    `not-found` (no such version), `stale`, `conflict`."""
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Look at it again and repeat.")


def _attempt(wiring: Wiring, command: SwitchPolicy) -> Answer:
    org_key = keys.snapshot(keys.organisation(command.tenant))
    person = keys.membership(command.tenant, command.sub)
    record = [command.request.record_key] if command.request else []
    entries = read(wiring, command.tenant, command.number, [org_key, person, *record])
    only_owners(entries, person)
    if command.request and (known := _replay(wiring, command.request, entries)):
        return known
    case = case_in(wiring, command.tenant, command.number, entries)
    at = max(command.now, case.complaint.at)  # as it is recorded: this process's clock may be behind another's
    to = command.to or organisation.parse(entries[org_key]).policy_at(at)
    new = in_effect(wiring, command.tenant, to, at)
    complaint = _owed(wiring, command, case)
    done = switched(wiring, command.tenant, complaint, new, command.terms, command.sub, command.now)
    answer = Answer(200, view(done))
    writes = list(done.writes)
    if writes and not command.dry_run:
        switching.refuse_breaches(done.plan, command.terms)
        if command.request:
            found = entries.get(command.request.record_key)
            writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
        wiring.store.commit(writes)
    return answer


def only_owners(entries: Mapping[Key, Entry], person: Key) -> None:
    if not membership.parse(entries.get(person)).may(OWNER):
        raise Problem("forbidden", "Only the organisation's owners may switch complaints to another version.")


def _replay(wiring: Wiring, request: Request, entries: Mapping[Key, Entry]) -> Answer | None:
    return idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())


def in_effect(wiring: Wiring, tenant: str, version: str, now: Instant) -> Policy:
    """Raises `Problem`: `not-found`, or `invalid` where it is to take effect only later."""
    found = policy_cache.read_version(wiring.store, tenant, version)
    if from_text(found.effective_at) > now:
        place = Place("/fields/to", f"takes effect at {found.effective_at}")
        raise Problem("invalid", "This version is not in effect yet.", places=[place])
    return wiring.compiled.get(wiring.store, tenant, version)


def _owed(wiring: Wiring, command: SwitchPolicy, case: Case) -> Complaint:
    if command.if_match is not None and command.if_match != str(case.version):
        raise Problem("stale", "The complaint has changed since you looked.", extra={"etag": str(case.version)})
    if command.dry_run:
        return catch_up.present(case, command.now).complaint
    return recorded(wiring, command.tenant, catch_up.advanced(wiring, command.tenant, case, command.now), command.now)


def recorded(wiring: Wiring, tenant: str, flow: Flow, now: Instant) -> Complaint:
    """The complaint with what time has caused committed. Raises `Lost`."""
    if not flow.drafts:
        return flow.complaint
    complaint, writes = commit.writes(wiring, tenant, flow, now)
    wiring.store.commit(writes)
    return complaint


def switched(
    wiring: Wiring,
    tenant: str,
    complaint: Complaint,
    new: Policy,
    terms: SwitchTerms,
    sub: str,
    now: Instant,
    job: str | None = None,
) -> Switched:
    """Work the switch out. `complaint` owes nothing. Raises `Problem`."""
    old = wiring.compiled.get(wiring.store, tenant, complaint.policy)
    at = max(now, complaint.at)
    record = events_of(wiring, tenant, complaint.number) if terms.start_new_clocks else []
    plan = switching.plan(old, new, complaint, terms, record, at)
    if plan.kept:
        return Switched(complaint, plan, [])
    flow = Flow(new, complaint)
    switching.perform(flow, plan, terms, Actor("owner", sub, OWNER), at, job)
    after, writes = commit.writes(wiring, tenant, flow, now)
    return Switched(after, plan, writes)


def events_of(wiring: Wiring, tenant: str, number: str) -> list[Event]:
    """The whole record, in order."""
    found: list[Event] = []
    after: Mapping[str, str] | None = None
    while True:
        page = wiring.store.query(
            keys.complaint(tenant, number), first=keys.EVENTS.first, last=keys.EVENTS.last, limit=_PAGE, after=after
        )
        found.extend(msgspec.json.decode(entry.body, type=Event) for entry in page.entries)
        after = page.after
        if after is None:
            return found


def view(done: Switched) -> dict[str, Any]:
    """`version` is the complaint's after the switch; of a dry run, what it would be."""
    plan = done.plan
    return {
        "number": done.complaint.number,
        "version": str(done.complaint.seq),
        "from": plan.old,
        "to": plan.new,
        "switched": plan.kept is None,
        "kept": plan.kept,
        "stage": plan.stage,
        "deadlines": [switching.deadline_view(change) for change in plan.changes],
        "breaches": plan.breaches,
    }
