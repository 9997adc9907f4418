"""Appoint: somebody stands in for the caller for a time, or no longer does."""

from __future__ import annotations

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.instants import DAY, Instant, from_text, to_text
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Entry, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import ATTEMPTS, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Deputy, Membership
from chalicelib.wiring import Wiring

LONGEST = 366 * DAY


class Appointed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`from` is part of the time, `until` is not."""

    sub: str
    start: str = msgspec.field(name="from")
    until: str


class DeputyView(msgspec.Struct, frozen=True, kw_only=True):
    sub: str | None
    start: str | None = msgspec.field(name="from")
    until: str | None


def appoint_deputy(wiring: Wiring, asked: OwnerCommand, wanted: Appointed | None) -> Answer:
    """200 with the deputy; None: nobody stands in any more. Raises `forbidden`, `invalid`, `conflict`."""
    deputy = None if wanted is None else _checked(asked, wanted)
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, asked, deputy)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others changed the organisation at the same time. Repeat the request.")


def _checked(asked: OwnerCommand, wanted: Appointed) -> Deputy:
    start, until = _time("from", wanted.start), _time("until", wanted.until)
    if wanted.sub == asked.sub:
        raise _invalid("sub", "must be somebody else")
    if until <= max(start, asked.now):
        raise _invalid("until", "must lie after `from`, and in the future")
    if until - start > LONGEST:
        raise _invalid("until", "must be at most 366 days after `from`")
    return Deputy(wanted.sub, start, until)


def _time(name: str, text: str) -> Instant:
    try:
        return from_text(text)
    except ValueError as error:
        raise _invalid(name, f"is no time: {error}") from error


def _invalid(name: str, wrong: str) -> Problem:
    return Problem("invalid", "Nobody can be deputy like this.", places=[Place(f"/{name}", wrong)])


def _attempt(wiring: Wiring, asked: OwnerCommand, deputy: Deputy | None) -> Answer:
    snapshot, own = keys.snapshot(keys.organisation(asked.tenant)), keys.membership(asked.tenant, asked.sub)
    theirs = [] if deputy is None else [keys.membership(asked.tenant, deputy.sub)]
    record = [asked.request.record_key] if asked.request else []
    entries = wiring.store.get([snapshot, own, *theirs, *record])
    person = membership.parse(entries.get(own))
    if asked.request and (
        known := idempotency_records.replay(entries.get(record[0]), asked.request, wiring.real_clock())
    ):
        return known
    writes: list[Write] = [_changed(asked, entries[own], msgspec.structs.replace(person, deputy=deputy))]
    if deputy is not None:
        writes.append(_told_where_to_look(asked, entries.get(theirs[0]), deputy))
    answer = Answer(200, _view(deputy))
    org = organisation.parse(entries[snapshot])
    fields = {"sub": asked.sub, "deputy": answer.body}
    actor = Actor("staff", asked.sub)
    after, event = organisation.record_event(org, "deputised", fields, asked.sub, asked.now, actor=actor)
    writes += [Change(organisation.entry_of(after), org.seq), event]
    if asked.request:
        writes.append(idempotency_records.put(asked.request, answer, wiring.real_clock(), found=entries.get(record[0])))
    wiring.store.commit(writes)
    return answer


def _told_where_to_look(asked: OwnerCommand, entry: Entry | None, deputy: Deputy) -> Change:
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None or not person.active:
        raise _invalid("sub", "is not one of the organisation's people")
    still = {sub: until for sub, until in person.stands_in.items() if asked.now < until}
    return _changed(asked, entry, msgspec.structs.replace(person, stands_in={**still, asked.sub: deputy.until}))


def _changed(asked: OwnerCommand, entry: Entry, after: Membership) -> Change:
    version = entry.version or 0
    return Change(membership.entry_of(asked.tenant, after, version + 1), version)


def _view(deputy: Deputy | None) -> dict[str, str | None]:
    if deputy is None:
        return {"sub": None, "from": None, "until": None}
    return {"sub": deputy.sub, "from": to_text(deputy.start), "until": to_text(deputy.until)}
