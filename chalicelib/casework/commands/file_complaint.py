"""File: a complaint is registered, gets its number and a receipt, and the promised times (design §5, §6)."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec

from chalicelib.casework import commit, deadline_views, lookups, receipts
from chalicelib.casework.authorization import Credential
from chalicelib.casework.case import asker_in
from chalicelib.casework.numbers import take_number
from chalicelib.complaints import filing
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.permits import COMPLAINANT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

_HIDDEN = "receipt_key"
"""Member of the kept answer that says which server key a replay makes the receipt with again."""


class FileComplaint(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    credential: Credential
    filing: Filing
    request: Request | None
    now: Instant
    place: str = ""
    """What stands for the address of whoever files without signing in, by which they are counted."""


def file_complaint(wiring: Wiring, command: FileComplaint) -> Answer:
    """201 with `{number, receipt, stage, deadlines}`. Raises `invalid`, `forbidden`, `quota-exceeded`,
    `too-many-requests`, `conflict`."""
    request = command.request
    filing_key = request.key if request else secrets.token_urlsafe(24)
    entries = _read(wiring, command, request)
    actor = _actor(wiring, command, entries)  # first: the answer holds the receipt, which is no removed person's
    if request is not None and (known := _replay(wiring, command, request, entries)):
        return known
    org = _organisation(entries, command.tenant)
    policy = wiring.compiled.get(wiring.store, command.tenant, org.policy_at(command.now))
    _check_unit(org, command.filing.unit)
    accepted = filing.check(policy, command.filing, command.now)
    if command.credential.sub is None and command.place:
        wiring.filings.take(command.tenant, command.place, org.limits)
    number = take_number(wiring, command.tenant, org, policy, command.now)
    receipt, key_id = receipts.issue(wiring.secrets, command.tenant, number, filing_key)
    kept = receipts.hashed(wiring.secrets, command.tenant, number, receipt)
    flow = filing.register(policy, accepted, number=number, receipt=kept, actor=actor, now=command.now)
    complaint, writes = commit.writes(wiring, command.tenant, flow, command.now)
    writes.extend(lookups.writes(wiring.secrets, command.tenant, policy.document.intake, accepted.said, number))
    answer = Answer(201, {**_told(complaint), _HIDDEN: key_id})
    if request is not None:
        found = entries.get(request.record_key)
        writes.append(idempotency_records.put(request, answer, wiring.real_clock(), found=found))
    try:
        wiring.store.commit(writes)
    except CommitConflict:
        return _after_race(wiring, command, request)
    promised = deadline_views.views(policy, flow.drafts[0].result.clocks, number)
    return Answer(201, {**_told(complaint), "receipt": receipt, "deadlines": promised})


def _told(complaint: Complaint) -> dict[str, Any]:
    return {"number": complaint.number, "stage": complaint.stage, "severity": complaint.severity}


def _read(wiring: Wiring, command: FileComplaint, request: Request | None) -> dict[Key, Entry]:
    wanted = [keys.snapshot(keys.organisation(command.tenant)), *command.credential.keys(command.tenant)]
    return wiring.store.get([*wanted, request.record_key] if request else wanted)


def _organisation(entries: dict[Key, Entry], tenant: str) -> Organisation:
    return organisation.parse(entries[keys.snapshot(keys.organisation(tenant))])


def _replay(wiring: Wiring, command: FileComplaint, request: Request, entries: dict[Key, Entry]) -> Answer | None:
    known = idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())
    return None if known is None else _shown(wiring, command, request.key, known)


def _after_race(wiring: Wiring, command: FileComplaint, request: Request | None) -> Answer:
    """The loser of a race answers as the replay (design §5); its number is explained by the hourly job."""
    known = None if request is None else _replay(wiring, command, request, _read(wiring, command, request))
    if known is None:
        raise Problem("conflict", "The complaint was not registered. Repeat the request.")
    return known


def _actor(wiring: Wiring, command: FileComplaint, entries: dict[Key, Entry]) -> Actor:
    """A member files on the complainant's behalf; anyone else is the complainant."""
    if command.credential.sub is None:
        return COMPLAINANT.actor()
    asker: Asker = asker_in(wiring, command.tenant, entries, command.credential.sub, command.now)
    return asker.actor(asker.grants[0], on_behalf_of="complainant")


def _check_unit(org: Organisation, unit: str | None) -> None:
    if unit is not None and unit not in org.units:
        raise Problem("invalid", "There is no such unit.", places=[Place("/unit", "is not one of the units")])


def _shown(wiring: Wiring, command: FileComplaint, filing_key: str, answer: Answer) -> Answer:
    """The kept answer, with what is not kept: the receipt, made anew, and the promises of the first event."""
    body = {key: value for key, value in answer.body.items() if key != _HIDDEN}
    number = body["number"]
    receipt, _ = receipts.issue(wiring.secrets, command.tenant, number, filing_key, answer.body[_HIDDEN])
    promised = deadline_views.promised_at_filing(wiring, command.tenant, number)
    return Answer(answer.status, {**body, "receipt": receipt, "deadlines": promised}, answer.replayed)
