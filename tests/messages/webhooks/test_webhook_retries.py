"""An unreachable receiver: retries for three days, then the webhook is disabled and its owner notified; replays."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import from_text
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess, advance
from tests.messages.webhooks.hooks import added, call, deliveries, listed, poster, types, verified


def test_a_refused_connection_only_delays_the_delivery(company: Organisation) -> None:
    hook = added(company, events=["registered"])
    poster(company).status = None
    number = company.file()
    [pending] = deliveries(company, "&state=pending")
    assert (pending["why"], pending["tries"]) == ("no answer: ConnectionRefusedError", 1)

    poster(company).status = 200
    advance(company.world, "2 minutes")

    [posted] = poster(company).posted
    assert (posted.headers["webhook-id"], verified(company, hook["secret"], posted)["data"]["number"]) == (
        f"{company.id}/{number}/1",
        number,
    )
    assert [(one["state"], one["tries"]) for one in deliveries(company)] == [("sent", 2)]


def test_the_waits_grow_for_three_days(company: Organisation) -> None:
    added(company, events=["registered"])
    poster(company).status = 503
    company.file()
    pauses = []
    while pending := deliveries(company, "&state=pending"):
        again = from_text(pending[0]["next_try_at"])
        pauses.append((again - company.world.now()) // 60_000)
        company.world.move_to(pending[0]["next_try_at"])

    assert pauses[:6] == [1, 3, 9, 27, 81, 243]
    assert max(pauses) == 720
    assert sum(pauses) == 72 * 60


def given_up() -> tuple[Organisation, str]:
    """An organisation, and the id of its webhook whose receiver did not answer for three days."""
    return prepared("given up", "2026-11-27T09:00:00+08:00", lambda world: _given_up(company_in(world)))


def _given_up(company: Organisation) -> tuple[Organisation, str]:
    hook = added(company, events=["registered"])
    poster(company).status = None
    company.file()
    advance(company.world, "73 hours")
    return company, str(hook["id"])


def test_after_three_days_it_is_disabled() -> None:
    company, _ = given_up()

    assert [(one["state"], one["disabled_because"]) for one in listed(company)] == [("disabled", "unreachable")]
    [failed] = deliveries(company, "&state=failed")
    assert failed["why"] == "given up after three days; the last attempt: no answer: ConnectionRefusedError"


def test_the_owner_gets_a_message_and_a_mail() -> None:
    company, name = given_up()

    text = f"Webhook {name} 无法送达或已被接收方取消，现已停用。如仍需使用，请更正后重新启用。"
    told = [one["text"]["zh"] for one in company.get("/messages", "owner")["messages"]]
    assert told == [text]
    assert company.world.mail(company.emails["owner"]).startswith(text)


def test_the_owners_notice_is_an_effect() -> None:
    company, _ = given_up()

    effects = company.get("/effects", "owner")["effects"]

    found = [(one["way"], one["state"]) for one in effects if one["about"] == "webhook_off"]
    assert sorted(found) == [("email", "sent"), ("in_app", "sent")]


def test_a_replay_starts_at_the_webhooks_creation(company: Organisation) -> None:
    """The webhook has no deliveries from before its creation, so earlier months are not read."""
    hook = added(company, events=["registered"])

    answer = call(company, "POST", f"/{hook['id']}/replay", {"since": "2000-01-01T00:00:00Z"})

    assert company.get(f"/jobs/{answer.json['job']}", "owner")["asked"]["since"] == hook["created_at"]


def test_many_failed_deliveries_notify_the_owner_once(company: Organisation) -> None:
    added(company)
    poster(company).status = 500
    company.file()
    company.file()
    advance(company.world, "80 hours")

    assert len(company.get("/messages", "owner")["messages"]) == 1


def test_a_receiver_that_is_gone_is_disabled_at_once(company: Organisation) -> None:
    added(company, events=["registered"])
    poster(company).status = 410
    company.file()

    assert [one["disabled_because"] for one in listed(company)] == ["gone"]
    assert [one["why"] for one in deliveries(company)] == ["the receiver answered 410 (gone)"]


@pytest.mark.parametrize(
    ("method", "body", "why"),
    [("PATCH", {"state": "disabled"}, "the webhook is disabled"), ("DELETE", None, "the webhook was removed")],
)
def test_a_webhook_that_its_owner_ended_gets_no_pending_delivery(
    company: Organisation, method: str, body: dict[str, str] | None, why: str
) -> None:
    hook = added(company, events=["registered"])
    poster(company).status = None
    company.file()
    tried = poster(company).tried
    assert call(company, method, f"/{hook['id']}", body).status < 300

    poster(company).status = 204
    advance(company.world, "2 minutes")

    assert (poster(company).tried, poster(company).posted) == (tried, [])
    assert [(one["state"], one["why"]) for one in deliveries(company)] == [("failed", why)]


def test_events_during_a_disabled_webhook_can_be_replayed() -> None:
    company, name = given_up()
    since = company.world.now()
    company.file()
    assert deliveries(company, "&state=failed")[0]["why"] == "the webhook is disabled"
    assert poster(company).tried < 20

    poster(company).status = 204
    assert call(company, "PATCH", f"/{name}", {"state": "active"}).json["state"] == "active"
    answer = call(company, "POST", f"/{name}/replay", {"since": "2026-11-27T00:00:00Z"})
    advance(company.world, "2 minutes")

    assert answer.status == 202
    assert types(company) == ["complaint.registered", "complaint.registered"]
    assert {one["state"] for one in deliveries(company, "&month=2026-11")} == {"sent"}
    assert company.get(f"/jobs/{answer.json['job']}", "owner")["state"] == "done"
    assert since > 0


def test_one_delivery_is_sent_again_under_the_same_id(company: Organisation) -> None:
    hook = added(company, events=["registered"])
    company.file()
    [sent] = deliveries(company)

    again = {"event": sent["event"], "recorded_at": sent["recorded_at"]}
    answer = call(company, "POST", f"/{hook['id']}/replay", again)
    advance(company.world, "2 minutes")

    assert (answer.status, answer.json["event"]) == (202, sent["event"])
    assert [posted.headers["webhook-id"] for posted in poster(company).posted] == [f"{company.id}/{sent['event']}"] * 2


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/event"),
        ({"event": "202611-000001/1"}, 422, "/recorded_at"),
        ({"since": "yesterday"}, 422, "/since"),
        ({"event": "202611-000009/1", "recorded_at": "2026-11-27T09:00:00Z"}, 404, None),
    ],
)
def test_an_invalid_replay_is_refused_with_its_place(
    company: Organisation, body: dict[str, str], status: int, pointer: str | None
) -> None:
    hook = added(company)

    answer = call(company, "POST", f"/{hook['id']}/replay", body)

    assert answer.status == status
    assert [one["pointer"] for one in answer.json.get("errors", [])] == ([pointer] if pointer else [])


def test_a_disabled_webhook_gets_no_replay() -> None:
    company, name = given_up()

    assert call(company, "POST", f"/{name}/replay", {"since": "2026-11-27T00:00:00Z"}).problem == "conflict"


def test_an_unreachable_receiver_delays_no_message_to_people(company: Organisation) -> None:
    added(company)
    poster(company).status = None

    number = company.file()

    assert company.told("agent", number) == [f"投诉 {number} 已登记，请记录详细信息并提交《客户投诉处理工单》。"]
    assert isinstance(company.world, InProcess)
    assert not company.world.fakes.effects.waiting


def test_the_daily_job_sends_no_old_event_to_a_new_webhook(company: Organisation) -> None:
    company.file()
    advance(company.world, "1 minutes")
    added(company, events=["registered"])

    advance(company.world, "27 hours")

    assert poster(company).posted == []
