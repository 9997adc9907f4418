"""The daily mail: one that lists what a member was told since the last one, for those who chose it.

It has numbers and topics, and no text of a message. A run takes a lease before it sends, and says afterwards how far
the reader is told. If it stops in between, the next hour sends the mail again, under the same key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib import composition
from chalicelib.casework.authorization import not_excluding_member, read_asker
from chalicelib.features.messages.inbox import message, subject_line
from chalicelib.features.messages.inbox.message import InboxPeriod, Message
from chalicelib.features.messages.mail.send_mail import MailPage, compose_notice
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit import catalogue
from chalicelib.kit.instants import MINUTE, SECOND, Instant, from_text
from chalicelib.kit.mail import Mail
from chalicelib.limits import returned_mail
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime.explaining import clock_time
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry
from chalicelib.tenants import opening, organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import daily_readers, mail_trouble, membership
from chalicelib.tenants.people.daily_readers import DailyReader
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

FROM_HOUR = 8
"""Of the organisation's day: the first hourly run from then on sends the mails of the day."""
MOST_NOTICES = 200
"""Notices that one mail counts. Of more it says that there are more."""
MOST_LINES = 50
"""Complaints that one mail lists."""
LEASE = 5 * MINUTE
"""Real time; longer than a run of the hourly job."""
TIME_LIMIT = 60 * SECOND
"""Real time after which the other readers wait for the next hour."""
_SETTLED = 5 * MINUTE
"""A message is in the inbox by then, in its order."""


class _MailDay(NamedTuple):
    """What the mails of one run have in common. `now`: domain time."""

    wiring: Wiring
    org: Organisation
    policy: Policy
    now: Instant


class _Came(NamedTuple):
    """`more`: there are more than were read."""

    messages: Sequence[Message]
    more: bool


def send_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Sends the mails of the day that are not sent yet. The caller binds the tenant."""
    started, waiting = wiring.real_clock(), list(daily_readers.every(wiring.store, tenant))
    if not waiting or not opening.is_open(wiring.states, tenant):
        return
    org = organisation.load(wiring.store, tenant)
    day = _MailDay(wiring, org, wiring.compiled.get(tenant, org.policy_at(now)), now)
    for entry in waiting:
        if _is_due(day, daily_readers.FORM.read(entry)):
            with suppress(CommitConflict):  # another run has begun with this reader
                _tell(day, entry)
        if wiring.real_clock() - started >= TIME_LIMIT:
            return


def _is_due(day: _MailDay, reader: DailyReader) -> bool:
    zone = day.policy.calendar.zone
    today = wall_clock(zone, day.now)
    is_later_day = wall_clock(zone, reader.told).date() < today.date()
    return is_later_day and today.hour >= FROM_HOUR and reader.leased <= day.wiring.real_clock()


def _tell(day: _MailDay, entry: Entry) -> None:
    """Raises `CommitConflict` if another run has begun."""
    store, sub, reader = day.wiring.store, entry.key.sk, daily_readers.FORM.read(entry)
    own = membership.key(day.org.id, sub)
    person = membership.stored(store.get([own])[own])
    if not person.active or person.chosen.mails == "none":
        store.commit([daily_readers.end(entry)])
        return
    until = day.now - _SETTLED
    came = _came(day, person, InboxPeriod(reader.told, until))
    if came.messages:
        lease = daily_readers.change(entry, replace(reader, leased=day.wiring.real_clock() + LEASE))
        store.commit([lease])
        entry = lease.entry
        if not _sent(day, person, came):
            return
    if person.chosen.mails == "daily":
        store.commit([daily_readers.change(entry, replace(reader, told=until, leased=0))])
    else:
        store.commit([daily_readers.end(entry)])


def _came(day: _MailDay, person: Membership, period: InboxPeriod) -> _Came:
    """What the mail tells of, the oldest first, without complaints that exclude the person."""
    store, tenant = day.wiring.store, day.org.id
    found, more = message.within(store, tenant, person.sub, period, MOST_NOTICES)
    told = [one for one in found if one.daily]
    cases = [one.number for one in told if keys.is_case_number(one.number)]
    seen = set(not_excluding_member(store, tenant, person.sub, day.now, cases))
    return _Came([one for one in told if one.number in seen or not keys.is_case_number(one.number)], more)


def _sent(day: _MailDay, person: Membership, came: _Came) -> bool:
    """False if the mail is to be tried again. A mail that no retry helps is over."""
    wiring, tenant, to = day.wiring, day.org.id, person.email
    trouble = returned_mail.trouble_of(wiring.store, wiring.secrets, tenant, to, wiring.real_clock())
    if trouble != (person.mail or None):
        mail_trouble.record(wiring.store, tenant, person.sub, trouble)
    if trouble is not None:
        return True
    key = f"{tenant}/daily/{person.sub}/{wall_clock(day.policy.calendar.zone, day.now).date()}"
    tags = {"tenant": tenant, **returned_mail.tag(wiring.secrets, to)}
    try:
        with wiring.budgets.notice(wiring.store, tenant, day.org.limits, None):
            wiring.mailer.send(to, _mail(day, person, came), key=key, tags=tags)
    except DeliveryRefused:
        return True
    except DeliveryFailed:
        return False
    return True


def _mail(day: _MailDay, person: Membership, came: _Came) -> Mail:
    language = "zh" if person.spoken == "zh" else "en"
    words = catalogue.words("daily_mail", language)
    count = f"{len(came.messages)}{'+' if came.more else ''}"
    lines = _lines(day, language, came.messages)
    shown = [words["line"].format(about=about, topics=topics) for about, topics in lines[:MOST_LINES]]
    if came.more or len(lines) > MOST_LINES:
        shown.append(words["more"])
    shown.extend(_owed(day, person, words, language))
    return compose_notice(
        words["subject"].format(count=count),
        "\n".join([words["text"].format(count=count), "", *shown]),
        [words["choice"]],
        language=language,
        organisation=day.org.name,
        page=MailPage(f"{day.wiring.address}/t/{day.org.id}/desk/my-work"),
    )


def _owed(day: _MailDay, person: Membership, words: Mapping[str, str], language: str) -> Iterator[str]:
    """How much the person owes in other features, such as improvement actions, and what is due first. No title."""
    asker = read_asker(day.wiring.store, day.org.id, person.sub, day.now)
    found = [item for one in composition.loaded("owed") for item in one.listed(day.wiring, day.org.id, asker, day.now)]
    for kind in sorted({item.kind for item in found}):
        due = [item.due for item in found if item.kind == kind]
        first = clock_time(day.policy.calendar, from_text(min(due)), language)
        yield words[kind].format(count=len(due), due=first)


def _lines(day: _MailDay, language: str, messages: Sequence[Message]) -> list[tuple[str, str]]:
    """Each complaint or unit once, with the topics of its notices."""
    found: dict[str, list[str]] = {}
    for one in messages:
        topic = subject_line.topic(day.policy.document, one.wording, language)
        found.setdefault(_about(day, one.number), []).append(topic)
    between = "；" if language == "zh" else "; "
    return [(about, between.join(dict.fromkeys(topics))) for about, topics in found.items()]


def _about(day: _MailDay, number: str) -> str:
    if keys.is_case_number(number):
        return number
    unit = day.org.units.get(keys.unit_name(number)) if keys.is_unit(number) else None
    return day.org.name if unit is None else unit.name


def _send(hour: Hour) -> None:
    send_due(hour.wiring, hour.tenant, hour.now)


HOURLY = HourlyStep("daily mails", _send, after=("invitations",), last=True)
