"""Webhooks: access, payloads and signatures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.limits.plans import PLANS
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.messages.webhooks.hooks import URL, added, call, listed, poster, types, verified

WEBHOOKS = PLANS["starter"].webhooks


def test_an_event_arrives_signed_under_its_own_id(company: Organisation) -> None:
    hook = added(company, events=["registered"])

    number = company.file()

    [posted] = poster(company).posted
    event = verified(company, hook["secret"], posted)
    assert (posted.url, posted.headers["webhook-id"]) == (URL, f"{company.id}/{number}/1")
    assert (event["type"], event["data"]["number"], event["data"]["stage"]) == (
        "complaint.registered",
        number,
        company.complaint(number, "agent")["stage"],
    )


def test_ids_are_unique_across_organisations(company: Organisation) -> None:
    """Receivers detect repeats by the id (Standard Webhooks), and organisations use the same complaint numbers."""
    neighbour = company_in(company.world)
    for each in (company, neighbour):
        added(each, events=["registered"])
        each.file()

    ids = [posted.headers["webhook-id"] for posted in poster(company).posted]

    assert (len(ids), len(set(ids))) == (2, 2)


def test_only_subscribed_events_are_sent(company: Organisation) -> None:
    added(company, events=["accepted"])
    number = company.file()

    company.act(number, "agent", "accept", agent_team="一", agent_number="7")

    assert types(company) == ["complaint.accepted"]


def test_a_webhook_without_event_types_gets_all_events(company: Organisation) -> None:
    added(company)
    number = company.file()

    recorded = [f"complaint.{event['type']}" for event in company.events(number)]

    assert sorted(types(company)) == sorted(recorded)


def test_the_payload_has_no_texts_and_no_people(company: Organisation) -> None:
    added(company)
    number = company.file(facts={"content": "缺斤短两", "complainant.salutation": "张先生"})
    company.act(number, "agent", "accept", agent_team="一", agent_number="7")

    sent = b"".join(posted.body for posted in poster(company).posted).decode()

    receipt = company.events(number)[0]["fields"]["receipt"]
    words = ["缺斤短两", "张先生", receipt, company.subs["agent"], "agent_number"]
    assert [word for word in words if word in sent] == []


def test_the_secret_is_shown_once(company: Organisation) -> None:
    hook = added(company)

    assert hook["secret"].startswith("whsec_")
    assert [(one["id"], one["url"], one["state"], "secret" in one) for one in listed(company)] == [
        (hook["id"], URL, "active", False)
    ]


def test_a_repeated_request_shows_the_same_and_adds_nothing(company: Organisation) -> None:
    key = {"Idempotency-Key": "b3b6f5a0-6d2f-4f0e-9a55-0c6c1c5d2f10"}
    first, again = (call(company, "POST", body={"url": URL}, headers=key) for _ in range(2))

    assert (again.status, again.json) == (201, first.json)
    assert len(listed(company)) == 1


def test_the_stored_answer_has_no_secret(company: Organisation) -> None:
    hook = added(company)

    assert isinstance(company.world, InProcess)
    holders = {one.kind for one in company.world.fakes.store.everything() if hook["secret"] in one.body}
    assert holders == {"webhooks"}, "the tests' sealer leaves values readable, and only the sealed one is there"


def test_after_a_rotation_both_secrets_verify_for_a_day(company: Organisation) -> None:
    hook = added(company, events=["registered"])
    rotated = call(company, "PATCH", f"/{hook['id']}", {"rotate": True}).json
    company.file()

    posted = poster(company).posted[-1]
    assert rotated["secret"] != hook["secret"]
    assert verified(company, hook["secret"], posted) == verified(company, rotated["secret"], posted)

    advance(company.world, "25 hours")
    company.file()

    assert len(poster(company).posted[-1].headers["webhook-signature"].split()) == 1
    verified(company, rotated["secret"], poster(company).posted[-1])


def test_url_and_event_types_can_be_changed(company: Organisation) -> None:
    hook = added(company)

    answer = call(company, "PATCH", f"/{hook['id']}", {"url": URL + "/2", "events": ["registered"]})
    company.file()

    assert (answer.json["url"], answer.json["events"]) == (URL + "/2", ["registered"])
    assert [posted.url for posted in poster(company).posted] == [URL + "/2"]


def test_a_removed_webhook_gets_no_events(company: Organisation) -> None:
    hook = added(company)
    assert call(company, "DELETE", f"/{hook['id']}").status == 204

    company.file()

    assert (listed(company), poster(company).posted) == ([], [])


def test_a_ping_arrives_signed_and_is_marked_as_a_ping(company: Organisation) -> None:
    hook = added(company, events=["registered"])

    answer = call(company, "POST", f"/{hook['id']}/ping")

    assert answer.json == {"delivered": True, "why": None}
    assert verified(company, hook["secret"], poster(company).posted[-1])["type"] == "ping"


@pytest.mark.parametrize(("status", "why"), [(500, "answered 500"), (302, "answered 302"), (410, "answered 410")])
def test_a_failed_ping_gives_the_reason(company: Organisation, status: int, why: str) -> None:
    hook = added(company)
    poster(company).status = status

    assert call(company, "POST", f"/{hook['id']}/ping").json == {"delivered": False, "why": why}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "", {"url": URL}),
        ("GET", "", None),
        ("PATCH", "/{}", {"rotate": True}),
        ("DELETE", "/{}", None),
        ("POST", "/{}/ping", None),
        ("POST", "/{}/replay", {"since": "2026-11-01T00:00:00Z"}),
    ],
)
def test_only_owners_have_access_to_webhooks(company: Organisation, method: str, path: str, body: Any) -> None:
    hook = added(company)

    answer = call(company, method, path.format(hook["id"]), body, who="team_lead")

    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"url": "http://hooks.example/"}, "/url"),
        ({"url": ""}, "/url"),
        ({"url": URL, "events": ["registered", "exploded"]}, "/events/1"),
        ({"url": URL, "secret": "mine"}, "/secret"),
        ({}, "/url"),
    ],
)
def test_an_invalid_webhook_is_refused_with_its_place(
    company: Organisation, body: dict[str, Any], pointer: str
) -> None:
    answer = call(company, "POST", body=body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert listed(company) == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PATCH", "", {"rotate": True}), ("DELETE", "", None), ("POST", "/ping", None)],
)
def test_an_unknown_webhook_is_not_found(company: Organisation, method: str, path: str, body: Any) -> None:
    assert call(company, method, f"/wh_none{path}", body).problem == "not-found"


def _used(company: Organisation) -> Any:
    return company.world.call("GET", f"{company.path}/usage", auth=company.auth("owner")).json["limits"]["webhooks"]


def test_the_plan_limits_the_number_of_webhooks(company: Organisation) -> None:
    for _ in range(WEBHOOKS):
        added(company)

    answer = call(company, "POST", body={"url": URL})

    assert (answer.status, answer.problem) == (402, "quota-exceeded")
    assert (answer.json["limit"], answer.json["most"]) == ("webhooks", WEBHOOKS)


def test_the_use_of_the_plan_counts_webhooks(company: Organisation) -> None:
    hook = added(company)
    added(company)
    call(company, "PATCH", f"/{hook['id']}", {"rotate": True})
    before = _used(company)["used"]

    call(company, "DELETE", f"/{hook['id']}")

    assert (before, _used(company)["used"]) == (2, 1)


def test_the_organisations_record_names_the_webhook_and_not_its_address(company: Organisation) -> None:
    hook = added(company)

    assert isinstance(company.world, InProcess)
    events = [
        json.loads(one.body)
        for one in company.world.fakes.store.everything()
        if one.key.pk.endswith("#ORG") and one.key.sk[:2] == "E#"
    ]
    [event] = [event for event in events if event["type"] == "webhook_added"]
    assert event["fields"] == {"webhook": hook["id"], "events": []}
