"""Wrong receipts get the same response as unknown numbers, and too many lock the caller for a while (real time)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.instants import MINUTE, SECOND
from chalicelib.limits import receipt_locks
from chalicelib.limits.receipt_locks import LOCKED, PER_ADDRESS, PER_DEPLOYMENT, PER_TENANT
from infra.memory_store.store import MemoryStore
from tests.api.untouched import COUNTED, in_process
from tests.clauses.organisation import Organisation, sign_up
from tests.fakes.client import Answer
from tests.nonempty import nonempty

HERE, THERE = "198.51.100.7", "203.0.113.9"
WRONG = "k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def look(company: Organisation, number: str, receipt: str = WRONG, address: str = HERE) -> Answer:
    headers = {"Authorization": f"Receipt {receipt}"}
    client: Any = in_process(company)._client
    answer: Answer = client.request("GET", f"{company.path}/complaints/{number}", headers=headers, address=address)
    return answer


def right(company: Organisation, number: str, address: str = HERE) -> Answer:
    return look(company, number, company.filed[number].receipt, address)


def fail(company: Organisation, number: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        assert look(company, number, address=address).status == 404


def store_of(company: Organisation) -> MemoryStore:
    return in_process(company).fakes.store


def wait(company: Organisation, milliseconds: int) -> None:
    clock = in_process(company).fakes.real_clock
    clock.move_to(clock() + milliseconds)


def test_a_wrong_receipt_and_an_unknown_number_are_answered_alike(company: Organisation) -> None:
    number = company.file()
    answers = [look(company, each) for each in (number, "202611-999999")]
    first, second = ({**answer.json, "correlation_id": ""} for answer in answers)
    assert (first, answers[0].status) == (second, 404)


def test_a_right_receipt_writes_nothing(company: Organisation) -> None:
    number = company.file()
    before = store_of(company).everything()
    assert right(company, number).status == 200
    assert store_of(company).everything() == before


def test_a_right_receipt_costs_one_read(company: Organisation) -> None:
    number = company.file()
    right(company, number)
    store_of(company).calls.clear()
    right(company, number)
    assert [call.name for call in store_of(company).calls] == ["get"]


@pytest.mark.parametrize("number", [None, "202611-999999"])
def test_a_locked_address_is_refused_with_right_receipts_too(company: Organisation, number: str | None) -> None:
    mine = company.file()
    fail(company, number or mine, PER_ADDRESS)

    answer = right(company, mine)

    assert (answer.status, answer.problem) == (429, "too-many-requests")
    assert 0 < int(answer.headers["Retry-After"]) <= LOCKED // SECOND
    assert answer.json["limit"] == "wrong_receipts"
    assert look(company, mine).status == 429


def test_a_locked_address_writes_nothing_more(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    before = store_of(company).everything()
    assert look(company, number).status == 429
    assert store_of(company).everything() == before


def test_another_address_is_not_locked_with_it(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    assert right(company, number, THERE).status == 200


def test_an_ipv6_network_counts_as_one_address(company: Organisation) -> None:
    number = company.file()
    for host in range(PER_ADDRESS):
        fail(company, number, 1, f"2001:db8:0:1::{host:x}")
    assert right(company, number, "2001:db8:0:2:ffff::1").status == 429
    assert right(company, number, "2001:db8:0:100::1").status == 200


def test_the_lock_ends_by_real_time_and_not_by_domain_time(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    company.world.move_to("2026-12-27T09:00:00+08:00")
    assert right(company, number).status == 429
    wait(company, LOCKED)
    assert right(company, number).status == 200


def test_few_failures_expire_with_their_window(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS - 1)
    wait(company, receipt_locks.WINDOW)
    fail(company, number, PER_ADDRESS - 1)
    assert right(company, number).status == 200


def test_many_addresses_lock_the_organisation_and_no_other(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt_locks, "PER_TENANT", 5)
    number, other = company.file(), sign_up(company.world, "corporate-standard")
    theirs = other.file()
    for host in range(5):
        fail(company, number, 1, f"192.0.2.{host}")
    assert right(company, number, THERE).status == 429
    assert right(other, theirs, THERE).status == 200


def test_many_organisations_lock_the_deployment(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_locks, "PER_DEPLOYMENT", 5)
    other = sign_up(company.world, "corporate-standard")
    theirs = other.file()
    fail(company, company.file(), 5)
    wait(company, receipt_locks.CACHED)
    assert right(other, theirs, THERE).status == 429


def test_the_limits_of_address_organisation_and_deployment_increase() -> None:
    assert PER_ADDRESS < PER_TENANT < PER_DEPLOYMENT


def test_stored_failures_expire_and_contain_no_address(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    kept = [entry for entry in store_of(company).everything() if entry.kind == COUNTED]
    now = in_process(company).fakes.real_clock()
    assert len(kept) == 4
    assert all(entry.expires is not None and entry.expires * SECOND <= now + 31 * MINUTE for entry in nonempty(kept))
    assert HERE not in str(kept)


def test_members_are_not_locked_out(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    assert company.complaint(number, "agent")["number"] == number
