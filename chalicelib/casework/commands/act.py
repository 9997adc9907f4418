"""Act: load → advance(now) → decide → commit, in one transaction (design §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import catch_up, commit, duplicate_links, named_people, private_values, proposers, views
from chalicelib.casework.authorization import Credential, member, party
from chalicelib.casework.case import Case, case_in, read
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
"""How often an act is decided again after losing to another (design §5)."""


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
    """A party whose words the member records, in an oral case."""


def act(wiring: Wiring, command: ActCommand) -> Answer:
    """200 with the complaint as it is then for this caller. Raises `Problem`.

    A refused act commits nothing, owed events excepted.
    """
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Look at it again and repeat.")


def _attempt(wiring: Wiring, command: ActCommand) -> Answer:
    entries = _read(wiring, command)
    asker = member(wiring, command.credential, command.tenant, entries, command.now)
    case = case_in(wiring, command.tenant, command.number, entries)
    who = party(wiring, command.tenant, case, command.credential, asker)
    if known := _replay(wiring, command, entries):
        return known
    if command.if_match is not None and command.if_match != str(case.version):
        raise Problem("stale", "The complaint has changed since you looked.", extra={"etag": str(case.version)})
    flow = catch_up.advanced(wiring, command.tenant, case, command.now)
    savepoint = flow.savepoint()
    try:
        _decide(wiring, command, flow, _speaker(command, who, case), case)
    except Problem:
        flow.roll_back(savepoint)
        catch_up.commit_alone(wiring, command.tenant, flow, command.now)
        raise
    return _commit(wiring, command, flow, who, entries)


def _read(wiring: Wiring, command: ActCommand) -> dict[Key, Entry]:
    also = [*command.credential.keys(command.tenant), *named_people.keys_in(command.tenant, command.fields)]
    if command.request is not None:
        also.append(command.request.record_key)
    also.extend(private_values.proposal_keys(command.tenant, command.number, command.fields))
    if command.act == "link":
        also.extend(duplicate_links.keys_in(command.tenant, command.fields))
    return read(wiring, command.tenant, command.number, also)


def _replay(wiring: Wiring, command: ActCommand, entries: Mapping[Key, Entry]) -> Answer | None:
    if command.request is None:
        return None
    return idempotency_records.replay(entries.get(command.request.record_key), command.request, wiring.real_clock())


def _speaker(command: ActCommand, who: Asker, case: Case) -> Asker:
    """Whose act it is: the caller's own, or a party's that the caller records."""
    if command.on_behalf_of is None:
        return who
    speaker = as_party(who, command.on_behalf_of, case.complaint.unit)
    if speaker is None:
        raise Problem("forbidden", "Only the organisation's people record what somebody else says.")
    return speaker


def _decide(wiring: Wiring, command: ActCommand, flow: Flow, who: Asker, case: Case) -> None:
    before, proposed = flow.complaint, None
    if command.act == "approve" and before.proposals:
        proposed = private_values.proposed(wiring, command.tenant, before, command.fields, case.entries)
    now = max(command.now, before.at)
    acts.decide(flow, ActRequest(command.act, command.fields, None if proposed is None else proposed.fields), who, now)
    if proposed is not None:
        proposers.check(wiring, command.tenant, flow.policy, before, proposed)
    if command.act == "link":
        duplicate_links.check(command.tenant, flow, who, case.entries)
    named_people.check(wiring, command.tenant, flow, named_people.keys_in(command.tenant, command.fields), case.entries)


def _commit(wiring: Wiring, command: ActCommand, flow: Flow, who: Asker, entries: Mapping[Key, Entry]) -> Answer:
    complaint, writes = commit.writes(wiring, command.tenant, flow, command.now)
    writes.extend(duplicate_links.writes(command.tenant, flow))
    answer = Answer(200, views.after_act(flow.policy, complaint, who, flow.drafts))
    if command.request is not None:
        found = entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer
