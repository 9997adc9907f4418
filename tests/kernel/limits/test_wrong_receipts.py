"""Wrong receipts are answered as unknown numbers, and counted by address. A correct receipt always works."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.kit import observability
from chalicelib.kit.instants import MINUTE, SECOND
from chalicelib.kit.problem import Problem
from chalicelib.limits.wrong_receipts import DRAFTS, PER_ADDRESS, WINDOW, WrongReceipts
from infra.memory_store.store import MemoryStore
from tests.clauses.organisation import Organisation, sign_up
from tests.helpers.fakes.client import Answer, fresh_key
from tests.helpers.nonempty import nonempty
from tests.kernel.web.untouched import COUNTED, in_process

HERE, THERE = "198.51.100.7", "203.0.113.9"
WRONG = "k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def look(company: Organisation, number: str, receipt: str = WRONG, address: str = HERE) -> Answer:
    headers = {"Authorization": f"Receipt {receipt}"}
    client: Any = in_process(company).client
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
def test_an_address_of_too_many_wrong_receipts_is_told_to_wait(company: Organisation, number: str | None) -> None:
    mine = company.file()
    fail(company, number or mine, PER_ADDRESS)

    for answer in (look(company, mine), look(company, "202611-999999")):
        assert (answer.status, answer.problem) == (429, "too-many-requests")
        assert 0 < int(answer.headers["Retry-After"]) <= WINDOW // SECOND
        assert (answer.json["limit"], answer.json["most"]) == ("wrong_receipts", PER_ADDRESS)


@pytest.mark.parametrize(
    ("count", "most", "limit"),
    [
        (WrongReceipts.count_lost, PER_ADDRESS, "receipt_requests_from_an_address"),
        (WrongReceipts.count_draft, DRAFTS, "drafts_from_an_address"),
    ],
)
def test_a_refusal_names_what_was_limited(
    company: Organisation, count: Callable[[WrongReceipts, str], None], most: int, limit: str
) -> None:
    counter = in_process(company).fakes.wiring.wrong_receipts
    for _ in range(most):
        count(counter, "192.0.2.7")

    with pytest.raises(Problem) as refused:
        count(counter, "192.0.2.7")

    assert (refused.value.kind, refused.value.extra["limit"]) == ("too-many-requests", limit)


def test_a_right_receipt_works_at_once_from_such_an_address(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    assert look(company, number).status == 429
    assert right(company, number).status == 200


def test_such_an_address_writes_nothing_more(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    before = store_of(company).everything()
    assert look(company, number).status == 429
    assert store_of(company).everything() == before


def test_another_address_is_not_counted_with_it(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    assert look(company, number, address=THERE).status == 404
    assert right(company, number, THERE).status == 200


def test_wrong_receipts_at_many_organisations_count_together(company: Organisation) -> None:
    other = sign_up(company.world, "corporate-standard")
    number, theirs = company.file(), other.file()
    fail(company, number, PER_ADDRESS // 2)
    fail(other, theirs, PER_ADDRESS - PER_ADDRESS // 2)
    assert [look(one, each).status for one, each in ((company, number), (other, theirs))] == [429, 429]


@pytest.mark.slow
def test_wrong_receipts_of_many_addresses_and_organisations_lock_no_receipt(company: Organisation) -> None:
    """Once, 2,000 wrong receipts at an attacker's own organisations locked every receipt of the deployment."""
    number, theirs = company.file(), sign_up(company.world, "corporate-standard")
    for host in range(210):
        fail(theirs, "202611-999999", PER_ADDRESS - 1, f"192.0.2.{host}")
        fail(company, number, 1, f"192.0.2.{host}")
    wait(company, 11 * SECOND)
    assert right(company, number).status == 200
    assert right(company, number, "192.0.2.0").status == 200
    assert look(company, number).status == 404


def test_each_wrong_receipt_is_measured(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []
    monkeypatch.setattr(observability, "measure", lambda name, *_: measured.append(name))
    number = company.file()
    fail(company, number, 3)
    right(company, number)
    assert measured == ["WrongReceipt"] * 3


def test_an_ipv6_network_counts_as_one_address(company: Organisation) -> None:
    number = company.file()
    for host in range(PER_ADDRESS):
        fail(company, number, 1, f"2001:db8:0:1::{host:x}")
    assert look(company, number, address="2001:db8:0:2:ffff::1").status == 429
    assert look(company, number, address="2001:db8:0:100::1").status == 404


def test_the_count_ends_by_real_time_and_not_by_domain_time(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    company.world.move_to("2026-12-27T09:00:00+08:00")
    assert look(company, number).status == 429
    wait(company, WINDOW)
    assert look(company, number).status == 404


def test_few_failures_expire_with_their_window(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS - 1)
    wait(company, WINDOW)
    fail(company, number, PER_ADDRESS - 1)
    assert look(company, number).status == 404


def test_simultaneous_requests_for_a_new_receipt_are_not_counted(company: Organisation) -> None:
    """Only one gets the new receipt. The others show the previous one, which was correct before."""
    number = company.file()
    path, old = f"{company.path}/complaints/{number}/receipt", f"Receipt {company.filed[number].receipt}"

    def reissue(_: int) -> int:
        client: Any = in_process(company).client
        headers = {"Authorization": old}
        status: int = client.request("POST", path, headers=headers, address=HERE, key=fresh_key()).status
        return status

    with ThreadPoolExecutor(5) as pool:
        statuses = sorted(pool.map(reissue, range(5)))

    assert statuses == [201, 404, 404, 404, 404]
    assert [entry for entry in store_of(company).everything() if entry.kind == COUNTED] == []


def test_stored_failures_expire_and_contain_no_address(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    kept = [entry for entry in store_of(company).everything() if entry.kind == COUNTED]
    now = in_process(company).fakes.real_clock()
    assert len(kept) == 1
    assert all(entry.expires is not None and entry.expires * SECOND <= now + 31 * MINUTE for entry in nonempty(kept))
    assert HERE not in str(kept)


def test_members_are_not_locked_out(company: Organisation) -> None:
    number = company.file()
    fail(company, number, PER_ADDRESS)
    assert look(company, number).status == 429
    assert company.complaint(number, "agent")["number"] == number


def test_refused_requests_with_a_correct_receipt_are_not_counted(company: Organisation) -> None:
    number = company.file()
    answers = [company.try_act(number, "complainant", "archive") for _ in range(PER_ADDRESS + 2)]

    assert {(answer.status, answer.problem) for answer in answers} == {(409, "act-not-open")}
