"""What an event log tells, and what it does not: no text and no datum of a person, and pseudonyms that last one log."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from tests.clauses.giving import declared
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.offices.marketplace import ASKED_FOR, FOUND, accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.walks.at_workshop import WORK
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import InProcess
from tests.exports.exported import START, add_evidence, company, estate, exported, world_of
from tests.exports.mining import logs
from tests.exports.mining.logs import EventLog
from tests.helpers.fakes.files import PDF

MARK = "秘密记号"


@pytest.fixture(scope="module")
def marked() -> Organisation:
    """Each given text has a mark."""
    made = sign_up(InProcess(START), "corporate-standard")
    facts = {name: f"{MARK}{value}" for name, value in made.example()["facts"].items() if "phone" not in name}
    number = made.file(facts={**facts, "complainant.phone": "00000000777"})
    add_evidence(made, number, PDF)
    made.act(number, "agent", "accept", agent_team=MARK, agent_number=MARK)
    made.act(number, "agent", "note", text=f"{MARK}备注")
    made.file(facts=facts)
    return made


def log_of(made: Organisation) -> EventLog:
    return logs.read(logs.packed(world_of(made), made.path, made.auth("owner")))


def test_no_text_and_no_datum_of_a_person_is_in_the_log(marked: Organisation) -> None:
    text = log_of(marked).text

    given = [MARK, "00000000777", "receipt.pdf", "示例", *marked.subs.values(), *marked.emails.values()]
    made = [*marked.filed, *(one.receipt for one in marked.filed.values()), marked.id]
    assert [one for one in [*given, *made] if one in text] == []


def archived_workshop() -> Organisation:
    made = sign_up(InProcess(START), "auto-repair-forms")
    to_the_archive(made, made.file(), WORK)
    return made


@pytest.mark.parametrize("make", [estate, company, archived_workshop])
def test_no_private_value_and_no_member_is_in_the_log(make: Callable[[], Organisation], tmp_path: Path) -> None:
    made = make()
    with zipfile.ZipFile(exported(made, tmp_path)) as archive:
        kept = [archive.read(name).decode() for name in archive.namelist() if name.startswith(("complaints", "units"))]
        people = [json.loads(line) for line in archive.read("people.jsonl").splitlines()]
    private = [one for lines in kept for line in lines.splitlines() for one in json.loads(line).get("private", ())]
    texts = {value for one in private for value in one["values"].values() if isinstance(value, str)}
    ids = {one[key] for one in people for key in ("sub", "email")}

    text = log_of(made).text

    assert len(texts) > 5
    assert [one for one in texts | ids if len(one) > 3 and not one.isdigit() and one in text] == []


def test_the_log_has_an_event_for_each_of_the_record(marked: Organisation) -> None:
    log = log_of(marked)

    recorded = [[activity(event) for event in marked.events(number)] for number in marked.filed]
    assert Counter(one["type"] for one in log.ocel["events"]) == Counter(one for each in recorded for one in each)
    assert [[one["concept:name"] for one in trace] for trace in log.traces.values()] == recorded


def activity(event: dict[str, Any]) -> str:
    return "automatic_message" if event["type"] == "notified" and event["actor"]["kind"] == "system" else event["type"]


def test_pseudonyms_are_stable_in_a_log_and_other_ones_in_the_next(marked: Organisation) -> None:
    first, second = log_of(marked), log_of(marked)

    kinds = ("complaint", "clock_run", "file", "person")
    assert [len(first.ids(kind)) for kind in kinds] == [len(second.ids(kind)) for kind in kinds]
    assert [first.ids(kind) & second.ids(kind) for kind in kinds] == [set() for _ in kinds]
    assert first.ids("complaint") == first.traces.keys()
    assert {event["org:resource"] for trace in first.traces.values() for event in trace if "org:resource" in event} <= (
        first.ids("person")
    )


def test_a_person_has_one_pseudonym_in_all_complaints_and_a_complainant_one_in_each() -> None:
    made = sign_up(InProcess(START), "corporate-standard")
    for number in (made.file(), made.file()):
        made.act(number, "agent", "accept", **WORK_ORDER)
    traces = log_of(made).traces.values()

    def actors(activity: str) -> list[str]:
        return [event["org:resource"] for trace in traces for event in trace if event["concept:name"] == activity]

    assert [len(set(actors("accepted"))), len(set(actors("registered")))] == [1, 2]


def test_a_respondent_with_an_account_is_another_person_in_each_complaint() -> None:
    made = marketplace_in(InProcess(START))
    numbers = [accepted(made), accepted(made)]
    for number in numbers:
        made.act(number, "handler", "inspect", **FOUND)
        made.act(number, "handler", "demand_evidence", **ASKED_FOR)
        assert declared(made, number, "other", auth=made.auth("seller")).status == 201
    log = log_of(made)

    giving = [one for one in log.ocel["events"] if one["type"] == "evidence_declared"]
    givers = [one["objectId"] for event in giving for one in event["relationships"] if one["qualifier"] == "actor"]
    people = {one["id"]: one["attributes"][0]["value"] for one in log.ocel["objects"] if one["type"] == "person"}
    assert (len(set(givers)), [people[one] for one in givers]) == (2, ["respondent", "respondent"])


def test_an_account_of_a_respondent_is_no_person_of_the_staff() -> None:
    made = marketplace_in(InProcess(START))
    hire(made, "respondent", name="former", unit="seller")
    removed = made.world.call("DELETE", f"{made.path}/people/{made.subs['former']}", auth=made.auth("owner"))
    assert removed.status == 204

    log = log_of(made)

    kinds = [one["attributes"][0]["value"] for one in log.ocel["objects"] if one["type"] == "person"]
    assert kinds.count("respondent") == 2
    assert kinds.count("staff") == len(made.subs) - 2 + 1, "and the founder"


def related(event: dict[str, Any]) -> dict[str, str]:
    return {one["qualifier"]: one["objectId"].rpartition("-")[0] or one["objectId"] for one in event["relationships"]}


def test_events_name_their_objects_with_their_parts() -> None:
    log = log_of(estate())

    first = {one["type"]: one for one in reversed(log.ocel["events"])}
    assert related(first["registered"]) == {
        "subject": "complaint",
        "unit": "unit:north",
        "policy": "policy:1",
        "actor": "person",
        "starts": "run",
    }
    assert related(first["task_done"]) == {
        "subject": "unit:north",
        "policy": "policy:1",
        "actor": "person",
        "ends": "run",
        "completes": "task",
    }
    assert related(first["scored"])["counts"] == "complaint"


def stages(log: EventLog) -> list[str]:
    """Of the only complaint, in order."""
    [complaint] = [one for one in log.ocel["objects"] if one["type"] == "complaint"]
    return [one["value"] for one in complaint["attributes"] if one["name"] == "stage"]


def test_a_complaint_has_each_stage_from_its_time_on() -> None:
    made = sign_up(InProcess(START), "corporate-standard")
    number = made.file()
    made.world.move_to("2026-11-27T16:00:00+08:00")
    made.act(number, "agent", "accept", **WORK_ORDER)

    assert stages(log_of(made)) == ["registered", "recorded"]


def test_of_several_values_at_the_same_time_the_last_one_counts() -> None:
    made = sign_up(InProcess(START), "corporate-standard")
    made.act(made.file(), "agent", "accept", **WORK_ORDER)

    assert stages(log_of(made)) == ["recorded"]


def test_objects_have_their_values_over_time_with_types() -> None:
    log = log_of(estate())

    types = {one["name"]: {each["name"]: each["type"] for each in one["attributes"]} for one in log.ocel["objectTypes"]}
    assert (types["clock_run"]["due"], types["clock_run"]["number"], types["clock_run"]["state"]) == (
        "time",
        "integer",
        "string",
    )
    tasks = [one for one in log.ocel["objects"] if one["type"] == "task"]
    states = [[one["value"] for one in task["attributes"] if one["name"] == "state"] for task in tasks]
    assert ["open", "done"] in states


def test_the_key_is_gone_when_the_log_is_written() -> None:
    made = estate()
    world = world_of(made)
    started = logs.start(world, made.path, made.auth("owner")).json["id"]

    with binding.tenant(made.id):
        key = keys.job(made.id, started)
        assert '"key":""' in world.fakes.store.get([key])[key].body
