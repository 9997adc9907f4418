"""Act on a complaint: load → advance(now) → decide → commit. An act is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import commit, complaint_views, due_events, duplicates
from chalicelib.casework.authorization import Credential, authorize, identify_caller
from chalicelib.casework.commands import assignees, proposals
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints import acts
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import ActRequest, Asker, as_party
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store.port import CommitConflict, Entry, Key
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

ATTEMPTS = 3
"""Attempts of an act when other commits win the race."""


class ActCommand(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    credential: Credential
    act: str
    fields: Mapping[str, Any]
    request: Request | None
    if_match: str | None
    now: Instant
    on_behalf_of: str | None = None
    """The party whose act the member records, for a complaint made in speech."""


def act(wiring: Wiring, command: ActCommand) -> Answer:
    """200 with the complaint as this caller sees it after the act. Raises `Problem`.

    A refused act commits only the due events.
    """
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Look at it again and repeat.")


def _attempt(wiring: Wiring, command: ActCommand) -> Answer:
    entries = _read(wiring, command)
    asker = identify_caller(wiring, command.credential, command.tenant, entries, command.now)
    case = parse_complaint(wiring, command.tenant, command.number, entries)
    caller = authorize(wiring, command.tenant, case, command.credential, asker)
    if known := _replay(wiring, command, entries):
        return known
    if command.if_match is not None and command.if_match != str(case.version):
        raise Problem("stale", "The complaint has changed since you looked.", extra={"etag": str(case.version)})
    flow = due_events.apply(wiring, command.tenant, case, command.now)
    savepoint = flow.savepoint()
    try:
        _decide(wiring, command, flow, _speaker(command, caller, case), case)
    except Problem:
        flow.roll_back(savepoint)
        due_events.record(wiring, command.tenant, flow, command.now)
        raise
    return _commit(wiring, command, flow, caller, entries)


def _read(wiring: Wiring, command: ActCommand) -> dict[Key, Entry]:
    extra_keys = [*command.credential.keys(command.tenant), *assignees.membership_keys(command.tenant, command.fields)]
    if command.request is not None:
        extra_keys.append(command.request.record_key)
    extra_keys.extend(proposals.keys_of_named(command.tenant, command.number, command.fields))
    if command.act == "link":
        extra_keys.extend(duplicates.target_keys(command.tenant, command.fields))
    return read_entries(wiring, command.tenant, command.number, extra_keys)


def _replay(wiring: Wiring, command: ActCommand, entries: Mapping[Key, Entry]) -> Answer | None:
    if command.request is None:
        return None
    return idempotency_records.replay(entries.get(command.request.record_key), command.request, wiring.real_clock())


def _speaker(command: ActCommand, caller: Asker, case: Case) -> Asker:
    """The caller, or the party whose act the caller records."""
    if command.on_behalf_of is None:
        return caller
    speaker = as_party(caller, command.on_behalf_of, case.complaint.unit)
    if speaker is None:
        raise Problem("forbidden", "Only members of the organisation may act on behalf of a party.")
    return speaker


def _decide(wiring: Wiring, command: ActCommand, flow: Flow, speaker: Asker, case: Case) -> None:
    before, proposed = flow.complaint, None
    if command.act == "approve" and before.proposals:
        proposed = proposals.load(wiring, command.tenant, before, command.fields, case.entries)
    now = max(command.now, before.at)
    proposed_fields = None if proposed is None else proposed.fields
    acts.decide(flow, ActRequest(command.act, command.fields, proposed_fields), speaker, now)
    if proposed is not None:
        proposals.check_proposer(wiring, command.tenant, flow.policy, before, proposed)
    if command.act == "link":
        duplicates.check_target(command.tenant, flow, speaker, case.entries)
    read_keys = assignees.membership_keys(command.tenant, command.fields)
    assignees.check(wiring, command.tenant, flow, read_keys, case.entries)


def _commit(wiring: Wiring, command: ActCommand, flow: Flow, caller: Asker, entries: Mapping[Key, Entry]) -> Answer:
    complaint, writes = commit.writes(wiring, command.tenant, flow, command.now)
    writes.extend(duplicates.follower_writes(command.tenant, flow))
    answer = Answer(200, complaint_views.after_act(flow.policy, complaint, caller, flow.drafts))
    if command.request is not None:
        earlier = entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
    wiring.store.commit(writes)
    return answer
