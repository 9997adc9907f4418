"""`/v1/t/{tenant}/units/{unit}`: points against a unit and its open tasks, under any policy."""

from __future__ import annotations

import copy
import uuid
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.lens import OtherPolicy
from tests.clauses.offices.estate import NO_OFFICE, estate_in, replied
from tests.clauses.organisation import Organisation, hire
from tests.clauses.running import seen_through
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

PRESET = "property-management"
REPORT = {"task": "written_report", "report": "情况说明"}


def policy() -> dict[str, Any]:
    document = copy.deepcopy(dict(presets.document(PRESET)))
    document.pop("examples")
    return document


def founded(document: dict[str, Any] | None = None) -> Organisation:
    """An organisation with the units north and south, on the preset or on another policy."""
    with seen_through(OtherPolicy(PRESET, document or policy())):
        estate = estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    for name in ("north", "south"):
        ask(estate, "POST", "/units", {"id": name, "name": f"{name}区"})
    return estate


@pytest.fixture
def estate() -> Organisation:
    return founded()


def ask(estate: Organisation, method: str, path: str, body: Any = None, who: str = "owner", **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return estate.world.call(method, estate.path + path, body, auth=estate.auth(who), headers=sent)


def decide(estate: Organisation, number: str, outcome: str = "valid") -> None:
    estate.act(number, "service_centre", "decide", opinion="已核实。", outcome=outcome)


def judged(estate: Organisation, severity: str = "major") -> str:
    number = replied(estate, severity=severity, unit="north")
    decide(estate, number)
    return number


def seen(estate: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = estate.get("/units/north", "service_centre")
    return found


def owed(estate: Organisation) -> list[str]:
    return [task["task"] for task in seen(estate)["tasks"]]


def do(estate: Organisation, who: str = "management_office", **headers: str) -> Answer:
    return ask(estate, "POST", "/units/north/acts/do_task", {"fields": REPORT}, who, **headers)


def publish(estate: Organisation, document: dict[str, Any]) -> None:
    answer = ask(estate, "POST", "/policy/publish", {"policy": document})
    assert answer.status == 201, answer.text


# ---- reading -----------------------------------------------------------------------------------------------------


def test_a_unit_without_events_has_no_points(estate: Organisation) -> None:
    shown = seen(estate)

    assert (shown["name"], shown["version"], shown["points"], shown["tasks"]) == ("north区", "0", 0, [])
    assert [(one["points"], one["task"], one["reached"]) for one in shown["thresholds"]] == [
        (3, "written_report", None),
        (5, "site_survey", None),
    ]


def test_a_reached_threshold_shows_until_when_its_task_is_not_opened_again(estate: Organisation) -> None:
    judged(estate)

    [report, survey] = seen(estate)["thresholds"]

    assert estate.local(report["reached"]["until"]) == "2026-12-28T00:00:00+08:00"
    assert survey["reached"] is None


@pytest.mark.parametrize("path", ["", "/record", "/record/verify"])
def test_an_unknown_unit_is_not_found(estate: Organisation, path: str) -> None:
    assert ask(estate, "GET", f"/units/west{path}").status == 404


@pytest.mark.parametrize("path", ["", "/record", "/record/verify"])
def test_another_units_people_do_not_see_it(estate: Organisation, path: str) -> None:
    hire(estate, "management_office", name="southern", unit="south")

    assert ask(estate, "GET", f"/units/north{path}", None, "southern").status == 404


def test_a_non_member_sees_no_unit(estate: Organisation) -> None:
    other = estate_in(estate.world)

    assert estate.world.call("GET", f"{estate.path}/units/north", auth=other.auth("owner")).status == 403


def test_a_units_number_is_not_a_complaints_number(estate: Organisation) -> None:
    judged(estate)

    answers = [ask(estate, "GET", f"/complaints/U%23north{path}") for path in ("", "/record", "/deadlines")]

    assert [answer.problem for answer in answers] == ["complaint-unknown"] * 3


# ---- acting ------------------------------------------------------------------------------------------------------


def test_only_open_tasks_can_be_done(estate: Organisation) -> None:
    early = do(estate)
    judged(estate)
    other = ask(estate, "POST", "/units/north/acts/close", {"fields": {}}, "management_office")

    assert [(answer.status, answer.problem) for answer in (early, other)] == [(409, "act-not-open")] * 2
    assert other.json["acts"] == ["do_task"]


def test_an_act_returns_the_remaining_tasks_with_their_roles(estate: Organisation) -> None:
    judged(estate)
    judged(estate, "important")

    answer = do(estate)

    assert [task["task"] for task in answer.json["tasks"]] == ["site_survey"]
    assert (answer.json["acts"], answer.json["events"][0]["type"]) == ([], "task_done")
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'


def test_a_repeat_under_the_same_key_changes_nothing(estate: Organisation) -> None:
    judged(estate)
    key = str(uuid.uuid4())

    first, again = do(estate, Idempotency_Key=key), do(estate, Idempotency_Key=key)

    assert (first.status, again.json) == (200, first.json)
    assert seen(estate)["version"] == first.json["version"]


def test_a_stale_version_is_refused(estate: Organisation) -> None:
    judged(estate)

    answer = do(estate, If_Match='"1"')

    assert (answer.status, answer.problem) == (412, "stale")
    assert answer.json["detail"] == "The unit has changed since you looked."
    assert owed(estate) == ["written_report"]


def test_a_refused_act_records_the_due_events(estate: Organisation) -> None:
    judged(estate)
    world = estate.world
    assert isinstance(world, InProcess)
    world.jump_to("2026-12-03T09:00:00+08:00")

    assert do(estate, "department").status == 403

    events = estate.get("/units/north/record", "service_centre")["events"]
    assert "missed" in [event["type"] for event in events]


# ---- what counts -------------------------------------------------------------------------------------------------


def reopening(counts: str = "first") -> dict[str, Any]:
    document = policy()
    document["points"]["counts"] = counts
    document["stages"]["decided"]["reopen"] = {"by": "service_centre", "to": "replied"}
    return document


def test_a_complaint_that_is_decided_again_counts_once() -> None:
    estate = founded(reopening())
    number = judged(estate, "important")

    estate.act(number, "service_centre", "reopen")
    decide(estate, number)

    assert seen(estate)["points"] == 2


def test_a_later_decision_does_not_undo_the_count() -> None:
    estate = founded(reopening())
    number = judged(estate, "important")

    estate.act(number, "service_centre", "reopen")
    decide(estate, number, "invalid")

    assert seen(estate)["points"] == 2


def test_a_later_decision_undoes_the_count_if_the_latest_counts() -> None:
    estate = founded(reopening("latest"))
    number = judged(estate, "important")

    estate.act(number, "service_centre", "reopen")
    decide(estate, number, "invalid")

    assert seen(estate)["points"] == 0


def test_a_complaint_counts_when_it_proves_valid_after_all() -> None:
    estate = founded(reopening())
    number = replied(estate, severity="important", unit="north")
    decide(estate, number, "invalid")

    estate.act(number, "service_centre", "reopen")
    decide(estate, number)

    assert seen(estate)["points"] == 2


def test_a_policy_can_ask_for_more_than_the_event() -> None:
    document = policy()
    document["points"]["when"] = {"channel": "phone"}
    estate = founded(document)

    for channel in ("phone", "visit"):
        decide(estate, replied(estate, severity="general", unit="north", channel=channel))

    assert seen(estate)["points"] == 1


def test_a_complaint_about_no_unit_counts_against_none(estate: Organisation) -> None:
    number = estate.file(severity="major")
    estate.act(number, "service_centre", "decide", text="已转告。", opinion="已核实。", **NO_OFFICE)

    assert (seen(estate)["points"], owed(estate)) == (0, [])


# ---- versions ----------------------------------------------------------------------------------------------------


def test_thresholds_are_those_of_the_version_in_force(estate: Organisation) -> None:
    judged(estate, "general")
    document = policy()
    document["points"]["at"] = {2: document["points"]["at"]["3"], 5: document["points"]["at"]["5"]}
    publish(estate, document)

    judged(estate, "general")

    assert (owed(estate), seen(estate)["policy"]) == (["written_report"], "2")


def test_a_raised_threshold_opens_no_second_task_within_the_window(estate: Organisation) -> None:
    judged(estate)
    assert do(estate).status == 200
    document = policy()
    document["points"]["at"] = {"4": document["points"]["at"]["3"], "9": document["points"]["at"]["5"]}
    publish(estate, document)

    judged(estate, "important")

    assert owed(estate) == []


def test_an_open_task_stays_open_under_its_version_if_the_newer_lacks_it(estate: Organisation) -> None:
    judged(estate)
    document = policy()
    del document["points"]["at"]["3"]
    publish(estate, document)

    judged(estate, "general")

    assert (owed(estate), seen(estate)["policy"]) == (["written_report"], "1")
    assert do(estate).status == 200
    judged(estate, "general")
    assert (owed(estate), seen(estate)["policy"]) == (["site_survey"], "2")


def test_under_a_version_without_points_nothing_counts(estate: Organisation) -> None:
    document = policy()
    del document["points"], document["tasks"]["site_survey"]
    publish(estate, document)

    judged(estate)

    assert (seen(estate)["points"], seen(estate)["thresholds"]) == (0, [])
