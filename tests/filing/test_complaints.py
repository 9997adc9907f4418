"""Routes for complaints: filing, reading, the queue, acts, messages."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import from_text
from tests.clauses.offices.company import WORK_ORDER, handled, of_class, recorded
from tests.clauses.organisation import Organisation
from tests.helpers.nonempty import nonempty


def numbers(company: Organisation, query: str, who: str = "agent") -> list[str]:
    return [row["number"] for row in company.get(f"/complaints{query}", who)["complaints"]]


def test_a_filing_answers_with_number_receipt_and_promises(company: Organisation) -> None:
    answer = company.try_file()

    assert answer.status == 201
    assert set(answer.json) == {"number", "receipt", "stage", "severity", "deadlines"}
    assert answer.json["number"] == "202611-000001"


def test_the_months_number_follows_the_policys_zone(company: Organisation) -> None:
    company.world.move_to("2026-12-01T00:30:00+08:00")

    assert company.file() == "202612-000001"


def test_a_complaint_shows_the_complainants_facts(company: Organisation) -> None:
    number = company.file(facts={"complainant.email": None})

    assert company.complaint(number)["facts"] == company.example()["facts"]


def test_a_complaint_has_an_etag_for_if_match(company: Organisation) -> None:
    number = company.file()

    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=company.auth("agent"))

    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'


def test_responses_with_personal_data_are_not_cached(company: Organisation) -> None:
    number = company.file()

    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=company.auth("agent"))

    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "acts"),
    [
        ("agent", ["accept", "classify"]),
        ("team_lead", ["assign", "classify"]),
        ("complainant", ["withdraw"]),
        ("owner", []),
    ],
)
def test_each_caller_sees_the_acts_that_are_theirs(company: Organisation, who: str, acts: list[str]) -> None:
    assert company.complaint(company.file(), who)["acts"] == acts


def test_an_open_acts_form_says_which_fields_it_needs(company: Organisation) -> None:
    form = company.complaint(company.file(), "agent")["forms"]["classify"]

    assert [(field["name"], field["kind"], field["required"]) for field in form] == [
        ("severity", "choice", True),
        ("sign", "choice", False),
        ("matter", "choice", False),
        ("card", "choice", False),
        ("wanted", "choice", False),
        ("reason", "text", False),
    ]
    assert form[0]["choices"] == ["general", "important", "major"]


def test_the_complainant_does_not_see_internal_data(company: Organisation) -> None:
    number = handled(company)

    assert {"assigned", "guidance", "tasks", "proposals"} & set(company.complaint(number)) == set()
    values = company.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert all("agent_number" not in held for held in nonempty(values.values()))


def test_an_act_answers_with_its_events_and_the_acts_now_open(company: Organisation) -> None:
    answer = company.act(company.file(), "agent", "accept", **WORK_ORDER)

    assert [event["type"] for event in answer["events"]] == ["accepted", "notified"]
    assert (answer["stage"], answer["acts"]) == ("recorded", ["classify"])


def test_the_queue_starts_with_the_next_deadline(company: Organisation) -> None:
    general, major, important = (company.file(**of_class(one)) for one in ("general", "major", "important"))

    assert numbers(company, "") == [important, major, general]


def test_missed_complaints_come_first(company: Organisation) -> None:
    missed = company.file(severity="general")
    company.world.move_to("2026-11-28T10:00:00+08:00")

    fresh = company.file(**of_class("important"))

    assert numbers(company, "") == [missed, fresh]


@pytest.mark.parametrize(
    "query", ["?severity=major", "?channel=letter", "?stage=recorded", "?severity=major&channel=letter"]
)
def test_the_queue_is_filtered_by_what_its_rows_show(company: Organisation, query: str) -> None:
    company.file()

    wanted = recorded(company, **of_class("major"), channel="letter")

    assert numbers(company, query) == [wanted]


def test_the_queue_can_be_limited_to_ones_own_complaints(company: Organisation) -> None:
    company.file()
    mine = handled(company)

    assert numbers(company, "?mine=true", "business_unit") == [mine]


def test_queue_rows_contain_no_personal_data(company: Organisation) -> None:
    company.file()

    rows = str(company.get("/complaints", "agent"))

    assert [value for value in company.example()["facts"].values() if value in rows] == []


def test_messages_come_newest_first_and_name_the_event_they_are_about(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    company.act(number, "business_unit", "decide", solution="退款", outcome="resolved")

    messages = company.get(f"/messages?complaint={number}", "complainant", number)["messages"]

    times = [from_text(message["at"]) for message in messages]
    assert times == sorted(times, reverse=True)
    [decided] = company.events(number, type_="decided")
    assert messages[0]["about"] == decided["id"]


def test_a_member_reads_their_own_messages_only(company: Organisation) -> None:
    number = company.file()

    assert company.told("agent", number) != []
    assert company.told("quality_control", number) == []
