"""Times to the first answer in the matter and to the decision, counted by hand: a working day has eight hours."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.reports.measures.office import at, cases, put, rows

HOURS = 60
DECISION, ANSWER = "time_to_decision", "time_to_first_substantive_answer"
OWN = "_without_waiting"


def near(hours: float) -> object:
    """As the buckets of a histogram state it."""
    return pytest.approx(hours * HOURS, rel=0.0477)


def test_the_first_answer_in_the_matter_ends_the_time_and_the_decision_another_one(office: Organisation) -> None:
    number = office.file()
    at(office, 23, 11)
    office.act(number, "agent", "accept")
    at(office, 24, 13)
    office.act(number, "agent", "reply", solution="We look into it.")
    at(office, 26, 9)
    office.act(number, "agent", "decide", solution="Repaired.", outcome="upheld")

    assert rows(office, ANSWER)[""] == {"count": 1, "median": near(12), "p90": near(12)}
    assert rows(office, DECISION)[""] == {"count": 1, "median": near(24), "p90": near(24)}
    assert rows(office, ANSWER + OWN) == rows(office, ANSWER)


def test_an_acceptance_alone_is_no_answer(office: Organisation) -> None:
    office.act(office.file(), "agent", "accept")
    assert [rows(office, name) for name in (ANSWER, ANSWER + OWN, DECISION, DECISION + OWN)] == [{}, {}, {}, {}]


def test_the_time_in_which_evidence_of_the_complainant_was_awaited_is_left_out(office: Organisation) -> None:
    number = office.file()
    at(office, 23, 13)
    office.act(number, "agent", "demand_evidence", wanted="The bill", of="complainant")
    at(office, 25, 11)
    office.act(number, "agent", "receive_evidence", received="The bill")
    at(office, 25, 15)
    office.act(number, "agent", "decide", solution="Repaired.", outcome="upheld")

    assert rows(office, DECISION)[""]["median"] == near(22)
    assert rows(office, DECISION + OWN)[""]["median"] == near(8)
    assert rows(office, ANSWER + OWN)[""]["median"] == near(8)


def test_after_the_time_for_the_evidence_the_office_is_awaited_again(office: Organisation) -> None:
    number = office.file()
    office.act(number, "agent", "demand_evidence", wanted="The bill", of="complainant")
    at(office, 27, 17)
    office.act(number, "agent", "decide", solution="Repaired.", outcome="upheld")

    assert rows(office, DECISION)[""]["median"] == near(40)
    assert rows(office, DECISION + OWN)[""]["median"] == near(8)


def test_shares_within_the_marks_that_the_owner_entered(office: Organisation) -> None:
    for day, hour in ((23, 16), (24, 17), (25, 9), (27, 12)):
        number = office.file()
        at(office, day, hour)
        office.act(number, "agent", "decide", solution="Repaired.", outcome="upheld")
    assert "within" not in rows(office, DECISION)[""]

    assert put(office, marks=[3, 1]).json == {"references": {}, "marks": [1, 3]}

    # Filed on Monday at 9, Monday at 16, Tuesday at 17 and Wednesday at 9: the last one takes until the second day.
    assert rows(office, DECISION)[""]["within"] == [
        {"working_days": 1, "count": 3, "share": 0.75},
        {"working_days": 3, "count": 4, "share": 1.0},
    ]


def test_days_of_waiting_are_not_counted_for_the_marks(office: Organisation) -> None:
    number = office.file()
    office.act(number, "agent", "demand_evidence", wanted="The bill", of="complainant")
    at(office, 26, 9)
    office.act(number, "agent", "receive_evidence", received="The bill")
    at(office, 27, 10)
    office.act(number, "agent", "decide", solution="Repaired.", outcome="upheld")
    put(office, marks=[2, 3, 4])

    counts = {name: [one["count"] for one in rows(office, name)[""]["within"]] for name in (DECISION, DECISION + OWN)}
    assert counts == {DECISION: [0, 0, 1], DECISION + OWN: [1, 1, 1]}


def test_each_time_has_its_cases(office: Organisation) -> None:
    decided, _ = office.file(), office.file()
    at(office, 24, 9)
    office.act(decided, "agent", "decide", solution="Repaired.", outcome="upheld")

    assert [cases(office, name) for name in (ANSWER, DECISION, DECISION + OWN)] == [[decided]] * 3


@pytest.mark.parametrize("marks", [[0], [366], [1, 2, 3, 4, 5, 6], ["soon"]])
def test_marks_are_up_to_five_numbers_of_days(office: Organisation, marks: list[object]) -> None:
    assert put(office, marks=marks).status in (400, 422)


def test_what_is_left_out_stays_and_members_read_it(office: Organisation) -> None:
    put(office, references={"closed_without_decision": 0.1})
    put(office, marks=[5])
    path = f"{office.path}/references"
    found = office.world.call("GET", path, auth=office.auth("agent"))
    assert found.json == {"references": {"closed_without_decision": 0.1}, "marks": [5]}
    assert [one["fields"] for one in office.get("/record", "owner")["events"] if one["type"] == "references_set"] == [
        {"marks": [5]},
        {"references": {"closed_without_decision": 0.1}},
    ]
