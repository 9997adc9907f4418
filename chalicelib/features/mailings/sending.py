"""The hourly job's step that sends what is due: a link in a mail to each member who may still read it.

A run sends the mails before it records that they are sent. If it stops in between, the next hour sends them again
under the same keys. No figure is in a mail.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.inspections import produce, schedule
from chalicelib.features.mailings import timing
from chalicelib.features.mailings.readers import INSPECTION, may_read
from chalicelib.features.messages.mail.send_mail import MailPage, compose_notice
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep, tried_hourly
from chalicelib.kit import catalogue, observability
from chalicelib.kit.instants import Instant
from chalicelib.kit.mail import Mail
from chalicelib.limits import returned_mail
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.statistics.days import day_of
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants import opening, organisation
from chalicelib.tenants.organisation import Mailing, Organisation, record_event
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

FROM_HOUR = 8
"""Of the organisation's day."""
SENT_EVENT = "mailing_sent"


@tried_hourly("The mailings were not sent")
def run(wiring: Wiring, tenant: str, now: Instant) -> None:
    """The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    if not org.mailings or not opening.is_open(wiring.states, tenant):
        return
    calendar = wiring.compiled.get(tenant, org.policy_at(now)).calendar
    if wall_clock(calendar.zone, now).hour < FROM_HOUR:
        return
    for mailing_id, mailing in org.mailings.items():
        if timing.is_due(mailing, _day(calendar, now), _day(calendar, mailing.since)):
            _send(wiring, org, mailing_id, mailing, timing.latest(mailing, _day(calendar, now)).period, now)


def _day(calendar: Calendar, at: Instant) -> date:
    return date.fromisoformat(day_of(calendar, at))


def _send(
    wiring: Wiring, org: Organisation, mailing_id: str, mailing: Mailing, period: CalendarPeriod, now: Instant
) -> None:
    address = _address(wiring, org, mailing, period, now)
    if address is None:
        observability.info("A mailing waits for the figures", tenant=org.id)
        return
    policy, told = wiring.compiled.get(org.id, org.policy_at(now)), 0
    for person in queries.people_by_sub(wiring.store, org.id, mailing.to):
        if not may_read(policy, person, mailing.document):
            continue
        if not _mailed(
            wiring, org, person, _mail(org, mailing, period, person, address), f"{mailing_id}/{period.name}"
        ):
            return
        told += 1
    retry_on_conflict(lambda: _record(wiring, org.id, mailing_id, period, told, now))


def _address(wiring: Wiring, org: Organisation, mailing: Mailing, period: CalendarPeriod, now: Instant) -> str | None:
    """The page of the document at the desk. None while the inspection cannot be made yet."""
    desk = f"{wiring.address}/t/{org.id}/desk/reports"
    if mailing.document != INSPECTION:
        return f"{desk}/mailed.csv?report={mailing.document}&period={period.name}"
    if not produce.editions(wiring.store, org.id, period):
        schedule.produce_missing(wiring, org.id, period, now)
    known = produce.editions(wiring.store, org.id, period)
    return f"{desk}/inspections/{known[-1].id}" if known else None


def _mail(org: Organisation, mailing: Mailing, period: CalendarPeriod, person: Membership, address: str) -> Mail:
    language = "zh" if person.spoken == "zh" else "en"
    words = catalogue.words("mailing_mail", language)
    document = catalogue.words("mailing_documents", language)[mailing.document]
    named = {"document": document, "period": period.name}
    return compose_notice(
        words["subject"].format(**named),
        words["text"].format(**named),
        [words["why"]],
        language=language,
        organisation=org.name,
        page=MailPage(address),
    )


def _mailed(wiring: Wiring, org: Organisation, person: Membership, mail: Mail, about: str) -> bool:
    """False if the mail is to be tried again. One that no retry helps is over."""
    to, key = person.email, f"{org.id}/mailing/{about}/{person.sub}"
    if returned_mail.trouble_of(wiring.store, wiring.secrets, org.id, to, wiring.real_clock()) is not None:
        return True
    tags = {"tenant": org.id, **returned_mail.tag(wiring.secrets, to)}
    try:
        with wiring.budgets.notice(wiring.store, org.id, org.limits, None):
            wiring.mailer.send(to, mail, key=key, tags=tags)
    except DeliveryRefused:
        return True
    except DeliveryFailed:
        return False
    return True


def _record(wiring: Wiring, tenant: str, mailing_id: str, period: CalendarPeriod, told: int, now: Instant) -> None:
    """Nothing if it was ended meanwhile, or another run has recorded it."""
    org = organisation.load(wiring.store, tenant)
    mailing = org.mailings.get(mailing_id)
    if mailing is None or mailing.sent == period.name:
        return
    mailings = {**org.mailings, mailing_id: replace(mailing, sent=period.name)}
    fields = {"mailing": mailing_id, "period": period.name, "mails": told}
    after, event = record_event(org, SENT_EVENT, fields, "system", now, actor=SYSTEM, mailings=mailings)
    wiring.store.commit([organisation.change(after, org), event])


HOURLY = HourlyStep(
    "mailings",
    lambda hour: run(hour.wiring, hour.tenant, hour.now),
    after=("inspections",),
    in_turn=ORGANISATION,
)
