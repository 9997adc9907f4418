"""P4 `government-service-centre`: oral and written intake, three classes, registration."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import CONDITIONS, accepted
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.steps import ACCEPTED, REFUSED_CLASS, REFUSED_MATTER


@pytest.mark.parametrize("channel", ["oral", "written"])
def test_p4_1_oral_and_written_intake(hall: Organisation, channel: str) -> None:
    assert hall.complaint(hall.file(channel=channel))["channel"] == channel


def test_p4_1_there_is_no_other_channel(hall: Organisation) -> None:
    answer = hall.try_file(channel="online")

    assert (answer.status, answer.pointer) == (422, "/channel")


@pytest.mark.parametrize("kind", ["service_quality", "staff_misconduct", "mishandling"])
def test_p4_2_three_classes_are_accepted(hall: Organisation, kind: str) -> None:
    number = accepted(hall, category={"class": kind})

    assert hall.complaint(number)["stage"] == "accepted"
    assert hall.told("complainant", number)[:1] == [ACCEPTED.format(number)]


def test_p4_2_another_matter_is_no_class(hall: Organisation) -> None:
    answer = hall.try_file(category={"class": "weather"})

    assert (answer.status, answer.pointer) == (422, "/category/class")


@pytest.mark.parametrize("ticked", [{"in_class": True}, {"in_class": False}, {}])
def test_p4_2_a_complaint_of_no_class_cannot_be_accepted_whatever_is_ticked(
    hall: Organisation, ticked: dict[str, bool]
) -> None:
    number = hall.file(category=None)

    answer = hall.try_act(number, "reception", "accept", conditions=ticked)

    assert (answer.status, answer.pointer) == (422, "/fields/conditions/in_class")
    assert hall.complaint(number)["stage"] == "registered"


@pytest.mark.parametrize("category", [None, {"class": "mishandling"}])
def test_p4_2_the_reception_names_a_class_that_was_left_out_or_mistaken(
    hall: Organisation, category: dict[str, str] | None
) -> None:
    number = hall.file(category=category)

    hall.act(number, "reception", "classify", **{"class": "service_quality"})

    assert hall.complaint(number)["category"] == {"class": "service_quality"}
    assert hall.act(number, "reception", "accept", conditions=CONDITIONS)["stage"] == "accepted"


@pytest.mark.parametrize("kind", [None, "weather"])
def test_p4_2_the_reception_names_one_of_the_three_classes(hall: Organisation, kind: str | None) -> None:
    answer = hall.try_act(hall.file(category=None), "reception", "classify", **{"class": kind})

    assert (answer.status, answer.pointer) == (422, "/fields/class")


@pytest.mark.parametrize("who", ["director", "investigator", "complainant"])
def test_p4_2_nobody_else_names_a_class(hall: Organisation, who: str) -> None:
    answer = hall.try_act(hall.file(category=None), who, "classify", **{"class": "service_quality"})

    assert answer.status == 403


def test_p4_2_acceptance_records_the_condition(hall: Organisation) -> None:
    number = hall.file()
    answer = hall.try_act(number, "reception", "accept")
    assert (answer.status, answer.pointer) == (422, "/fields/conditions")

    hall.act(number, "reception", "accept", conditions={})

    assert hall.events(number, type_="accepted")[0]["fields"]["conditions"] == {"in_class": True}


def test_p4_2_a_complaint_in_a_class_cannot_be_ticked_as_outside(hall: Organisation) -> None:
    answer = hall.try_act(hall.file(), "reception", "accept", conditions={"in_class": False})

    assert (answer.status, answer.pointer) == (422, "/fields/conditions/in_class")


@pytest.mark.parametrize(("who", "act"), [("director", "accept"), ("investigator", "accept"), ("director", "refuse")])
def test_p4_2_only_the_reception_accepts_and_refuses(hall: Organisation, who: str, act: str) -> None:
    assert hall.try_act(hall.file(), who, act, conditions=CONDITIONS, ground="not_in_class").status == 403


def test_p4_2_the_reception_is_told_of_a_complaint_and_the_director_of_its_acceptance(hall: Organisation) -> None:
    number = accepted(hall)

    assert hall.told("reception", number) == [f"投诉 {number} 已登记，请审查是否受理。"]
    assert hall.told("director", number) == [f"投诉 {number} 已受理，请指派调查人员。"]


def test_p4_2_a_refusal_of_no_class_cannot_be_ticked_as_in_a_class(hall: Organisation) -> None:
    number = hall.file(category=None)

    answer = hall.try_act(number, "reception", "refuse", ground="not_in_class", conditions=CONDITIONS, reason="无关。")

    assert (answer.status, answer.pointer) == (422, "/fields/conditions/in_class")
    missing = hall.try_act(number, "reception", "refuse", conditions={}, reason="无关。")
    assert (missing.status, missing.pointer) == (422, "/fields/ground")


def test_p4_2_complaints_outside_the_classes_are_refused_and_the_complainant_told(hall: Organisation) -> None:
    number = hall.file(category=None)

    answer = hall.act(number, "reception", "refuse", **NOT_IN_CLASS, reason="反映的是道路施工。")

    assert answer["stage"] == "refused"
    assert hall.told("complainant", number)[:1] == [REFUSED_CLASS.format(number)]


def test_p4_2_complaints_in_a_class_are_not_refused(hall: Organisation) -> None:
    refusal = {"ground": "not_in_class", "conditions": CONDITIONS, "reason": "无关。"}
    answer = hall.try_act(hall.file(), "reception", "refuse", **refusal)

    assert (answer.status, answer.pointer) == (422, "/fields/conditions")


NOT_IN_CLASS = {"ground": "not_in_class", "conditions": {"in_class": False}}
OTHER_MATTER = {"ground": "other_matter", "conditions": CONDITIONS}


def test_p4_2_a_complaint_of_another_matter_is_refused_although_a_class_was_named(hall: Organisation) -> None:
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = hall.file(category={"class": "mishandling"})

    answer = hall.act(number, "reception", "refuse", **OTHER_MATTER, reason="投诉的是天气。")

    assert answer["stage"] == "refused"
    refusal = REFUSED_MATTER.format(number)
    assert hall.told("complainant", number)[:1] == [refusal]
    assert "投诉的是天气。" in hall.world.mail("complainant@example.org")


@pytest.mark.parametrize("kind", ["service_quality", "staff_misconduct", "mishandling"])
def test_p4_2_another_matter_is_a_ground_for_each_class_that_was_named(hall: Organisation, kind: str) -> None:
    number = hall.file(category={"class": kind})

    answer = hall.try_act(number, "reception", "refuse", **OTHER_MATTER, reason="投诉的是天气。")

    assert (answer.status, hall.complaint(number)["stage"]) == (200, "refused")


def test_p4_2_where_no_class_was_named_another_matter_is_no_ground(hall: Organisation) -> None:
    number = hall.file(category=None)
    ground = {"ground": "other_matter", "conditions": {"in_class": False}}

    answer = hall.try_act(number, "reception", "refuse", **ground, reason="投诉的是天气。")

    assert (answer.status, answer.pointer) == (422, "/fields/ground")
    assert hall.complaint(number)["stage"] == "registered"


def test_p4_2_such_a_refusal_says_why(hall: Organisation) -> None:
    answer = hall.try_act(hall.file(), "reception", "refuse", **OTHER_MATTER)

    assert (answer.status, answer.pointer) == (422, "/fields/reason")


def test_p4_2_a_refusal_of_no_class_says_why_none_of_the_three_fits(hall: Organisation) -> None:
    answer = hall.try_act(hall.file(category=None), "reception", "refuse", **NOT_IN_CLASS)

    assert (answer.status, answer.pointer) == (422, "/fields/reason")


def test_p4_2_the_mail_about_a_refusal_of_no_class_says_why_none_of_the_three_fits(hall: Organisation) -> None:
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = hall.file(category=None)

    hall.act(number, "reception", "refuse", **NOT_IN_CLASS, reason="反映的是道路施工。")

    assert "反映的是道路施工。" in hall.world.mail("complainant@example.org")


@pytest.mark.parametrize("fact", ["complainant.name", "complainant.phone", "content"])
def test_p4_3_personal_data_and_content_are_required(hall: Organisation, fact: str) -> None:
    answer = hall.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p4_3_personal_data_content_and_time_are_registered(hall: Organisation) -> None:
    number = hall.file(facts={"occurred_at": "2026-11-26", "complainant.email": None})

    shown = hall.complaint(number)
    assert shown["registered_at"] == "2026-11-27T01:00:00.000Z"
    assert shown["facts"] == {
        **hall.example()["facts"],
        "occurred_at": "2026-11-26",
    }


def test_p4_3_the_complainant_is_told_of_the_registration(hall: Organisation) -> None:
    number = hall.file()

    assert hall.told("complainant", number)[0].startswith(f"您的投诉 {number} 已登记")


def test_p4_3_a_matter_does_not_lie_in_the_future(hall: Organisation) -> None:
    answer = hall.try_file(facts={"occurred_at": "2026-11-28"})

    assert (answer.status, answer.pointer) == (422, "/facts/occurred_at")
