"""Act: load → advance(now) → decide → commit, in one transaction (design §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import commit, links, owed, people, private, proposers, views
from chalicelib.casework.callers import Credential, member, party
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints import acts
from chalicelib.complaints.acts import Asked
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, for_party
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store.port import Entry, Key, Lost
from chalicelib.tenants import idempotency
from chalicelib.tenants.idempotency import Answer, Request
from chalicelib.wiring import Wiring

ATTEMPTS = 3
"""How often an act is decided again after losing to another (design §5)."""


class Command(msgspec.Struct, frozen=True, kw_only=True):
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


def act(wiring: Wiring, command: Command) -> Answer:
    """200 with the complaint as it is then for this caller. Raises `Problem`.

    A refused act commits nothing, owed events excepted.
    """
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except Lost:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Look at it again and repeat.")


def _attempt(wiring: Wiring, command: Command) -> Answer:
    entries = _read(wiring, command)
    asker = member(wiring, command.credential, command.tenant, entries, command.now)
    case = case_in(wiring, command.tenant, command.number, entries)
    who = party(wiring, command.tenant, case, command.credential, asker)
    if known := _replay(wiring, command, entries):
        return known
    if command.if_match is not None and command.if_match != str(case.version):
        raise Problem("stale", "The complaint has changed since you looked.", extra={"etag": str(case.version)})
    flow = owed.advanced(wiring, command.tenant, case, command.now)
    mark = flow.mark()
    try:
        _decide(wiring, command, flow, _speaker(command, who, case), case)
    except Problem:
        flow.back_to(mark)
        owed.commit_alone(wiring, command.tenant, flow, command.now)
        raise
    return _commit(wiring, command, flow, who, entries)


def _read(wiring: Wiring, command: Command) -> dict[Key, Entry]:
    also = [*command.credential.keys(command.tenant), *people.keys_in(command.tenant, command.fields)]
    if command.request is not None:
        also.append(command.request.record_key)
    also.extend(private.proposal_keys(command.tenant, command.number, command.fields))
    if command.act == "link":
        also.extend(links.keys_in(command.tenant, command.fields))
    return read(wiring, command.tenant, command.number, also)


def _replay(wiring: Wiring, command: Command, entries: Mapping[Key, Entry]) -> Answer | None:
    if command.request is None:
        return None
    return idempotency.replay(entries.get(command.request.record_key), command.request, wiring.real_clock())


def _speaker(command: Command, who: Asker, case: Case) -> Asker:
    """Whose act it is: the caller's own, or a party's that the caller records."""
    if command.on_behalf_of is None:
        return who
    speaker = for_party(who, command.on_behalf_of, case.complaint.unit)
    if speaker is None:
        raise Problem("forbidden", "Only the organisation's people record what somebody else says.")
    return speaker


def _decide(wiring: Wiring, command: Command, flow: Flow, who: Asker, case: Case) -> None:
    before, proposed = flow.complaint, None
    if command.act == "approve" and before.proposals:
        proposed = private.proposed(wiring, command.tenant, before, command.fields, case.entries)
    now = max(command.now, before.at)
    acts.decide(flow, Asked(command.act, command.fields, None if proposed is None else proposed.fields), who, now)
    if proposed is not None:
        proposers.check(wiring, command.tenant, flow.policy, before, proposed)
    if command.act == "link":
        links.check(command.tenant, flow, who, case.entries)
    people.check(wiring, command.tenant, flow, people.keys_in(command.tenant, command.fields), case.entries)


def _commit(wiring: Wiring, command: Command, flow: Flow, who: Asker, entries: Mapping[Key, Entry]) -> Answer:
    complaint, writes = commit.writes(wiring, command.tenant, flow, command.now)
    writes.extend(links.writes(command.tenant, flow))
    answer = Answer(200, views.after_act(flow.policy, complaint, who, flow.drafts))
    if command.request is not None:
        found = entries.get(command.request.record_key)
        writes.append(idempotency.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer
