"""Nothing leaves a practice organisation: by no way of notification, no webhook, no mail, no export, no invitation.

What could leave follows from the rows of the ways and from the ports. So a new way, or a new port to the outside, is
tried here by itself.
"""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from chalicelib import ports
from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.inbox.recipients import Addressed
from chalicelib.features.messages.ways import WAYS, Way
from chalicelib.features.practice.outgoing import GUARDS
from chalicelib.kit.mail import Mail
from chalicelib.kit.problem import Problem
from chalicelib.ports import DeliveryFailed
from chalicelib.wiring import Wiring
from tests.clauses.organisation import Organisation, with_mails
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty
from tests.leaving.test_leaving import leave
from tests.organisations.practice.practising import practice_of, world_of

OUTGOING = "Outgoing"
"""Begins the description of a port that sends to people or systems outside."""
HOOK = {"url": "https://receiver.example/hook", "events": ["*"]}


def call(made: Organisation, method: str, path: str, body: Any = None) -> Answer:
    return made.world.call(method, made.path + path, body, auth=made.auth("owner"))


def worked_through(made: Organisation) -> None:
    """A complaint whose complainant and staff are told of what happens."""
    with_mails(made)
    made.filer = ""
    number = made.file()
    made.act(number, "owner", "accept", responsible=made.subs["owner"])
    made.world.settle()


def outside(made: Organisation) -> tuple[int, int]:
    """What was sent so far: mails, and requests to webhooks."""
    fakes = world_of(made).fakes
    return len(fakes.mailer.outbox), len(fakes.poster.posted)


def test_each_port_that_sends_outside_has_a_guard() -> None:
    protocols = {name for name, one in vars(ports).items() if (inspect.getdoc(one) or "").startswith(OUTGOING)}
    sending = {name for name, port in Wiring.__annotations__.items() if port in protocols}
    assert sending == {"mailer", "poster"}
    assert sending <= GUARDS.keys()


@pytest.mark.parametrize("way", sorted(WAYS))
def test_no_notice_leaves_by_any_way(office: Organisation, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With this way alone, the real organisation sends by it, if it sends at all, and the practice does not."""
    practice = practice_of(office)
    kept = {name: one for name, one in WAYS.items() if name in (way, "in_app")}
    monkeypatch.setattr("chalicelib.features.messages.ways.WAYS", kept)
    before = outside(practice)
    worked_through(practice)
    assert outside(practice) == before


def test_the_same_steps_send_mails_from_the_organisation_itself(office: Organisation) -> None:
    office.tokens["owner"], office.subs["owner"] = office.tokens["screener"], office.subs["handler"]
    before = outside(office)
    worked_through(office)
    assert outside(office)[0] > before[0]


def test_a_way_that_is_added_sends_through_the_guarded_ports(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service for messages to telephones that posts to a gateway."""
    tried = []

    def send(wiring: Wiring, _tenant: str, event: Event, _delivery: Delivery, _found: Addressed) -> None:
        tried.append(event.id)
        wiring.poster.post("https://sms.example", {"webhook-id": event.id}, b"")

    practice = practice_of(office)
    monkeypatch.setitem(WAYS, "sms", Way(send=send))
    before = outside(practice)
    worked_through(practice)
    assert tried
    assert outside(practice) == before


def test_a_mail_is_held_with_its_text(practice: Organisation) -> None:
    worked_through(practice)
    fakes = world_of(practice).fakes
    stored = [one for one in fakes.store.everything() if one.kind == "held-mail"]
    assert {one.key.pk.split("#")[1] for one in nonempty(stored)} == {practice.id}


def test_a_mail_for_no_organisation_is_refused(practice: Organisation) -> None:
    wiring = world_of(practice).fakes.wiring
    with binding.directory(), pytest.raises(binding.Unbound):
        wiring.mailer.send("li@customer.example", Mail("en", "Hello", ["Text"]))


def test_a_webhook_is_refused(practice: Organisation) -> None:
    refused = call(practice, "POST", "/webhooks", HOOK)
    assert (refused.status, refused.pointer) == (422, "/url")


def test_a_request_to_a_webhook_is_refused_whatever_is_registered(practice: Organisation) -> None:
    wiring = world_of(practice).fakes.wiring
    with binding.tenant(practice.id), pytest.raises(DeliveryFailed):
        wiring.poster.post(HOOK["url"], {"webhook-id": "1"}, b"")  # type: ignore[arg-type]
    assert world_of(practice).fakes.poster.posted == []


@pytest.mark.parametrize("format_", ["archive", "event-log"])
def test_an_export_is_refused(practice: Organisation, format_: str) -> None:
    refused = call(practice, "POST", f"/exports?format={format_}")
    assert (refused.status, refused.problem) == (403, "practice")


def test_a_link_to_an_archive_is_refused(practice: Organisation) -> None:
    wiring = world_of(practice).fakes.wiring
    with binding.tenant(practice.id), pytest.raises(Problem):
        wiring.vault.link(f"exports/{practice.id}/1.zip", seconds=60, name="1.zip")


def test_no_person_is_invited(practice: Organisation) -> None:
    before = {*world_of(practice).fakes.identity.people}
    body = {"email": "wang@elsewhere.example", "name": "王", "grants": [{"role": "owner"}]}
    refused = call(practice, "POST", "/people", body)
    assert (refused.status, refused.problem) == (403, "practice")
    assert {*world_of(practice).fakes.identity.people} == before


def test_no_report_about_the_office_reaches_the_operators(practice: Organisation) -> None:
    body = {"about": {"office": True}, "to": "operators", "text": "They do not answer."}
    refused = practice.world.call("POST", f"{practice.path}/supervision", body)
    assert (refused.status, refused.problem) == (403, "practice")


def test_a_practice_that_has_ended_sends_nothing_either(practice: Organisation) -> None:
    worked_through(practice)
    leave(practice)
    before = outside(practice)
    world_of(practice).fakes.real_clock.advance(61_000)
    practice.world.settle()
    world_of(practice).sweep()
    assert outside(practice) == before


def test_robots_leave_its_pages_out(office: Organisation, practice: Organisation) -> None:
    found = [made.world.call("GET", f"/t/{made.id}").headers.get("X-Robots-Tag") for made in (office, practice)]
    assert found == [None, "noindex"]
