"""Upload tickets of people without an account reserve only shares of the plan's bytes."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import DAY, SECOND
from chalicelib.limits.evidence_quota import ADDRESS_SHARE, AWAITED_SHARE, UPLOADS_KIND
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.clauses.organisation import Organisation, sign_up
from tests.helpers.fakes.client import Answer, fresh_key
from tests.helpers.nonempty import nonempty
from tests.kernel.web.untouched import in_process

PLAN = PLANS["starter"]
GIB, PART = 1024**3, 16 * 1024**2
HERE, THERE = "198.51.100.7", "203.0.113.9"


def declare(company: Organisation, number: str, size: int, who: str = "complainant", address: str = HERE) -> Answer:
    """Of a video: above 100 MiB with the digests of its parts."""
    parts = ["0" * 64] * -(-size // PART) if size > 100 * 1024**2 else []
    body = {"kind": "video", "name": "a.mp4", "size": size, "media_type": "video/mp4", "sha256": "0" * 64}
    client: Any = in_process(company).client
    headers = {"Authorization": company.auth(who, number)}
    path = f"{company.path}/complaints/{number}/evidence"
    answer: Answer = client.request(
        "POST", path, {**body, "parts": parts}, headers=headers, address=address, key=fresh_key()
    )
    return answer


def reserved(company: Organisation) -> int:
    return int(company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"])


def test_one_filing_cannot_reserve_the_plan(company: Organisation) -> None:
    """Once, two tickets of 5 GiB reserved the plan's 10 GiB for a day."""
    number = company.file()
    answers = [declare(company, number, 5 * GIB) for _ in range(2)]

    assert [(answer.status, answer.json["limit"]) for answer in answers] == [(402, "awaited_bytes")] * 2
    assert reserved(company) == 0


def test_a_complaint_awaits_a_tenth_of_the_plan(company: Organisation) -> None:
    number, most = company.file(), PLAN.evidence_bytes // AWAITED_SHARE
    assert declare(company, number, most - 10).status == 201
    refused = declare(company, number, 11)
    assert (refused.status, refused.json["limit"], refused.json["most"]) == (402, "awaited_bytes", most)
    assert declare(company, number, 10).status == 201


def test_an_address_declares_a_fifth_of_the_plan_a_day(company: Organisation) -> None:
    step = PLAN.evidence_bytes // AWAITED_SHARE
    for _ in range(AWAITED_SHARE // ADDRESS_SHARE):
        assert declare(company, company.file(), step).status == 201
    number = company.file()

    refused = declare(company, number, 1)

    assert (refused.status, refused.json["limit"]) == (429, "uploads_from_an_address")
    assert declare(company, number, 1, address=THERE).status == 201
    in_process(company).fakes.real_clock.advance(DAY)
    assert declare(company, number, 1).status == 201


def test_a_quarter_of_the_plan_stays_for_the_staff(company: Organisation) -> None:
    number, step = company.file(), PLAN.evidence_bytes // AWAITED_SHARE
    statuses = [declare(company, company.file(), step, address=f"192.0.2.{host}").status for host in range(9)]

    assert statuses == [201] * 7 + [402] * 2
    assert declare(company, number, 2 * GIB, "agent").status == 201


def test_the_staff_are_not_counted_by_address_or_complaint(company: Organisation) -> None:
    number = company.file()
    assert declare(company, number, 5 * GIB, "agent").status == 201
    assert declare(company, number, 1).status == 402
    assert declare(company, company.file(), 1).status == 201


def test_the_counter_expires_and_has_no_address(company: Organisation) -> None:
    declare(company, company.file(), 7)
    found = [entry for entry in in_process(company).fakes.store.everything() if entry.kind == UPLOADS_KIND]
    now = in_process(company).fakes.real_clock()
    assert [entry.count for entry in found] == [7]
    assert all(entry.expires is not None and entry.expires * SECOND <= now + 2 * DAY for entry in nonempty(found))
    assert HERE not in str(found)


def test_a_stranger_gets_the_default_plan_whatever_they_ask_for(company: Organisation) -> None:
    body = {"id": "greedy", "name": "示例机构", "email": "a@greedy.example", "preset": "platform", "plan": "large"}
    answer = company.world.call("POST", "/v1/tenants", body)

    assert (answer.status, answer.json["plan"]) == (201, "starter")
    entries = in_process(company).fakes.store.everything()
    assert [entry for entry in entries if entry.key == keys.directory("greedy") and '"large"' in entry.body] == []


@pytest.mark.parametrize("plan", ["standard", "large"])
def test_an_operator_raises_the_plan(company: Organisation, plan: str) -> None:
    assert sign_up(company.world, "platform", plan=plan).get("", "owner")["plan"] == plan
