"""`not`, `same` and `of: assigned` in `by`, over HTTP: who may do an act after others had their part in the record."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, document, publish, stand_in, status, switch

NOT = {"decide": {"by": {"role": "officer", "not": ["inspected"]}, "to": "done"}}


@pytest.fixture
def office() -> Organisation:
    return council(NOT)


def inspected(office: Organisation, who: str = "officer") -> str:
    number = office.file()
    office.act(number, who, "inspect")
    return number


def test_the_person_who_did_the_event_is_refused_and_another_is_not(office: Organisation) -> None:
    number = inspected(office)
    assert office.try_act(number, "officer", "decide").problem == "forbidden"
    assert office.complaint(number, "officer")["acts"] == ["inspect"]
    assert office.act(number, "second", "decide")["stage"] == "done"


def test_the_exclusion_concerns_this_complaint_only(office: Organisation) -> None:
    inspected(office)
    assert status(office, office.file(), "officer", "decide") == 200


def test_a_deputy_who_stands_in_now_is_excluded(office: Organisation) -> None:
    number = inspected(office)
    stand_in(office, "officer", "second")
    assert status(office, number, "second", "decide") == 403


def test_the_deputy_at_the_time_of_the_event_stays_excluded(office: Organisation) -> None:
    stand_in(office, "officer", "second", until="2026-11-27T12:00:00+08:00")
    number = inspected(office)
    office.world.move_to("2026-11-27T13:00:00+08:00")
    assert status(office, number, "second", "decide") == 403


def test_a_deputy_of_a_later_time_is_excluded_only_while_they_stand_in(office: Organisation) -> None:
    number = inspected(office)
    stand_in(office, "officer", "second", until="2026-11-27T12:00:00+08:00")
    assert status(office, number, "second", "decide") == 403
    office.world.move_to("2026-11-27T13:00:00+08:00")
    assert status(office, number, "second", "decide") == 200


def test_the_person_for_whom_a_deputy_did_the_event_is_excluded() -> None:
    acts = {
        "mediate": {"by": "reviewer"},
        "decide": {"by": {"role": "reviewer", "not": ["mediated"]}, "to": "done"},
    }
    office = council(acts)
    stand_in(office, "reviewer", "second")
    number = office.file()
    office.act(number, "second", "mediate")
    assert status(office, number, "reviewer", "decide") == 403
    assert status(office, number, "second", "decide") == 403
    assert status(office, number, "third", "decide") == 200


def test_only_one_level_of_deputies_is_excluded(office: Organisation) -> None:
    """The deputy's own deputy had no part in the event."""
    stand_in(office, "officer", "reviewer")
    stand_in(office, "reviewer", "second")
    number = inspected(office)
    assert status(office, number, "second", "decide") == 200


def test_the_exclusion_outlasts_a_reopening(office: Organisation) -> None:
    number = inspected(office)
    office.act(number, "second", "decide")
    office.act(number, "manager", "reopen")
    assert status(office, number, "officer", "decide") == 403


def test_the_exclusion_outlasts_a_switch_of_the_version(office: Organisation) -> None:
    number = inspected(office)
    publish(office, document({**NOT, "note": {"by": "manager"}}))
    switch(office, number)
    assert status(office, number, "officer", "decide") == 403
    assert status(office, number, "second", "decide") == 200


def test_a_newer_version_excludes_by_events_before_the_switch() -> None:
    office = council({"decide": {"by": "officer", "to": "done"}})
    number = inspected(office)
    publish(office, document(NOT))
    switch(office, number)
    assert status(office, number, "officer", "decide") == 403


def test_a_mediator_does_not_decide() -> None:
    acts = {
        "mediate": {"by": "officer", "tells": "complainant"},
        "decide": {"by": {"role": "officer", "not": "mediated"}, "to": "done"},
    }
    office = council(acts)
    number = office.file()
    office.act(number, "officer", "mediate")
    assert [one["actor"]["id"] for one in office.events(number, "officer", "mediated")] == [office.subs["officer"]]
    assert status(office, number, "officer", "decide") == 403
    assert status(office, number, "second", "decide") == 200


ACCEPTING = {
    "accept": {"by": ["officer", "reviewer"], "needs": "handler", "assigns": {"officer": "handler"}},
}


def test_same_selects_the_latest_person_who_did_the_event() -> None:
    office = council(
        {"accept": {"by": "officer"}, "decide": {"by": {"role": "officer", "same": "accepted"}, "to": "done"}}
    )
    number = office.file()
    assert status(office, number, "officer", "decide") == 403
    office.act(number, "officer", "accept")
    office.act(number, "second", "accept")
    assert status(office, number, "officer", "decide") == 403
    assert status(office, number, "second", "decide") == 200


def test_a_deputy_of_the_same_person_acts_for_them() -> None:
    office = council(
        {"accept": {"by": "officer"}, "decide": {"by": {"role": "officer", "same": "accepted"}, "to": "done"}}
    )
    number = office.file()
    office.act(number, "officer", "accept")
    stand_in(office, "officer", "second")
    assert status(office, number, "second", "decide") == 200


def test_same_and_assigned_together_select_the_person_in_both() -> None:
    deciding = {"decide": {"by": {"role": "officer", "of": "assigned", "same": "accepted"}, "to": "done"}}
    office = council({**ACCEPTING, **deciding})
    number = office.file()
    office.act(number, "officer", "accept", handler=[office.subs["second"]])
    assert [status(office, number, who, "decide") for who in ("officer", "second")] == [403, 403]
    office.act(number, "second", "accept", handler=[office.subs["second"]])
    assert [status(office, number, who, "decide") for who in ("officer", "second")] == [403, 200]


def test_an_act_assigns_the_person_who_then_decides() -> None:
    office = council({**ACCEPTING, "decide": {"by": {"role": "officer", "of": "assigned"}, "to": "done"}})
    number = office.file()
    taken = office.act(number, "officer", "accept", handler=[office.subs["second"]])
    assert taken["assigned"] == {"officer": [office.subs["second"]]}
    assert [status(office, number, who, "decide") for who in ("officer", "second")] == [403, 200]


def test_each_role_confirms_once_with_its_own_fields() -> None:
    office = council(
        {"confirm": {"by": ["officer", "reviewer"], "all": True, "needs": "grade", "to": "done"}},
        fields={"grade": {"en": "Grade", "kind": "choice", "choices": {"good": {"en": "Good"}, "bad": {"en": "Bad"}}}},
    )
    number = office.file()
    assert office.act(number, "officer", "confirm", grade="good")["stage"] == "open"
    assert office.try_act(number, "second", "confirm", grade="bad").problem == "act-not-open"
    assert office.complaint(number, "second")["acts"] == ["inspect"]
    assert office.act(number, "third", "confirm", grade="bad")["stage"] == "done"
    confirmed = office.events(number, "officer", "confirmed")
    assert [(one["actor"]["role"], one["fields"]["grade"]) for one in confirmed] == [
        ("officer", "good"),
        ("reviewer", "bad"),
    ]
