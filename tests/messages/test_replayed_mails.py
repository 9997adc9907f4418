"""Owners resend a failed mail after its cause is fixed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.mailer import FakeMailer


def mailer(company: Organisation) -> FakeMailer:
    assert isinstance(company.world, InProcess)
    return company.world.fakes.mailer


def mails(company: Organisation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company.get("/effects?way=email&month=2026-11", "owner")["effects"]
    return found


@pytest.fixture
def failed(company: Organisation) -> dict[str, Any]:
    """A failed mail whose address the mail service accepts from now on."""
    mailer(company).rejected.add(company.emails["agent"])
    company.file()
    mailer(company).rejected.clear()
    [mail] = mails(company)
    assert mail["state"] == "failed"
    return mail


def again(company: Organisation, mail: dict[str, Any], who: str = "owner", **changes: str) -> Answer:
    body = {name: mail[name] for name in ("event", "recorded_at", "reader")} | changes
    return company.world.call("POST", f"{company.path}/effects/replay", body, auth=company.auth(who))


def test_a_resent_mail_is_sent_with_the_next_sweep(company: Organisation, failed: dict[str, Any]) -> None:
    answer = again(company, failed)
    advance(company.world, "1 minutes")

    assert (answer.status, answer.json) == (202, {"event": failed["event"], "reader": failed["reader"]})
    assert [(one["state"], one["why"], one["tries"]) for one in mails(company)] == [("sent", None, 1)]
    assert company.world.mail(company.emails["agent"]).startswith(
        f"投诉 {failed['number']} 已登记，请记录详细信息并提交《客户投诉处理工单》。"
    )


def test_a_resent_mail_is_retried_for_three_more_days(company: Organisation, failed: dict[str, Any]) -> None:
    mailer(company).down = True
    advance(company.world, "80 hours")

    again(company, failed)
    advance(company.world, "70 hours")

    assert [one["state"] for one in mails(company) if one["event"] == failed["event"]] == ["pending"]


def test_the_organisations_record_names_the_mail(company: Organisation, failed: dict[str, Any]) -> None:
    again(company, failed)

    event = company.get("/record", "owner")["events"][0]
    assert (event["type"], event["fields"]) == (
        "mail_replayed",
        {"event": failed["event"], "reader": failed["reader"]},
    )


def test_a_mail_that_has_not_failed_is_not_resent(company: Organisation, failed: dict[str, Any]) -> None:
    again(company, failed)
    assert again(company, failed).problem == "conflict"


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"event": "202611-000009/1"}, 404, None),
        ({"reader": "nobody"}, 404, None),
        ({"recorded_at": "yesterday"}, 422, "/recorded_at"),
    ],
)
def test_an_invalid_replay_is_refused_with_its_place(
    company: Organisation, failed: dict[str, Any], changes: dict[str, str], status: int, pointer: str | None
) -> None:
    answer = again(company, failed, **changes)

    assert answer.status == status
    assert [one["pointer"] for one in answer.json.get("errors", [])] == ([pointer] if pointer else [])


def test_only_owners_can_resend_a_mail(company: Organisation, failed: dict[str, Any]) -> None:
    assert again(company, failed, "agent").problem == "forbidden"
