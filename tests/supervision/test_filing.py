"""A stranger may report the office or a person in it, and gets a random id and a receipt."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.supervision.reporting import OFFICE, WORDS, add, look, report, seen, try_act, try_report


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def test_a_report_needs_no_account(office: Organisation) -> None:
    answer = try_report(office)

    assert (answer.status, set(answer.json)) == (201, {"id", "receipt"})


def test_the_id_is_random_and_outside_the_numbers_of_complaints(office: Organisation) -> None:
    before = office.file()
    ids = [report(office).id for _ in range(3)]
    after = office.file()

    assert len(set(ids)) == 3
    for one in ids:
        assert re.fullmatch("R[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}", one)
    assert int(after[-6:]) == int(before[-6:]) + 1


def test_the_reporter_reads_the_report_with_the_receipt(office: Organisation) -> None:
    reported = report(office)

    found = seen(office, reported, "reporter")

    assert (found["id"], found["state"]) == (reported.id, "open")
    assert [(one["by"], one["type"], one["text"]) for one in found["events"]] == [("reporter", "reported", WORDS)]


def test_the_receipt_of_another_report_shows_nothing(office: Organisation) -> None:
    mine, other = report(office), report(office)

    path = f"{office.path}/supervision/{other.id}"
    answers = [office.world.call("GET", path, auth=mine.auth), office.world.call("GET", path, auth="Receipt k1.AAAA")]

    assert [(answer.status, answer.problem) for answer in answers] == [(404, "not-found")] * 2


def test_a_receipt_of_a_complaint_opens_no_report(office: Organisation) -> None:
    number, reported = office.file(), report(office)

    answer = office.world.call(
        "GET", f"{office.path}/supervision/{reported.id}", auth=office.auth("complainant", number)
    )

    assert answer.status == 404


def test_a_repeated_request_gets_the_same_id_and_receipt(office: Organisation) -> None:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"about": OFFICE, "text": WORDS, "to": "supervisors"}

    first, second = [office.world.call("POST", f"{office.path}/supervision", body, headers=headers) for _ in range(2)]

    assert (first.status, second.status, second.json) == (201, 201, first.json)
    assert second.headers["Idempotency-Replayed"] == "true"


def test_the_same_key_with_another_text_is_refused(office: Organisation) -> None:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    path = f"{office.path}/supervision"
    office.world.call("POST", path, {"about": OFFICE, "text": WORDS, "to": "operators"}, headers=headers)
    other = {"about": OFFICE, "text": WORDS, "to": "supervisors"}

    answer = office.world.call("POST", path, other, headers=headers)

    assert answer.problem == "idempotency-key-reused"


def test_a_key_is_needed(office: Organisation) -> None:
    body = {"about": OFFICE, "text": WORDS, "to": "supervisors"}

    assert isinstance(office.world, InProcess)
    answer = office.world.client.request("POST", f"{office.path}/supervision", body)

    assert (answer.status, answer.problem) == (400, "idempotency-key-missing")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"about": {}}, "/about"),
        ({"about": {"office": False, "people": [], "names": []}}, "/about"),
        ({"about": {"people": "x"}}, "/about/people"),
        ({"about": {"people": ["x"] * 21}}, "/about/people"),
        ({"about": {"names": [""]}}, "/about/names/0"),
        ({"about": {"unit": "seller"}}, "/about/unit"),
        ({"text": ""}, "/text"),
        ({"text": "字" * 8001}, "/text"),
        ({"complaint": "1"}, "/complaint"),
        ({"contact": "x" * 201}, "/contact"),
        ({"severity": "major"}, "/severity"),
        ({"to": "owners"}, "/to"),
        ({"to": None}, "/to"),
    ],
)
def test_each_fault_is_refused_with_its_place(office: Organisation, changes: dict[str, Any], pointer: str) -> None:
    answer = try_report(office, **{"about": OFFICE, **changes})

    assert (answer.status, answer.pointer) == (422, pointer)


def test_unknown_people_and_complaints_are_accepted_so_that_nobody_learns_who_exists(office: Organisation) -> None:
    known = try_report(office, {"people": [office.subs["handler"]]}, complaint=office.file())
    unknown = try_report(office, {"people": ["nobody"]}, complaint="202611-000999")

    assert (known.status, unknown.status) == (201, 201)
    assert set(known.json) == set(unknown.json)


def test_reports_are_taken_while_the_organisation_is_suspended(office: Organisation) -> None:
    office.world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "unpaid"})
    assert isinstance(office.world, InProcess)
    office.world.fakes.real_clock.advance(61_000)

    reported = report(office)

    assert look(office, reported, "supervisor").status == 200


def test_a_report_counts_in_no_quota(office: Organisation) -> None:
    before = quotas(office)

    report(office)

    assert quotas(office) == before


def quotas(office: Organisation) -> dict[str, Any]:
    """All but the requests of the minute, in which each request counts."""
    found = office.get("/usage", "owner")["limits"]
    return {name: limit for name, limit in found.items() if name != "requests_a_minute"}


BLANK = ["  ", "\u200b" * 9, "\u202e \u2066", "\u3164"]


@pytest.mark.parametrize("text", BLANK, ids=ascii)
@pytest.mark.parametrize("place", ["/text", "/contact", "/about/names/0"])
def test_a_text_of_which_nothing_is_seen_is_refused(office: Organisation, place: str, text: str) -> None:
    fields: dict[str, Any] = {"/about/names/0": {"about": {"names": [text]}}}.get(place, {place[1:]: text})

    answer = try_report(office, **fields)

    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, [place])


@pytest.mark.parametrize("text", BLANK, ids=ascii)
def test_later_texts_of_which_nothing_is_seen_are_refused(office: Organisation, text: str) -> None:
    reported = report(office)

    answers = [add(office, reported, text), try_act(office, reported, "supervisor", "reply", text=text)]

    assert [(one.status, one.json["errors"][0]["pointer"]) for one in answers] == [(422, "/text")] * 2
    assert [one["type"] for one in seen(office, reported, "reporter")["events"]] == ["reported"]
