"""Supervisors handle a report: they read it, answer the reporter and close it with a finding."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Any

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.supervision.reporting import WORDS, about, act, add, listed, look, report, seen, try_act, try_report


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


def types(view: dict[str, Any]) -> list[str]:
    return [one["type"] for one in view["events"]]


def test_a_supervisor_lists_and_reads_the_report(office: Organisation) -> None:
    number = office.file()
    reported = report(office, about(office, "handler"), complaint=number, contact="匿名邮箱 a@b.example")

    assert listed(office, "supervisor") == [reported.id]
    found = seen(office, reported, "supervisor")
    assert (found["complaint"], found["contact"]) == (number, "匿名邮箱 a@b.example")
    assert found["about"] == {"office": False, "people": [office.subs["handler"]], "names": []}
    assert found["events"][0]["text"] == WORDS


def test_nobody_else_lists_or_reads_it(office: Organisation) -> None:
    reported = report(office)

    others = [name for name in office.tokens if name not in ("supervisor", "owner")]
    for who in others:
        assert listed(office, who) == []
        assert look(office, reported, who).status == 404
    assert listed(office, "owner") == []
    assert look(office, reported, "owner").status == 404


def test_the_answer_to_an_outsider_is_the_same_for_a_report_and_for_none(office: Organisation) -> None:
    reported = report(office)
    nothing = type(reported)("0" * 32, reported.receipt)

    for who in ("owner", "handler", "reporter"):
        real, absent = look(office, reported, who), look(office, nothing, who)
        if who != "reporter":
            assert (real.status, real.json["detail"]) == (absent.status, absent.json["detail"])
        assert absent.status == 404


def test_the_reporter_sees_replies_and_no_notes(office: Organisation) -> None:
    reported = report(office)
    act(office, reported, "supervisor", "take")
    act(office, reported, "supervisor", "note", text="先核对流水。")
    act(office, reported, "supervisor", "reply", text="请说明日期。")

    found = seen(office, reported, "reporter")

    assert types(found) == ["reported", "taken", "replied"]
    assert found["events"][-1]["text"] == "请说明日期。"
    assert "核对" not in str(found)
    assert office.subs["supervisor"] not in str(found)


def test_the_supervisor_sees_what_the_reporter_adds(office: Organisation) -> None:
    reported = report(office)

    assert add(office, reported, "在十一月三日。").status == 200

    found = seen(office, reported, "supervisor")
    assert [(one["by"], one["text"]) for one in found["events"]][-1] == ("reporter", "在十一月三日。")


def test_a_report_is_closed_with_a_finding_that_the_reporter_reads(office: Organisation) -> None:
    reported = report(office)
    act(office, reported, "supervisor", "take")

    act(office, reported, "supervisor", "close", finding="upheld", text="属实，已另行安排人员。")

    found = seen(office, reported, "reporter")
    assert (found["state"], found["finding"]) == ("closed", "upheld")
    assert found["events"][-1]["text"] == "属实，已另行安排人员。"


def test_a_closed_report_takes_no_act_until_the_reporter_adds_something(office: Organisation) -> None:
    reported = report(office)
    act(office, reported, "supervisor", "close", finding="undecided", text="无法查明。")
    assert try_act(office, reported, "supervisor", "note", text="x").problem == "act-not-open"

    add(office, reported, "还有一份转账记录。")

    assert seen(office, reported, "supervisor")["state"] == "open"
    act(office, reported, "supervisor", "note", text="x")


@pytest.mark.parametrize(
    ("name", "fields", "pointer"),
    [
        ("reply", {}, "/text"),
        ("note", {}, "/text"),
        ("close", {"text": "x"}, "/finding"),
        ("close", {"finding": "upheld"}, "/text"),
        ("close", {"finding": "guilty", "text": "x"}, "/finding"),
        ("take", {"text": "x"}, "/text"),
        ("reply", {"text": "x", "finding": "upheld"}, "/finding"),
        ("reply", {"text": "字" * 4001}, "/text"),
        ("admit", {}, "/person"),
    ],
)
def test_each_fault_of_an_act_has_its_place(
    office: Organisation, name: str, fields: dict[str, Any], pointer: str
) -> None:
    answer = try_act(office, report(office), "supervisor", name, **fields)

    assert (answer.status, answer.pointer) == (422, pointer)


def test_an_act_that_does_not_exist_is_not_open(office: Organisation) -> None:
    answer = try_act(office, report(office), "supervisor", "burn")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_an_act_is_no_hint_to_others(office: Organisation) -> None:
    reported = report(office)

    for name, fields in (("note", {"text": "x"}), ("burn", {}), ("reply", {})):
        assert try_act(office, reported, "handler", name, **fields).status == 404


def test_a_repeated_message_is_recorded_once(office: Organisation) -> None:
    reported = report(office)
    headers = {"Idempotency-Key": str(uuid.uuid4())}

    first, second = add(office, reported, "补充", headers), add(office, reported, "补充", headers)

    assert (first.json, second.headers["Idempotency-Replayed"]) == (second.json, "true")
    assert types(seen(office, reported, "reporter")) == ["reported", "added"]
    assert add(office, reported, "别的", headers).problem == "idempotency-key-reused"


def test_a_reporter_can_add_only_so_much(office: Organisation) -> None:
    reported = report(office)

    statuses = [add(office, reported, str(number)).status for number in range(21)]

    assert (statuses[:20], statuses[20]) == ([200] * 20, 409)
    act(office, reported, "supervisor", "close", finding="undecided", text="x")


def test_each_read_by_a_supervisor_is_logged_for_the_supervisors_only(office: Organisation) -> None:
    reported = report(office)
    seen(office, reported, "supervisor")
    path = f"{office.path}/supervision/{reported.id}/reads"

    reads = office.world.call("GET", path, auth=office.auth("supervisor")).json["reads"]

    assert [(one["by"], one["role"]) for one in reads] == [(office.subs["supervisor"], "supervisor")]
    for who in ("owner", "handler", "director"):
        assert office.world.call("GET", path, auth=office.auth(who)).status == 404


def test_supervisors_are_told_without_the_content(office: Organisation) -> None:
    reported = report(office)

    [message] = office.get("/messages", "supervisor")["messages"]

    assert (message["number"], message["wording"]) == (reported.id, "supervision_reported")
    assert "监督" in message["text"]["zh"]
    assert WORDS not in str(message)


def told(office: Organisation, who: str) -> int:
    return len(office.get("/messages", who)["messages"])


def test_who_comes_later_is_told_then(office: Organisation) -> None:
    reported = report(office)
    assert (told(office, "supervisor"), told(office, "owner")) == (1, 0)
    hire(office, "supervisor", name="second")
    act(office, reported, "supervisor", "admit", person=office.subs["second"])
    assert told(office, "second") == 1

    for name in ("second", "supervisor"):
        office.world.call("DELETE", f"{office.path}/people/{office.subs[name]}", auth=office.auth("owner"))

    assert (told(office, "owner"), listed(office, "owner")) == (1, [reported.id])


def test_a_message_is_told_to_those_who_handle_the_report_from_then_on(office: Organisation) -> None:
    hire(office, "supervisor", name="second")
    reported = report(office)

    add(office, reported, "second 也参与了。")
    add(office, reported, "还有一份转账记录。")

    assert (told(office, "supervisor"), told(office, "second")) == (3, 1)


def test_a_report_by_a_member_shows_who_reported_to_the_supervisor_only(office: Organisation) -> None:
    reported = report(office, who="screener")

    assert seen(office, reported, "supervisor")["reported_by"] == office.subs["screener"]
    assert office.subs["screener"] not in str(seen(office, reported, "reporter"))
    assert "reported_by" not in seen(office, report(office), "supervisor")


def test_a_member_of_another_organisation_reports_like_a_stranger(office: Organisation) -> None:
    other = marketplace_in(office.world)

    answer = office.world.call(
        "POST",
        f"{office.path}/supervision",
        {"about": {"office": True}, "text": "x", "to": "supervisors"},
        auth=other.auth("handler"),
    )

    assert answer.status == 201
    assert try_report(office, who="handler").status == 201


def test_a_list_has_pages_of_what_the_reader_may_see(office: Organisation) -> None:
    hire(office, "supervisor", name="second")
    wanted = []
    for number in range(5):
        office.world.move_to(f"2026-11-27T10:0{number}:00+08:00")
        wanted.append(report(office).id)
        report(office, about(office, "supervisor"))

    first = office.get("/supervision?limit=3", "supervisor")
    rest = office.get(f"/supervision?limit=3&cursor={first['cursor']}", "supervisor")

    assert [row["id"] for row in first["reports"] + rest["reports"]] == wanted[::-1]
    assert rest["cursor"] is None


def test_a_cursor_names_only_reports_that_were_shown(office: Organisation) -> None:
    shown = []
    hire(office, "supervisor", name="second")
    for number in range(3):
        office.world.move_to(f"2026-11-27T10:0{number}:00+08:00")
        shown.append(report(office).id)
        office.world.move_to(f"2026-11-27T10:0{number}:30+08:00")
        report(office, about(office, "supervisor"))

    cursor = office.get("/supervision?limit=2", "supervisor")["cursor"]

    payload = base64.urlsafe_b64decode(cursor.partition(".")[0] + "==").decode()
    assert re.findall("R[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}", payload) == [shown[1]]
