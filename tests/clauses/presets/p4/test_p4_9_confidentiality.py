"""P4.9: only people who handle the case see personal data and content, and (+) every read is logged."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.store.port import Unavailable
from infra.memory_store.store import RecordedCall
from tests.clauses.offices.estate import decided as found_valid
from tests.clauses.offices.hall import accepted, assigned
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess

PRIVATE = {"complainant.name", "complainant.phone", "content"}
ROUTE = "GET /v1/t/{tenant}/complaints/{number}"


ROLES = ("owner", "director", "investigator", "reception", "supervisor")


@pytest.fixture
def number(hall: Organisation) -> str:
    """A complaint assigned to one of two investigators."""
    hire(hall, "investigator", name="colleague")
    return assigned(hall)


def facts(hall: Organisation, number: str, who: str) -> set[str]:
    return set(hall.complaint(number, who)["facts"])


def reads(hall: Organisation, number: str, who: str = "owner") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.get(f"/complaints/{number}/reads", who)["reads"]
    return found


@pytest.mark.parametrize("who", ["reception", "director", "investigator", "complainant"])
def test_p4_9_handlers_see_the_complainant_and_the_content(hall: Organisation, number: str, who: str) -> None:
    assert facts(hall, number, who) >= PRIVATE


@pytest.mark.parametrize("who", ["colleague", "owner"])
def test_p4_9_others_see_neither_complainant_nor_content(hall: Organisation, number: str, who: str) -> None:
    assert not facts(hall, number, who) & PRIVATE


def test_p4_9_an_investigator_sees_the_case_from_the_assignment_on(hall: Organisation) -> None:
    number = accepted(hall)
    assert not facts(hall, number, "investigator") & PRIVATE

    hall.act(number, "director", "assign", investigators=[hall.subs["investigator"]])

    assert facts(hall, number, "investigator") >= PRIVATE


def test_p4_9_the_events_show_their_texts_to_the_same_people(hall: Organisation, number: str) -> None:
    hall.act(number, "investigator", "inspect", findings="当日窗口少开一个。")

    shown = {who: hall.get(f"/complaints/{number}/record", who)["values"] for who in ("investigator", "colleague")}

    assert [len(values) for values in shown.values()] == [2, 0]


def test_p4_9_a_logged_read_has_person_time_fields_and_address(hall: Organisation, number: str) -> None:
    hall.complaint(number, "reception")

    [read] = reads(hall, number)
    assert (read["by"], read["role"]) == (hall.subs["reception"], "reception")
    assert (read["at"], read["classes"], read["route"]) == (
        "2026-11-27T01:00:00.000Z",
        ["complainant", "content"],
        ROUTE,
    )


def test_p4_9_reading_the_events_is_logged_too(hall: Organisation, number: str) -> None:
    hall.get(f"/complaints/{number}/record", "director")

    assert [(read["role"], read["route"]) for read in reads(hall, number)] == [("director", f"{ROUTE}/record")]


def test_p4_9_responses_without_private_data_are_not_logged(hall: Organisation, number: str) -> None:
    hall.complaint(number, "colleague")
    hall.complaint(number, "complainant")
    hall.get(f"/complaints/{number}/deadlines", "reception")
    hall.get("/complaints", "reception")

    assert reads(hall, number) == []


def test_p4_9_a_read_that_cannot_be_logged_is_refused(hall: Organisation, number: str) -> None:
    world = hall.world
    assert isinstance(world, InProcess)

    def full(call: RecordedCall) -> None:
        if call.name == "commit":
            raise Unavailable

    world.fakes.store.before = full
    answer = world.call("GET", f"{hall.path}/complaints/{number}", auth=hall.auth("reception"))
    world.fakes.store.before = None

    assert (answer.status, answer.problem) == (503, "unavailable")
    assert reads(hall, number) == []


def test_p4_9_a_head_request_is_logged_like_get(hall: Organisation, number: str) -> None:
    path = f"{hall.path}/complaints/{number}"
    assert hall.world.call("HEAD", path, auth=hall.auth("investigator")).status == 200
    by_head = reads(hall, number)
    hall.complaint(number, "investigator")

    assert [read["route"] for read in reads(hall, number)] == [ROUTE, ROUTE]
    assert [read["role"] for read in by_head] == ["investigator"]


def test_p4_9_the_log_is_for_owners_and_auditors(hall: Organisation, number: str) -> None:
    hall.complaint(number, "investigator")
    path = f"{hall.path}/complaints/{number}/reads"

    statuses = {who: hall.world.call("GET", path, auth=hall.auth(who)).status for who in ROLES}

    assert statuses == {"owner": 200, "director": 200, "investigator": 403, "reception": 403, "supervisor": 403}
    assert len(reads(hall, number, "director")) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_p4_9_the_log_cannot_be_changed(hall: Organisation, number: str, method: str) -> None:
    for who in ("investigator", "owner"):
        answer = hall.world.call(method, f"{hall.path}/complaints/{number}/reads", {}, auth=hall.auth(who))
        assert answer.status == 405


def test_p4_9_the_log_is_newest_first_and_paged(hall: Organisation, number: str) -> None:
    for minute, who in enumerate(("reception", "director", "investigator")):
        hall.world.move_to(f"2026-11-27T09:0{minute}:00+08:00")
        hall.complaint(number, who)

    first = hall.get(f"/complaints/{number}/reads?limit=2", "owner")
    rest = hall.get(f"/complaints/{number}/reads?limit=2&cursor={first['cursor']}", "owner")

    assert [read["role"] for read in (*first["reads"], *rest["reads"])] == ["investigator", "director", "reception"]


def search(hall: Organisation, who: str, **given: str) -> Any:
    return hall.world.call("POST", f"{hall.path}/complaints/search", given, auth=hall.auth(who))


@pytest.mark.parametrize("written", ["00000000000", "000-0000 0000", "０００００００００００"])
def test_p4_9_handlers_find_a_customer_by_phone(hall: Organisation, number: str, written: str) -> None:
    found = search(hall, "reception", phone=written).json["complaints"]

    assert [row["number"] for row in found] == [number]
    assert search(hall, "colleague", phone=written).json["complaints"] == []


def test_p4_9_a_search_hit_is_logged_as_a_read(hall: Organisation, number: str) -> None:
    search(hall, "reception", phone="00000000000")

    [read] = reads(hall, number)
    assert (read["classes"], read["route"]) == (["complainant"], "POST /v1/t/{tenant}/complaints/search")


def related(hall: Organisation, number: str, who: str) -> list[str]:
    return [row["number"] for row in hall.get(f"/complaints/{number}/history", who)["customer"]]


def test_p4_9_a_history_shows_complaints_whose_customer_the_reader_may_see(hall: Organisation, number: str) -> None:
    later = accepted(hall)
    hall.act(later, "director", "assign", investigators=[hall.subs["colleague"]])

    assert related(hall, later, "colleague") == []
    assert related(hall, later, "reception") == [number]


def test_p4_9_a_history_entry_is_logged_as_a_read(hall: Organisation, number: str) -> None:
    later = accepted(hall)
    hall.get(f"/complaints/{later}/history", "reception")

    shown = [(read["classes"], read["route"]) for each in (number, later) for read in reads(hall, each)]

    assert shown == [(["complainant"], f"{ROUTE}/history")] * 2


def test_p4_9_only_readers_of_the_content_find_a_subject(hall: Organisation) -> None:
    number = accepted(hall, subject="W-7")

    found = {who: hall.get("/subjects/W-7", who)["complaints"] for who in ("reception", "investigator")}

    assert [len(rows) for rows in found.values()] == [1, 0]
    [read] = reads(hall, number)
    assert (read["role"], read["classes"], read["route"]) == (
        "reception",
        ["content"],
        "GET /v1/t/{tenant}/subjects/{subject}",
    )


def test_p4_9_a_read_names_the_role_of_the_reader(hall: Organisation, number: str) -> None:
    hire(hall, "investigator", name="two_roles", also=["reception"])

    hall.complaint(number, "two_roles")

    assert [read["role"] for read in reads(hall, number)] == ["reception"]


def test_p4_9_a_deputys_read_names_the_absent_person(hall: Organisation, number: str) -> None:
    body = {"sub": hall.subs["colleague"], "from": "2026-11-27T00:00:00Z", "until": "2026-12-27T00:00:00Z"}
    assert hall.world.call("PUT", f"{hall.path}/people/me/deputy", body, auth=hall.auth("reception")).status == 200

    hall.complaint(number, "colleague")

    assert [(read["role"], read["on_behalf_of"]) for read in reads(hall, number)] == [
        ("reception", hall.subs["reception"])
    ]


def test_p4_9_reads_of_a_unit_have_their_own_log(estate: Organisation) -> None:
    estate.world.call("POST", f"{estate.path}/units", {"id": "north", "name": "north"}, auth=estate.auth("owner"))
    for _ in range(3):
        found_valid(estate, unit="north")
    body = {"fields": {"task": "written_report", "report": "已整改。"}}
    path = f"{estate.path}/units/north"
    assert estate.world.call("POST", f"{path}/acts/do_task", body, auth=estate.auth("management_office")).status == 200
    estate.get("/units/north/record", "leader")

    [read] = estate.get("/units/north/reads", "owner")["reads"]

    assert (read["by"], read["role"]) == (estate.subs["leader"], "leader")
    assert read["route"] == "GET /v1/t/{tenant}/units/{unit}/record"
    assert estate.world.call("GET", f"{path}/reads", auth=estate.auth("leader")).status == 403


def organisation_told(hall: Organisation, who: str) -> list[str]:
    hall.world.settle()
    return [one["text"]["zh"] for one in hall.get("/messages", who)["messages"]]


def test_p4_9_the_director_is_told_of_an_owners_export_of_the_whole_organisation(hall: Organisation) -> None:
    path = f"{hall.path}/exports"
    assert hall.world.call("POST", f"{path}?format=event-log", {}, auth=hall.auth("owner")).status == 202
    before = organisation_told(hall, "director")

    assert hall.world.call("POST", path, {}, auth=hall.auth("owner")).status == 202

    text = "机构管理员已开始导出本机构的全部数据，其中包含所有投诉的内容和个人信息。导出人和时间见本机构的记录。"
    assert (before, organisation_told(hall, "director")) == ([], [text])
    assert organisation_told(hall, "reception") == organisation_told(hall, "investigator") == []
