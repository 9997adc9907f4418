"""Reissuing a receipt: the previous receipt stops working, and the record shows who asked for it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Filed, Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.handling.exclusion.council import council, remove
from tests.helpers.fakes.client import Answer, fresh_key
from tests.kernel.web.untouched import in_process


@pytest.fixture
def company() -> Organisation:
    made = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")
    hire(made, "agent", name="heir")
    return made


def reissue(company: Organisation, number: str, auth: str, key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key or fresh_key()}
    return company.world.call("POST", f"{company.path}/complaints/{number}/receipt", auth=auth, headers=headers)


def opens(company: Organisation, number: str, receipt: str) -> bool:
    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=f"Receipt {receipt}")
    assert answer.status in (200, 404)
    return answer.status == 200


def filed_by_agent(company: Organisation) -> Filed:
    """A complaint by phone: the agent files it and gets the receipt."""
    answer = company.try_file(auth=company.auth("agent"))
    return Filed(answer.json["number"], answer.json["receipt"], answer.json)


def remove_agent(company: Organisation) -> None:
    path = f"{company.path}/people/{company.subs['agent']}?to={company.subs['heir']}"
    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204
    cast(InProcess, company.world).sweep()


def seen(company: Organisation, number: str, who: str = "heir") -> tuple[Any, bool]:
    shown = company.complaint(number, who)
    return shown["receipt_with"], shown["receipt_exposed"]


@pytest.mark.parametrize("who", ["agent", "complainant"])
def test_the_new_receipt_works_and_the_old_one_does_not(company: Organisation, who: str) -> None:
    number = company.file()
    old = company.filed[number].receipt
    answer = reissue(company, number, company.auth(who, number))
    assert (answer.status, answer.json["number"]) == (201, number)
    assert (opens(company, number, answer.json["receipt"]), opens(company, number, old)) == (True, False)


@pytest.mark.parametrize(("who", "told"), [("agent", 1), ("complainant", 0)])
def test_a_complainant_whose_receipt_a_member_replaces_is_told(company: Organisation, who: str, told: int) -> None:
    number = company.file()

    company.filed[number].receipt = reissue(company, number, company.auth(who, number)).json["receipt"]

    text = f"我们已为您的投诉 {number} 换发回执，原回执不再有效。如您没有申请换发，请您尽快与我们联系。"
    assert company.told("complainant", number).count(text) == told


def test_the_record_names_the_requester(company: Organisation) -> None:
    number = company.file()
    answer = reissue(company, number, company.auth("agent"))
    (event,) = company.events(number, "agent", "receipt_reissued")
    assert event["actor"] == {"kind": "staff", "id": company.subs["agent"], "role": "agent"}
    assert answer.json["receipt"] not in str(event)


@pytest.mark.parametrize("who", ["agent", "complainant"])
def test_a_repeat_shows_the_same_receipt_and_changes_nothing(company: Organisation, who: str) -> None:
    number, key = company.file(), fresh_key()
    first, again = (reissue(company, number, company.auth(who, number), key) for _ in range(2))
    assert (again.status, again.json) == (201, first.json)
    assert opens(company, number, first.json["receipt"])
    assert len(company.events(number, "agent", "receipt_reissued")) == 1


def test_repeating_the_filing_does_not_restore_the_old_receipt(company: Organisation) -> None:
    key, body = fresh_key(), company.example()
    headers = {"Idempotency-Key": key}
    old = company.world.call("POST", f"{company.path}/complaints", body, headers=headers).json
    new = reissue(company, old["number"], f"Receipt {old['receipt']}", key).json
    assert new["receipt"] != old["receipt"]
    assert not opens(company, old["number"], old["receipt"])


def test_the_receipt_of_a_repeated_filing_no_longer_works_after_a_reissue(company: Organisation) -> None:
    headers, body = {"Idempotency-Key": fresh_key()}, company.example()
    old = company.world.call("POST", f"{company.path}/complaints", body, headers=headers).json
    reissue(company, old["number"], company.auth("agent"))
    again = company.world.call("POST", f"{company.path}/complaints", body, headers=headers).json
    assert again["receipt"] == old["receipt"]
    assert not opens(company, old["number"], again["receipt"])


def test_deadlines_and_stage_stay_as_they_were(company: Organisation) -> None:
    number = company.file()
    before = company.complaint(number, "agent")
    reissue(company, number, company.auth("agent"))
    after = company.complaint(number, "agent")
    assert {name: after[name] for name in ("stage", "next", "acts")} == {
        name: before[name] for name in ("stage", "next", "acts")
    }


def test_an_old_receipt_cannot_ask_for_a_new_one(company: Organisation) -> None:
    number = company.file()
    old = company.auth("complainant", number)
    reissue(company, number, old)
    refused = reissue(company, number, old)
    assert (refused.status, refused.problem) == (404, "complaint-unknown")


@pytest.mark.parametrize("auth", ["Receipt k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""])
def test_other_callers_cannot_reissue(company: Organisation, auth: str) -> None:
    number = company.file()
    headers = {"Idempotency-Key": fresh_key()}
    path = f"{company.path}/complaints/{number}/receipt"
    answer = company.world.call("POST", path, auth=auth or None, headers=headers)
    assert answer.status == (404 if auth else 401)
    assert company.events(number, "agent", "receipt_reissued") == []


def test_a_member_who_may_not_see_the_complainant_cannot_reissue() -> None:
    office = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "government-service-centre")
    number = office.file()
    path = f"/v1/t/{office.id}/complaints/{number}/receipt"
    found = {
        who: office.world.call("POST", path, auth=office.auth(who), headers={"Idempotency-Key": fresh_key()})
        for who in office.subs
    }
    shows = {who: "complainant.name" in office.complaint(number, who)["facts"] for who in office.subs}
    assert {who: answer.status == 201 for who, answer in found.items()} == shows
    assert set(shows.values()) == {True, False}


def test_a_member_who_sees_the_content_alone_cannot_reissue() -> None:
    marketplace = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(marketplace, "handler", name="colleague")
    number = accepted(marketplace)
    answers = {who: reissue(marketplace, number, marketplace.auth(who)) for who in ("colleague", "handler")}
    assert {who: answer.status for who, answer in answers.items()} == {"colleague": 403, "handler": 201}


def test_staff_see_who_got_the_receipt_until_it_is_reissued(company: Organisation) -> None:
    filed = filed_by_agent(company)
    assert seen(company, filed.number) == (company.subs["agent"], False)
    reissue(company, filed.number, f"Receipt {filed.receipt}")
    assert seen(company, filed.number) == (None, False)


def test_a_removed_persons_receipt_is_marked_and_the_successor_notified_once(company: Organisation) -> None:
    filed, other = filed_by_agent(company), company.file()
    remove_agent(company)
    cast(InProcess, company.world).sweep()
    assert (seen(company, filed.number), seen(company, other)) == ((None, True), (None, False))
    assert len(company.events(filed.number, "heir", "receipt_exposed")) == 1
    assert [text for text in company.told("heir", filed.number) if "回执" in text] != []
    assert opens(company, filed.number, filed.receipt)  # the complainant may have no other


def test_a_removed_persons_receipt_of_an_archived_complaint_is_marked_too() -> None:
    office = council({}, stages={"done": {"name": {"en": "Done"}, "shelf": "archived"}})
    number = office.try_file(auth=office.auth("officer")).json["number"]
    office.act(number, "manager", "close")

    remove(office, "officer")
    in_process(office).sweep()

    assert seen(office, number, "manager") == (None, True)


def test_after_the_successor_reissues_the_removed_person_sees_nothing(company: Organisation) -> None:
    filed = filed_by_agent(company)
    remove_agent(company)
    new = reissue(company, filed.number, company.auth("heir")).json["receipt"]
    assert (opens(company, filed.number, filed.receipt), opens(company, filed.number, new)) == (False, True)
    assert seen(company, filed.number) == (company.subs["heir"], False)


def test_a_removed_person_cannot_reissue(company: Organisation) -> None:
    filed = filed_by_agent(company)
    remove_agent(company)
    assert reissue(company, filed.number, company.auth("agent")).status == 403


@pytest.mark.parametrize("who", ["agent", "complainant"])
def test_a_repeat_shows_the_same_receipt_after_the_server_key_was_rotated(company: Organisation, who: str) -> None:
    number, key = company.file(), fresh_key()
    first = reissue(company, number, company.auth(who, number), key)
    in_process(company).fakes.wiring.secrets.rotate("receipt")  # type: ignore[attr-defined]
    assert reissue(company, number, company.auth(who, number), key).json == first.json


def test_a_receipt_that_was_replaced_a_moment_ago_is_no_wrong_one(company: Organisation) -> None:
    """Requests for a new receipt that run at the same time all show the previous one."""
    number, other = company.file(), company.file()
    auth = company.auth("complainant", number)
    assert reissue(company, number, auth).status == 201
    assert (reissue(company, number, auth).problem, wrong_receipts(company)) == ("complaint-unknown", 0)
    assert (reissue(company, other, auth).problem, wrong_receipts(company)) == ("complaint-unknown", 1)


def test_a_receipt_that_was_replaced_many_events_ago_is_a_wrong_one_except_that_of_the_filing(
    company: Organisation,
) -> None:
    number = company.file()
    filed = company.auth("complainant", number)
    second = reissue(company, number, filed).json["receipt"]
    assert reissue(company, number, f"Receipt {second}").status == 201
    for _ in range(18):
        company.act(number, "agent", "note", text="Called back")
    assert (reissue(company, number, f"Receipt {second}").problem, wrong_receipts(company)) == ("complaint-unknown", 0)
    for _ in range(2):
        company.act(number, "agent", "note", text="Called back")
    assert (reissue(company, number, f"Receipt {second}").problem, wrong_receipts(company)) == ("complaint-unknown", 1)
    assert (reissue(company, number, filed).problem, wrong_receipts(company)) == ("complaint-unknown", 1)


def wrong_receipts(company: Organisation) -> int:
    found = [entry for entry in in_process(company).fakes.store.everything() if entry.kind == "wrong-receipts"]
    return sum(entry.count or 0 for entry in found)
