"""Sign-ups in masses: one source, and the deployment, sign up a few organisations an hour, and mail no more people."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from chalicelib.kit.instants import DAY, HOUR, SECOND, to_text
from chalicelib.limits import returned_mail
from chalicelib.limits.budgets import HOURS, INVITATIONS, KIND, SIGN_UPS, Allowance, Budgets
from chalicelib.limits.returned_mail import Returned
from chalicelib.store.port import Entry
from chalicelib.tenants import directory
from chalicelib.tenants.people.invitation_mail import LEASE
from tests.helpers.fakes.client import Answer, fresh_key
from tests.helpers.fakes.prepares_once import PreparesOnce
from tests.helpers.fakes.wiring import fakes
from tests.helpers.nonempty import nonempty
from tests.kernel.tenants.world import SIGN_UP
from tests.kernel.web.serving import client_on

SOURCE = "192.0.2.1"


class Service:
    """A deployment with the budgets of the template, in two processes that share only the table."""

    def __init__(self, sign_ups: int = 500, mails: int = 50_000) -> None:
        self.fakes = fakes(policies=PreparesOnce())
        wiring = self.fakes.wiring
        allowance = Allowance(sign_ups, mails)
        self.clients = [
            client_on(replace(wiring, budgets=Budgets(wiring.secrets, wiring.real_clock, allowance))) for _ in range(2)
        ]

    def sign_up(self, n: int, source: str = SOURCE, key: str | None = None, **changes: str) -> Answer:
        body = {**SIGN_UP, "id": f"flood-{n}", "email": f"victim{n}@shop.example", **changes}
        return self.clients[n % 2].request("POST", "/v1/tenants", body, key=key or fresh_key(), address=source)

    def statuses(self, count: int, source: str = SOURCE, first: int = 0) -> Counter[int]:
        return Counter(self.sign_up(first + n, source).status for n in range(count))

    def uncounted(self) -> list[Entry]:
        return [entry for entry in self.fakes.store.everything() if entry.kind != KIND]

    def listed(self) -> int:
        return sum(entry.kind == directory.KIND for entry in self.fakes.store.everything())


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.mark.slow
def test_of_330_sign_ups_of_one_source_a_few_are_accepted(service: Service) -> None:
    assert service.statuses(330) == {201: SIGN_UPS, 429: 330 - SIGN_UPS}
    assert len(service.fakes.mailer.outbox) == len(service.fakes.identity.people) == service.listed() == SIGN_UPS


def test_a_refusal_names_the_limit_and_its_end(service: Service) -> None:
    service.statuses(SIGN_UPS)

    refused = service.sign_up(SIGN_UPS)

    now = service.fakes.real_clock()
    until = (now // HOUR + 1) * HOUR
    said = {name: refused.json[name] for name in ("limit", "most", "until")}
    assert said == {"limit": "sign_ups_from_an_address", "most": SIGN_UPS, "until": to_text(until)}
    assert int(refused.headers["Retry-After"]) == -(-(until - now) // SECOND)


def test_the_next_hour_starts_a_new_count(service: Service) -> None:
    service.statuses(SIGN_UPS)
    service.fakes.real_clock.advance(HOUR)
    assert service.sign_up(SIGN_UPS).status == 201


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (SOURCE, "192.0.2.2", 201),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:9:2::1", 201),
    ],
)
def test_an_ipv6_network_is_one_source(service: Service, first: str, second: str, status: int) -> None:
    service.statuses(SIGN_UPS, first)
    assert service.sign_up(SIGN_UPS, second).status == status


def test_a_repeated_sign_up_counts_once(service: Service) -> None:
    service.statuses(SIGN_UPS - 1)
    key = fresh_key()
    assert [service.sign_up(50, key=key).status for _ in range(3)] == [201] * 3
    assert service.sign_up(51).status == 429


def test_a_repeated_sign_up_is_answered_when_the_budget_is_used_up(service: Service) -> None:
    key = fresh_key()
    service.sign_up(50, key=key)
    service.statuses(SIGN_UPS)
    assert service.sign_up(50, key=key).status == 201


def same_mailbox(service: Service, n: int, key: str | None = None) -> Answer:
    return service.sign_up(n, key=key, email=f"v+{n}@shop.example")


def test_a_sign_up_that_the_limit_of_the_address_refuses_has_created_nothing(service: Service) -> None:
    assert [same_mailbox(service, n).status for n in range(INVITATIONS)] == [201] * INVITATIONS
    before, people = service.uncounted(), len(service.fakes.identity.people)

    refused = same_mailbox(service, INVITATIONS)

    assert (refused.status, refused.json["limit"]) == (429, "invitations_to_an_address")
    assert (service.uncounted(), len(service.fakes.identity.people)) == (before, people)
    assert service.sign_up(INVITATIONS).status == 201  # the id is free


def test_a_sign_up_that_the_deployments_mails_refuse_has_created_nothing() -> None:
    service = Service(mails=10)
    assert service.sign_up(0).status == 201
    before = service.uncounted()

    refused = service.sign_up(1)

    assert (refused.status, refused.json["limit"]) == (429, "all_starter_mails_an_hour")
    assert service.uncounted() == before


def test_a_sign_up_for_a_stopped_address_has_created_nothing(service: Service) -> None:
    [recipient] = returned_mail.tag(service.fakes.wiring.secrets, "victim0@shop.example").values()
    returned_mail.note(service.fakes.store, recipient, Returned("complained", "shop"), service.fakes.real_clock())
    before = service.fakes.store.everything()

    refused = service.sign_up(0)

    assert (refused.status, refused.pointer) == (422, "/email")
    assert service.fakes.store.everything() == before


def test_a_repeated_sign_up_counts_once_for_its_address(service: Service) -> None:
    key = fresh_key()
    assert [same_mailbox(service, 0, key).status for _ in range(3)] == [201] * 3
    statuses = [same_mailbox(service, n).status for n in range(1, INVITATIONS + 1)]
    assert statuses == [201] * (INVITATIONS - 1) + [429]


def test_a_sign_up_whose_mail_was_not_taken_counts_once_for_its_address(service: Service) -> None:
    key = fresh_key()
    service.fakes.mailer.down = True
    assert same_mailbox(service, 0, key).status >= 500
    service.fakes.mailer.down = False
    for n in range(1, INVITATIONS):
        same_mailbox(service, n)
    service.fakes.real_clock.advance(LEASE)

    assert same_mailbox(service, 0, key).status == 201
    assert len(service.fakes.mailer.outbox) == INVITATIONS


def test_two_runs_of_one_request_at_the_same_time_count_once(service: Service) -> None:
    service.statuses(SIGN_UPS - 2)
    key, store = fresh_key(), service.fakes.store

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            store.before = None
            service.sign_up(50, key=key)

    store.before = meanwhile
    assert service.sign_up(50, key=key).status == 201
    assert service.statuses(2, first=51) == {201: 1, 429: 1}


@pytest.mark.parametrize(
    ("changes", "status"), [({"id": "flood-0"}, 409), ({"id": "A"}, 422), ({"preset": "unknown"}, 422)]
)
def test_a_sign_up_that_fails_does_not_count(service: Service, changes: dict[str, str], status: int) -> None:
    service.statuses(SIGN_UPS - 1)
    assert [service.sign_up(50, **changes).status for _ in range(3)] == [status] * 3
    assert service.sign_up(51).status == 201


def test_many_sources_together_sign_up_a_tenth_of_the_day_in_an_hour() -> None:
    service = Service(sign_ups=40)
    answers = [service.sign_up(n, f"192.0.2.{n}") for n in range(6)]
    assert [answer.status for answer in answers] == [201] * 4 + [429] * 2
    assert answers[-1].json["limit"] == "all_sign_ups_an_hour"


def test_the_deployments_day_ends_the_sign_ups_of_all_sources() -> None:
    service = Service(sign_ups=10)
    service.fakes.real_clock.move_to((service.fakes.real_clock() // DAY + 1) * DAY)
    for n in range(HOURS):
        assert service.sign_up(n, f"192.0.2.{n}").status == 201
        service.fakes.real_clock.advance(HOUR)

    refused = service.sign_up(HOURS, "192.0.2.99")

    assert (refused.status, refused.json["limit"]) == (429, "all_sign_ups_a_day")


def test_what_the_deployment_refuses_does_not_count_for_the_source() -> None:
    service = Service(sign_ups=10)
    service.sign_up(0, "192.0.2.9")
    assert service.statuses(SIGN_UPS + 5, first=1) == {429: SIGN_UPS + 5}
    counts = {entry.key.pk: entry.count for entry in service.fakes.store.everything() if entry.kind == KIND}
    assert [count for pk, count in counts.items() if "~sign-ups#" in pk] == [1, 0]


def test_each_refusal_is_measured_for_an_alarm(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    service.statuses(SIGN_UPS + 3)
    assert capsys.readouterr().out.count('"SignUpRefusedToSource":[1.0]') == 3


def test_the_counters_expire_and_hold_no_address(service: Service) -> None:
    service.sign_up(0)
    counters = [entry for entry in service.fakes.store.everything() if entry.kind == KIND]
    now = service.fakes.real_clock()
    assert all(entry.expires is not None and entry.expires * SECOND > now for entry in nonempty(counters))
    assert not [entry for entry in counters if SOURCE in str(entry) or "victim" in str(entry)]
