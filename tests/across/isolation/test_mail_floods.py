"""Mails in masses: of one organisation, of the deployment, to one mailbox, and by filings of one source.

A notice that is refused waits and is sent later. An invitation that is refused gets 429.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, HOUR, SECOND, to_text
from chalicelib.limits.budgets import INVITATIONS, INVITATIONS_A_PERSON, NOTICES, Allowance, Budgets
from chalicelib.limits.daily_filings import MAILED, DailyFilings
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from chalicelib.store.port import Key
from chalicelib.tenants.people.invitation_mail import LEASE
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty

PLAN = PLANS["starter"]


class Service:
    """An organisation in a deployment with budgets."""

    def __init__(self) -> None:
        self.world = InProcess("2026-11-27T09:00:00+08:00")
        self.office = sign_up(self.world, "corporate-standard")
        self.fakes = self.world.fakes
        self.fakes.real_clock.move_to((self.fakes.real_clock() // DAY + 1) * DAY)
        force_setattr(self.wiring, "filings", DailyFilings(self.fakes.store, self.fakes.real_clock))
        self.allow()

    def allow(self, mails: int = 50_000) -> None:
        allowance = Allowance(500, mails)
        force_setattr(self.wiring, "budgets", Budgets(self.wiring.secrets, self.fakes.real_clock, allowance))

    def on_plan(self, plan: str) -> None:
        answer = self.world.operate("PUT", f"/tenants/{self.office.id}/plan", {"plan": plan})
        assert answer.status == 200, answer.text

    @property
    def wiring(self) -> Any:
        return self.fakes.wiring

    @property
    def today(self) -> int:
        return self.fakes.real_clock() // DAY

    def counted_before(self, key: Key, count: int) -> None:
        with binding.tenant(self.office.id) if key.pk.startswith("T#") else binding.directory():
            self.fakes.store.count(key, "budget", step=count)

    def invite(self, email: str) -> Answer:
        body = {"email": email, "name": "Lin", "grants": [{"role": "agent"}]}
        return self.world.call("POST", f"{self.office.path}/people", body, auth=self.as_owner())

    def as_owner(self) -> str:
        """On another day: the first token has expired."""
        return "Bearer " + self.fakes.identity.token_of(self.office.emails["owner"])

    def file(self, email: str | None, office: Organisation | None = None, *, auth: str | None = None) -> Answer:
        office = office or self.office
        example = office.example()
        facts = {name: value for name, value in example["facts"].items() if name != "complainant.email"}
        facts |= {} if email is None else {"complainant.email": email}
        return self.world.call("POST", f"{office.path}/complaints", {**example, "facts": facts}, auth=auth)

    def mails(self, to: str) -> int:
        self.world.settle()
        return len(self.fakes.mailer.to(to))

    def later(self, milliseconds: int) -> None:
        self.fakes.real_clock.advance(milliseconds)
        self.world.move_to(to_text(self.world.now() + milliseconds))


@pytest.fixture
def service() -> Service:
    return Service()


FORMS = ["a@shop.example", "A@shop.example", "a+1@shop.example", "A+x+y@shop.example"]


def test_spellings_of_one_mailbox_share_its_limit_of_invitations(service: Service) -> None:
    for n in range(INVITATIONS):
        body = {"id": f"mailer-{n}", "name": "示例", "email": FORMS[n % 4], "preset": "corporate-standard"}
        assert service.world.call("POST", "/v1/tenants", body).status == 201

    for form in FORMS:
        service.fakes.real_clock.advance(LEASE)
        assert service.invite(form).json["limit"] == "invitations_to_an_address"
    assert len([one for one in service.fakes.mailer.outbox if one.to.endswith("@shop.example")]) == INVITATIONS


def test_spellings_of_one_mailbox_share_its_limit_of_notices(service: Service) -> None:
    for n in range(NOTICES + 4):
        assert service.file(FORMS[n % 4]).status == 201
    assert sum(service.mails(form) for form in FORMS) == NOTICES


def test_an_organisation_that_has_used_up_its_mails_invites_no_more_people_today(service: Service) -> None:
    service.counted_before(keys.mails_counter(service.office.id, "mails", service.today), PLAN.mails_a_day - 1)

    first, second = service.invite("a@shop.example"), service.invite("b@shop.example")

    assert (first.status, second.status, second.json["limit"]) == (201, 429, "mails_a_day")
    assert (service.mails("a@shop.example"), service.mails("b@shop.example")) == (1, 0)


def test_the_refused_invitation_is_mailed_when_it_is_repeated_on_the_next_day(service: Service) -> None:
    service.counted_before(keys.mails_counter(service.office.id, "mails", service.today), PLAN.mails_a_day)
    service.invite("a@shop.example")
    service.fakes.real_clock.advance(DAY)

    assert service.invite("a@shop.example").status == 201
    assert service.mails("a@shop.example") == 1


def test_an_organisation_invites_two_people_a_day_for_each_person_of_its_plan(service: Service) -> None:
    most = INVITATIONS_A_PERSON * PLAN.people
    service.counted_before(keys.mails_counter(service.office.id, "invitations", service.today), most)

    assert service.invite("a@shop.example").json["limit"] == "invitations_a_day"
    service.file("b@shop.example")
    assert service.mails("b@shop.example") == 1


def test_notices_wait_for_the_organisations_next_day_and_are_not_lost(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.counted_before(keys.mails_counter(service.office.id, "mails", service.today), PLAN.mails_a_day)
    service.file("a@shop.example")
    assert service.mails("a@shop.example") == 0
    assert '"MailRefusedToTenant":[1.0]' in capsys.readouterr().out

    service.later(26 * HOUR)

    assert service.mails("a@shop.example") >= 1


def test_another_organisation_has_mails_left(service: Service) -> None:
    other = sign_up(service.world, "corporate-standard")
    service.counted_before(keys.mails_counter(service.office.id, "mails", service.today), PLAN.mails_a_day)
    service.file("a@shop.example", other)
    assert service.mails("a@shop.example") == 1


def test_all_organisations_together_send_a_tenth_of_the_day_in_an_hour(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.on_plan("large")
    service.allow(mails=20)
    sent = len(service.fakes.mailer.outbox)

    for n in range(4):
        service.file(f"a{n}@shop.example")
        service.world.settle()

    assert len(service.fakes.mailer.outbox) == sent + 2
    assert '"MailRefused":[1.0]' in capsys.readouterr().out
    assert service.invite("b@shop.example").json["limit"] == "all_mails_an_hour"

    service.later(HOUR)

    assert len(service.fakes.mailer.outbox) == sent + 4


def test_an_organisation_that_anybody_can_sign_up_sends_a_tenth_of_the_deployments_hour(service: Service) -> None:
    other = sign_up(service.world, "corporate-standard")
    service.allow(mails=2_000)
    hour = service.fakes.real_clock() // HOUR
    service.counted_before(keys.mails_counter(service.office.id, "mails_an_hour", hour), 20 - 2)
    outbox = service.fakes.mailer.outbox
    sent = len(outbox)

    for n in range(4):
        service.file(f"a{n}@shop.example")
        service.world.settle()

    assert len(outbox) == sent + 2
    service.file("b@shop.example", other)
    assert service.mails("b@shop.example") == 1
    service.later(HOUR)
    assert [service.mails(f"a{n}@shop.example") for n in range(4)] == [1, 1, 1, 1]


@pytest.mark.parametrize(("window", "length", "half"), [("an_hour", HOUR, 10), ("a_day", DAY, 100)])
def test_such_organisations_together_leave_half_of_the_mails_to_others(
    service: Service, window: str, length: int, half: int
) -> None:
    service.allow(mails=200)
    now = service.fakes.real_clock() // length
    service.counted_before(keys.deployment_counter(f"starter_mails_{window}", now), half)

    assert service.invite("a@shop.example").json["limit"] == f"all_starter_mails_{window}"
    service.on_plan("standard")
    service.fakes.real_clock.advance(LEASE)
    assert service.invite("a@shop.example").status == 201


def test_mails_that_the_mail_service_does_not_take_count_for_nothing(service: Service) -> None:
    service.fakes.mailer.down = True
    service.file("a@shop.example")
    service.world.settle()
    service.later(2 * HOUR)

    counters = [one for one in service.fakes.store.everything() if one.kind == "budget" and "mails" in one.key.pk]
    today = [one for one in counters if one.expires and one.expires * SECOND > service.fakes.real_clock() + DAY]
    assert {one.count for one in nonempty(today)} == {0}


def test_a_source_files_few_complaints_with_an_address_at_all_organisations_together(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    other = sign_up(service.world, "corporate-standard")
    service.file("a0@shop.example")
    [counter] = [one for one in service.fakes.store.everything() if "~filings#" in one.key.pk]
    service.counted_before(counter.key, MAILED - 2)

    answers = [service.file("a1@shop.example"), service.file("a2@shop.example", other)]

    assert [answer.status for answer in answers] == [201, 429]
    assert answers[1].json["limit"] == "mailed_complaints_from_an_address"
    assert '"FilingRefusedToSource":[1.0]' in capsys.readouterr().out
    assert service.file(None, other).status == 201


def test_a_stranger_who_files_as_a_member_of_their_own_organisation_is_counted_too(service: Service) -> None:
    service.file("a0@shop.example")
    [counter] = [one for one in service.fakes.store.everything() if "~filings#" in one.key.pk]
    service.counted_before(counter.key, MAILED - 2)

    assert [service.file(f"{one}@shop.example", auth=service.as_owner()).status for one in ("a1", "a2")] == [201, 429]
    service.on_plan("standard")
    service.fakes.real_clock.advance(LEASE)
    assert service.file("a3@shop.example", auth=service.as_owner()).status == 201
