"""Who sees a task of a unit or of the organisation, who is told, who does it, and what happens when nobody does."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up
from tests.units.periodic_tasks.office import REPORT, YEAR_REPORT, do, hour, listed, of_unit, office, wait

OPENED = "2027-01-01T12:00:00+01:00"
PATHS = ("/organisation", "/organisation/record", "/organisation/reads", "/organisation/record/verify")


@pytest.fixture
def at() -> Organisation:
    """The office after the beginning of the year: the reports of the units and of the organisation are due."""
    made = office()
    wait(made, OPENED)
    return made


def test_a_units_task_is_on_the_work_list_of_its_own_people(at: Organisation) -> None:
    assert listed(at, "of_north") == [("quarter_report", "north")]
    assert listed(at, "of_north", "?of=unit") == [("quarter_report", "north")]
    assert sorted(listed(at, "head")) == [("quarter_report", "north"), ("quarter_report", "south")]


def test_the_respondent_of_a_unit_sees_its_own_tasks(at: Organisation) -> None:
    hire(at, "respondent", name="seller", unit="north")

    assert listed(at, "seller", "?of=unit") == [("quarter_report", "north")]


@pytest.mark.parametrize("query", ["", "?kind=task", "?kind=improvement", "?of=unit&kind=approval"])
def test_each_work_list_is_open_to_the_respondent_of_a_unit(at: Organisation, query: str) -> None:
    hire(at, "respondent", name="seller", unit="north")

    assert listed(at, "seller", query) == []


def test_the_organisations_task_is_on_the_work_list_of_its_role(at: Organisation) -> None:
    [item] = at.get("/tasks", "director")["tasks"]

    assert (item["number"], item["unit"], item["task"]) == (None, None, "year_report")
    assert (item["label"]["en"], item["due"]) == ("Report of the year", "2027-01-15T16:00:00.000Z")
    assert listed(at, "board") == []


def test_the_people_are_told(at: Organisation) -> None:
    def told(who: str) -> list[str]:
        return [message["text"]["en"] for message in at.get("/messages", who)["messages"]]

    [to_unit], [to_director] = told("of_north"), told("director")
    assert to_unit.startswith(
        "Please complete this regular task for north: Report of the quarter, due by Fri 8 Jan 2027 17:00"
    )
    assert to_director.startswith(
        "Please complete this regular task for the organisation: Report of the year, due by Fri 15 Jan 2027"
    )
    assert told("board") == []


def test_owners_are_told_of_a_task_for_a_role_that_nobody_has() -> None:
    at = office()
    director = at.subs["director"]
    assert at.world.call("DELETE", f"{at.path}/people/{director}", auth=at.auth("owner")).status < 300
    wait(at, OPENED)

    texts = [message["text"]["en"] for message in at.get("/messages", "owner")["messages"]]
    [text] = [text for text in texts if text.startswith("Something about the organisation is waiting for the Director")]
    assert "nobody has this role" in text


def test_the_organisation_shows_its_tasks_and_their_fields(at: Organisation) -> None:
    shown = at.get("/organisation", "director")

    assert [(task["task"], task["id"]) for task in shown["tasks"]] == [("year_report", "U#*/1")]
    assert (shown["acts"], [field["name"] for field in shown["forms"]["year_report"]]) == (["do_task"], ["report"])


def test_the_role_does_the_organisations_task(at: Organisation) -> None:
    answer = do(at, "director", YEAR_REPORT, "")

    assert (answer.status, answer.json["unit"], answer.json["tasks"]) == (200, None, [])
    assert listed(at, "director") == []
    event = of_unit(at, "")[-1]
    assert (event["type"], event["act"], event["actor"]["id"]) == ("task_done", "do_task", at.subs["director"])


def test_the_units_people_do_its_task(at: Organisation) -> None:
    assert do(at, "of_north", REPORT).status == 200
    assert (listed(at, "of_north"), listed(at, "of_south")) == ([], [("quarter_report", "south")])


def test_its_fields_are_needed(at: Organisation) -> None:
    for who, fields, unit in (("of_north", REPORT, "north"), ("director", YEAR_REPORT, "")):
        answer = do(at, who, {"task": fields["task"]}, unit)
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/report")


def test_other_roles_may_not_do_it(at: Organisation) -> None:
    assert do(at, "board", YEAR_REPORT, "").status == do(at, "board", REPORT).status == 403
    assert do(at, "of_south", REPORT).status == 404  # they do not see the other unit


def test_a_task_is_done_once(at: Organisation) -> None:
    do(at, "director", YEAR_REPORT, "")

    answer = do(at, "director", YEAR_REPORT, "")
    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_before_the_first_task_no_act_is_open() -> None:
    answer = do(office(), "director", YEAR_REPORT, "")

    assert (answer.status, answer.problem, answer.json["acts"]) == (409, "act-not-open", [])


@pytest.mark.parametrize("unit", ["north", ""])
def test_a_missed_task_escalates_tier_by_tier_and_each_rung_once(at: Organisation, unit: str) -> None:
    hour(at, "2027-01-15T18:00:00+01:00")
    hour(at, "2027-02-10T18:00:00+01:00")

    task = "quarter_report" if unit else "year_report"
    missed = [one for one in of_unit(at, unit) if one["type"] == "missed" and one["fields"]["clock"] == task]
    ids = [one["id"].partition("/")[2] for one in missed]
    assert ids == [f"{task}/1/{rung}" for rung in range(1, len(ids) + 1)]
    assert len(ids) >= 2
    escalated = [one for one in of_unit(at, unit) if one["type"] == "escalated" and one["fields"]["clock"] == task]
    assert [one["fields"]["roles"] for one in escalated] == [["board"]]
    texts = [message["text"]["en"] for message in at.get("/messages", "board")["messages"]]
    named = "north" if unit else "the organisation"
    label = "Report of the quarter" if unit else "Report of the year"
    late = f"A task of {named} is overdue and has been escalated to you: {label}. Please deal with it. It was due "
    assert sum(text.startswith(late) for text in texts) == 1


def test_a_task_done_in_time_does_not_escalate(at: Organisation) -> None:
    do(at, "director", YEAR_REPORT, "")
    wait(at, "2027-03-15T12:00:00+01:00")

    assert [one["type"] for one in of_unit(at, "")] == ["task_opened", "notified", "task_done"]


def test_an_open_task_of_the_last_period_stays_beside_the_new_one(at: Organisation) -> None:
    wait(at, "2027-04-01T12:00:00+02:00")

    assert [key for key, _ in listed(at, "of_north")].count("quarter_report") == 2
    assert do(at, "of_north", REPORT).status == 200
    assert [key for key, _ in listed(at, "of_north")].count("quarter_report") == 1


def test_the_record_verifies(at: Organisation) -> None:
    do(at, "director", YEAR_REPORT, "")
    hour(at, "2027-01-02T12:00:00+01:00")

    for place in ("/organisation", "/units/north"):
        report = at.get(f"{place}/record/verify", "owner")
        assert report["intact"]
        assert report["anchor"]["agrees"]


def test_a_text_is_kept_beside_the_event_and_its_reads_are_logged(at: Organisation) -> None:
    do(at, "director", YEAR_REPORT, "")

    record = at.get("/organisation/record", "board")
    assert "report" not in record["events"][-1]["fields"]
    assert len(record["events"][-1]["private"]) == 1
    assert YEAR_REPORT["report"] in str(record["values"])
    assert [read["by"] for read in at.get("/organisation/reads", "owner")["reads"]] == [at.subs["board"]]


def test_another_organisations_people_see_and_do_nothing(at: Organisation) -> None:
    other = sign_up(at.world, "customer-service")
    seen = [at.world.call("GET", at.path + path, auth=other.auth("owner")) for path in PATHS]
    body = {"fields": YEAR_REPORT}
    done = at.world.call("POST", f"{at.path}/organisation/acts/do_task", body, auth=other.auth("owner"))

    assert [(answer.status, answer.problem) for answer in (*seen, done)] == [(403, "forbidden")] * 5
    assert other.get("/organisation", "owner")["tasks"] == []
    assert [task["task"] for task in at.get("/organisation", "director")["tasks"]] == ["year_report"]
