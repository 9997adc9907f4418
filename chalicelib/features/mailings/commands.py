"""Commands of the owners: set a mailing, end one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec

from chalicelib.features.mailings import timing
from chalicelib.features.mailings.readers import DOCUMENTS, may_read
from chalicelib.kit import canonical
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.worktime import Calendar
from chalicelib.statistics.days import day_of
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Mailing, Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

MOST = 20
"""Mailings of an organisation."""
MOST_READERS = 50
_Sub = Annotated[SeenText, msgspec.Meta(max_length=100)]


class WantedMailing(RequestDocument, frozen=True, kw_only=True):
    """`document`: `inspection`, or the name of a report, which is mailed as CSV. `every`: the length of its period.
    `day`: of the month after the period; in a shorter month it is the last day. `to`: the members, by `sub`."""

    document: Annotated[SeenText, msgspec.Meta(max_length=100)]
    every: Literal["month", "quarter", "year"]
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]
    to: Annotated[list[_Sub], msgspec.Meta(min_length=1, max_length=MOST_READERS)]


class MailingView(msgspec.Struct, frozen=True, kw_only=True):
    """`next`: the civil day on which it is sent next. `sent`: the period that was sent last; null if none was."""

    id: str
    document: str
    every: str
    day: int
    to: list[str]
    next: str
    sent: str | None


def view(mailing_id: str, mailing: Mailing, calendar: Calendar, now: Instant) -> MailingView:
    return MailingView(
        id=mailing_id,
        document=mailing.document,
        every=mailing.every,
        day=mailing.day,
        to=mailing.to,
        next=timing.next_day(mailing, date.fromisoformat(day_of(calendar, now))).isoformat(),
        sent=mailing.sent or None,
    )


def add(wiring: Wiring, command: OwnerCommand, wanted: WantedMailing) -> Answer:
    """201. Raises `Problem`: `forbidden`, `invalid`, `limit-reached`, `conflict`. The caller binds the tenant."""
    return owner_command.run(
        wiring.store, wiring.real_clock, command, lambda loaded: _add(wiring, loaded, command, wanted)
    )


def _add(
    wiring: Wiring, loaded: LoadedOrganisation, command: OwnerCommand, wanted: WantedMailing
) -> OrganisationChange:
    org = loaded.organisation
    if places := list(_faults(wiring, org, command, wanted)):
        raise Problem("invalid", "The mailing cannot be set as asked.", places=places)
    if len(org.mailings) >= MOST:
        raise Problem("limit-reached", Text("An organisation has at most {most} mailings.", most=MOST))
    made = Mailing(
        document=wanted.document,
        every=wanted.every,
        day=wanted.day,
        to=list(dict.fromkeys(wanted.to)),
        since=command.now,
    )
    mailing_id = id_of(wanted)
    fields = {"mailing": mailing_id, "document": made.document, "every": made.every, "day": made.day, "to": made.to}
    mailings = {**org.mailings, mailing_id: made}
    after, event = record_event(org, "mailing_set", fields, command.sub, command.now, mailings=mailings)
    calendar = wiring.compiled.get(org.id, org.policy_at(command.now)).calendar
    return OrganisationChange(after, [event], Answer.of(201, view(mailing_id, made, calendar, command.now)))


def id_of(wanted: WantedMailing) -> str:
    """Two mailings of one document in one rhythm are alike, whoever gets them and on whichever day."""
    return canonical.digest([wanted.document, wanted.every])[:12]


def _faults(wiring: Wiring, org: Organisation, command: OwnerCommand, wanted: WantedMailing) -> Iterator[Place]:
    if wanted.document not in DOCUMENTS:
        yield Place("/document", Text("must be one of: {known}", known=", ".join(DOCUMENTS)))
        return
    if id_of(wanted) in org.mailings:
        yield Place("/document", "is mailed for this period already; end that mailing first, or name its people in it")
    policy = wiring.compiled.get(org.id, org.policy_at(command.now))
    people = {one.sub: one for one in queries.people_by_sub(wiring.store, org.id, list(dict.fromkeys(wanted.to)))}
    for at, sub in enumerate(wanted.to):
        if sub not in people or not may_read(policy, people[sub], wanted.document):
            yield Place(f"/to/{at}", "is no member, or may not read this document")


def end(wiring: Wiring, command: OwnerCommand, mailing_id: str) -> Answer:
    """204. Raises `Problem`: `forbidden`, `not-found`, `conflict`. The caller binds the tenant."""
    return owner_command.run(wiring.store, wiring.real_clock, command, lambda loaded: _end(loaded, command, mailing_id))


def _end(loaded: LoadedOrganisation, command: OwnerCommand, mailing_id: str) -> OrganisationChange:
    org = loaded.organisation
    if mailing_id not in org.mailings:
        raise Problem("not-found", "There is no such mailing.")
    mailings = {name: one for name, one in org.mailings.items() if name != mailing_id}
    fields = {"mailing": mailing_id}
    after, event = record_event(org, "mailing_ended", fields, command.sub, command.now, mailings=mailings)
    return OrganisationChange(after, [event], Answer(204, None))
