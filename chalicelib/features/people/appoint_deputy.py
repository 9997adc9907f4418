"""Command: appoint a deputy for an absence, or end the appointment: of the caller or, by an owner, of a member."""

from __future__ import annotations

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import DAY, Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Store, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import CONFLICT, OwnerCommand
from chalicelib.tenants.people import membership, queries
from chalicelib.tenants.people.membership import Deputy, Membership
from chalicelib.tenants.people.queries import MemberRequest

MAX_DURATION = 366 * DAY


class Appointed(RequestDocument, frozen=True, kw_only=True):
    """From `from` (inclusive) until `until` (exclusive)."""

    sub: str
    start: str = msgspec.field(name="from")
    until: str


class DeputyView(msgspec.Struct, frozen=True, kw_only=True):
    sub: str | None
    start: str | None = msgspec.field(name="from")
    until: str | None


def deputy(store: Store, request: MemberRequest) -> DeputyView:
    """Also of an absence that has not begun; empty after its end. Raises `Problem("forbidden")` if the caller is no
    member."""
    _, person = queries.load_member(store, request.tenant, request.sub)
    return _view(named(person, request.now))


def named(person: Membership, now: Instant) -> Deputy | None:
    """The deputy whom the person has appointed for an absence that is not over."""
    return person.deputy if person.deputy is not None and now < person.deputy.until else None


def appoint_deputy(
    store: Store, real_clock: TimeSource, command: OwnerCommand, payload: Appointed | None, absent: str = ""
) -> Answer:
    """200 with the deputy. With None, ends the appointment. `absent`: by default the caller.

    Raises `Problem`: `forbidden` (the caller is no member or, for another person, no owner), `not-found`, `invalid`,
    `conflict`.
    """
    whose = absent or command.sub
    deputy = None if payload is None else _checked(command, payload, whose)
    return retry_or_refuse(lambda: _attempt(store, real_clock, command, whose, deputy), CONFLICT)


def _checked(command: OwnerCommand, payload: Appointed, absent: str) -> Deputy:
    start, until = _time("from", payload.start), _time("until", payload.until)
    if payload.sub == absent:
        raise _invalid("sub", "must be another person")
    if until <= max(start, command.now):
        raise _invalid("until", "must be after `from`, and in the future")
    if until - start > MAX_DURATION:
        raise _invalid("until", "must be at most 366 days after `from`")
    return Deputy(payload.sub, start, until)


def _time(name: str, text: str) -> Instant:
    try:
        return from_text(text)
    except ValueError as error:
        raise _invalid(name, Text("is not a valid time: {error}", error=error)) from error


def _invalid(name: str, reason: str) -> Problem:
    return Problem("invalid", "The appointment is invalid.", places=[Place(f"/{name}", reason)])


def _attempt(store: Store, real_clock: TimeSource, command: OwnerCommand, absent: str, deputy: Deputy | None) -> Answer:
    snapshot, own = organisation.key(command.tenant), membership.key(command.tenant, absent)
    caller = membership.key(command.tenant, command.sub)
    theirs = [] if deputy is None else [membership.key(command.tenant, deputy.sub)]
    record = [command.request.record_key] if command.request else []
    entries = store.get(list(dict.fromkeys([snapshot, own, caller, *theirs, *record])))
    person = _absent(membership.parse(entries.get(caller)), entries.get(own), absent)
    if command.request and (first := idempotency_records.replay(entries.get(record[0]), command.request, real_clock())):
        return first
    after_own = msgspec.structs.replace(person, deputy=deputy)
    writes: list[Write] = [membership.write(command.tenant, after_own, entries[own])]
    if deputy is not None:
        writes.append(_note_on_deputy(command, absent, entries.get(theirs[0]), deputy))
    answer = Answer.of(200, _view(deputy))
    org = organisation.parse(entries[snapshot])
    fields = {"sub": absent, "deputy": answer.body}
    actor = Actor("staff", command.sub)
    after, event = organisation.record_event(org, "deputised", fields, command.sub, command.now, actor=actor)
    writes += [organisation.change(after, org), event]
    if command.request:
        writes.append(idempotency_records.put(command.request, answer, real_clock(), found=entries.get(record[0])))
    store.commit(writes)
    return answer


def _absent(caller: Membership, entry: Entry | None, absent: str) -> Membership:
    """The member who is absent. Raises `Problem`."""
    if absent == caller.sub:
        return caller
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    person = None if entry is None else membership.stored(entry)
    if person is None or not person.active:
        raise Problem("not-found", "This person is not a member of the organisation.")
    return person


def _note_on_deputy(command: OwnerCommand, absent: str, entry: Entry | None, deputy: Deputy) -> Write:
    """Adds the absent member to the deputy's `stands_in`. Returns the change."""
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None or not person.active:
        raise _invalid("sub", "is not a member of the organisation")
    if _is_absent_too(command, absent, person.deputy, deputy):
        if absent == command.sub:
            raise _invalid(
                "sub", "has named you as deputy for a part of that time; two people cannot stand in for each other"
            )
        raise _invalid("sub", "has this person as deputy for a part of that time; two cannot stand in for each other")
    current = {sub: until for sub, until in person.stands_in.items() if command.now < until}
    after = msgspec.structs.replace(person, stands_in={**current, absent: deputy.until})
    return membership.write(command.tenant, after, entry)


def _is_absent_too(command: OwnerCommand, absent: str, theirs: Deputy | None, deputy: Deputy) -> bool:
    """Whether the member who is appointed has appointed the absent member for an overlapping time."""
    if theirs is None or theirs.sub != absent:
        return False
    return max(theirs.start, deputy.start, command.now) < min(theirs.until, deputy.until)


def _view(deputy: Deputy | None) -> DeputyView:
    if deputy is None:
        return DeputyView(sub=None, start=None, until=None)
    return DeputyView(sub=deputy.sub, start=to_text(deputy.start), until=to_text(deputy.until))
