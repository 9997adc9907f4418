"""Repeated requests: the same key with the same body gets the same response, another body is refused."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Filed, Organisation
from tests.helpers.fakes.client import Answer
from tests.kernel.web.untouched import in_process, refused, untouched


@pytest.fixture
def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def file(company: Organisation, headers: dict[str, str], **changes: Any) -> Answer:
    body = {**company.example(), **changes}
    return company.world.call("POST", f"{company.path}/complaints", body, headers=headers)


def test_a_repeated_filing_gets_the_same_number_receipt_and_promises(
    company: Organisation, key: dict[str, str]
) -> None:
    first = file(company, key)

    with untouched(company):
        again = file(company, key)

    assert (again.status, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


def test_the_repeated_receipt_opens_the_complaint(company: Organisation, key: dict[str, str]) -> None:
    file(company, key)
    again = file(company, key).json

    company.filed[again["number"]] = Filed(again["number"], again["receipt"], again)

    assert company.complaint(again["number"])["number"] == again["number"]


def test_the_store_contains_no_receipt(company: Organisation, key: dict[str, str]) -> None:
    receipt = file(company, key).json["receipt"]

    assert receipt not in str(in_process(company).fakes.store.everything())


def test_a_later_repeat_has_the_original_promises(company: Organisation, key: dict[str, str]) -> None:
    first = file(company, key)
    company.world.move_to("2026-11-28T10:00:00+08:00")

    assert file(company, key).json["deadlines"] == first.json["deadlines"]


def test_the_same_key_with_another_body_is_422(company: Organisation, key: dict[str, str]) -> None:
    file(company, key)

    with untouched(company):
        answer = file(company, key, channel="letter")

    refused(answer, 422, "idempotency-key-reused")


def test_the_order_of_json_members_does_not_matter(company: Organisation, key: dict[str, str]) -> None:
    first = file(company, key)
    body = dict(reversed(list(company.example().items())))

    again = company.world.call("POST", f"{company.path}/complaints", body, headers=key)

    assert again.json["number"] == first.json["number"]


def test_a_refused_filing_does_not_use_up_its_key(company: Organisation, key: dict[str, str]) -> None:
    refused(file(company, key, channel="pigeon"), 422, "invalid", "/channel")

    assert file(company, key).status == 201


def test_a_members_key_is_separate_from_the_same_key_of_the_public(company: Organisation, key: dict[str, str]) -> None:
    public = file(company, key).json
    member = company.world.call(
        "POST", f"{company.path}/complaints", company.example(), auth=company.auth("agent"), headers=key
    )

    assert member.json["number"] != public["number"]


def test_two_concurrent_requests_file_one_complaint(company: Organisation, key: dict[str, str]) -> None:
    client = in_process(company).client
    body = company.example()

    def send(_: int) -> Answer:
        return client.request("POST", f"{company.path}/complaints", body, headers=key)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["number"] for answer in answers}) == 1
    assert len({answer.json["receipt"] for answer in answers}) == 1


def test_the_loser_of_a_race_gets_the_winners_response(company: Organisation, key: dict[str, str]) -> None:
    """The winner commits between the loser's read and its commit."""
    store = in_process(company).fakes.store
    client = in_process(company).client
    body = company.example()
    won: list[Answer] = []

    def race(call: RecordedCall) -> None:
        if call.name == "commit" and not won:
            store.before = None
            won.append(client.request("POST", f"{company.path}/complaints", body, headers=key))

    store.before = race
    lost = client.request("POST", f"{company.path}/complaints", body, headers=key)

    assert (lost.status, lost.json) == (201, won[0].json)
    assert lost.headers["Idempotency-Replayed"] == "true"


def test_an_act_that_is_repeated_is_done_once(company: Organisation, key: dict[str, str]) -> None:
    number = company.file()
    first = company.try_act(number, "agent", "accept", headers=key, **WORK_ORDER)

    with untouched(company):
        again = company.try_act(number, "agent", "accept", headers=key, **WORK_ORDER)

    assert (again.status, again.json) == (200, first.json)
    assert len(company.events(number, type_="accepted")) == 1


def test_a_repeated_act_may_have_its_original_if_match(company: Organisation, key: dict[str, str]) -> None:
    number = company.file()
    version = company.complaint(number)["version"]
    headers = {**key, "If-Match": f'"{version}"'}
    company.try_act(number, "agent", "accept", headers=headers, **WORK_ORDER)

    assert company.try_act(number, "agent", "accept", headers=headers, **WORK_ORDER).status == 200


def test_the_key_of_an_act_with_other_fields_is_422(company: Organisation, key: dict[str, str]) -> None:
    number = company.file()
    company.try_act(number, "agent", "accept", headers=key, **WORK_ORDER)

    with untouched(company):
        answer = company.try_act(number, "agent", "accept", headers=key, agent_team="二组", agent_number="1")

    refused(answer, 422, "idempotency-key-reused")


def test_the_key_of_an_act_on_another_complaint_is_422(company: Organisation, key: dict[str, str]) -> None:
    number, other = company.file(), company.file()
    company.try_act(number, "agent", "accept", headers=key, **WORK_ORDER)

    with untouched(company):
        answer = company.try_act(other, "agent", "accept", headers=key, **WORK_ORDER)

    refused(answer, 422, "idempotency-key-reused")


def test_two_concurrent_requests_act_once_and_both_get_the_response(company: Organisation) -> None:
    number = company.file()
    client = in_process(company).client
    path = f"{company.path}/complaints/{number}/acts/accept"

    def send(_: int) -> Answer:
        headers = {"Authorization": company.auth("agent")}
        return client.request("POST", path, {"fields": WORK_ORDER}, headers=headers)

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(answer.status for answer in pool.map(send, range(4)))

    assert statuses == [200, 409, 409, 409]
    assert len(company.events(number, type_="accepted")) == 1


def test_a_repeated_declaration_is_the_same_evidence_with_a_new_ticket(
    company: Organisation, key: dict[str, str]
) -> None:
    number = company.file()
    path = f"{company.path}/complaints/{number}/evidence"
    body = {"kind": "photo", "name": "a.jpg", "size": 3, "media_type": "image/jpeg", "sha256": "0" * 64}

    first, again = (
        company.world.call("POST", path, body, auth=company.auth("complainant", number), headers=key) for _ in range(2)
    )

    assert again.json["id"] == first.json["id"]
    assert len(company.events(number, type_="evidence_declared")) == 1


def test_a_removed_persons_repeat_is_shown_no_receipt(company: Organisation, key: dict[str, str]) -> None:
    def repeat() -> Answer:
        path = f"{company.path}/complaints"
        return company.world.call("POST", path, company.example(), auth=company.auth("agent"), headers=key)

    assert repeat().status == 201
    company.world.call("DELETE", f"{company.path}/people/{company.subs['agent']}", auth=company.auth("owner"))

    with untouched(company):
        answer = repeat()

    assert (answer.status, answer.problem) == (403, "forbidden")
