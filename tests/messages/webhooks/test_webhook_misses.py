"""A receiver that refuses some events: the webhook stays enabled, and its owner is notified of the missed events."""

from __future__ import annotations

from chalicelib.store import keys
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess, advance
from tests.messages.webhooks.hooks import added, deliveries, listed, poster

START = "2026-11-27T09:00:00+08:00"


def unable(count: int = 1) -> Organisation:
    """Its receiver rejects the `registered` event of the first complaints. Three days follow, with one accepted event
    per day."""
    return prepared(("unable", count), START, lambda world: (_unable(company_in(world), count), ""))[0]


def _unable(company: Organisation, count: int) -> Organisation:
    added(company, events=["registered"])
    poster(company).unable = {f"{company.id}/202611-{number:06d}/1" for number in range(1, count + 1)}
    for _ in range(count):
        company.file()
    for _ in range(3):
        company.file()
        advance(company.world, "25 hours")
    return company


def told(company: Organisation) -> list[str]:
    return [one["text"]["en"] for one in company.get("/messages", "owner")["messages"]]


def test_only_that_delivery_has_failed() -> None:
    company = unable()
    number = next(iter(company.filed))

    assert [(one["event"], one["why"]) for one in deliveries(company, "&state=failed")] == [
        (f"{number}/1", "given up after three days; the last attempt: answered 500")
    ]
    assert len(poster(company).posted) == 3


def test_the_webhook_stays_enabled_and_gets_later_events() -> None:
    company = unable()
    before = len(poster(company).posted)

    company.file()

    assert [one["state"] for one in listed(company)] == ["active"]
    assert len(poster(company).posted) == before + 1


def test_its_owner_is_notified_by_message_and_mail() -> None:
    company = unable()

    name = listed(company)[0]["id"]
    first = f"Webhook {name} could not receive some events for three days"
    assert [text.startswith(first) for text in told(company)] == [True]
    assert company.world.mail(company.emails["owner"]).startswith(f"Webhook {name} 三天内未能接收某些事件")


def test_many_missed_events_notify_the_owner_once_a_day() -> None:
    company = unable(count=3)

    assert len(deliveries(company, "&state=failed")) == 3
    assert len(told(company)) == 1


def test_a_webhook_without_deliveries_in_the_retry_period_is_disabled(company: Organisation) -> None:
    added(company, events=["registered"])
    company.file()
    advance(company.world, "2 hours")
    poster(company).status = None
    company.file()

    advance(company.world, "73 hours")

    assert [one["disabled_because"] for one in listed(company)] == ["unreachable"]


def test_an_arrival_is_recorded_once_an_hour(company: Organisation) -> None:
    added(company, events=["registered"])
    company.file()
    version = _version(company)
    company.file()
    assert _version(company) == version

    advance(company.world, "61 minutes")
    company.file()

    assert _version(company) == version + 1


def _version(company: Organisation) -> int:
    assert isinstance(company.world, InProcess)
    key = keys.webhooks(company.id)
    return next(one.version or 0 for one in company.world.fakes.store.everything() if one.key == key)
