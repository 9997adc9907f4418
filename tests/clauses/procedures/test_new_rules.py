"""What the example procedures of Brazil, India, the United Kingdom, Korea and Ireland are there to show, over HTTP."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.clauses.procedures.test_steps import office

# ---- a court with a recess ------------------------------------------------------------------------------------------


def test_a_judgment_of_the_last_day_before_the_recess_becomes_final_in_february() -> None:
    court = office("br-small-claims", "2026-12-01T10:00:00-03:00")
    number = court.file()
    court.act(number, "registry", "accept", session_at="2026-12-07T14:00:00-03:00")
    court.act(number, "conciliator", "mediate", result="not_settled", text="The parties did not agree.")
    court.world.move_to("2026-12-18T16:00:00-03:00")
    court.act(number, "judge", "decide", outcome="dismissed", text="The goods were delivered.")

    court.world.move_to("2027-02-04T23:59:00-03:00")
    before = court.complaint(number)["stage"]
    court.world.move_to("2027-02-05T00:00:00-03:00")

    assert (before, court.complaint(number)["stage"]) == ("judged", "final")


# ---- a bank that rests on second and fourth Saturdays ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "liability", "status"),
    [
        ("2026-11-16T23:59:00+05:30", "zero", 200),
        ("2026-11-16T23:59:00+05:30", "limited", 422),
        ("2026-11-17T00:00:00+05:30", "zero", 422),
        ("2026-11-17T00:00:00+05:30", "limited", 200),
    ],
)
def test_a_customer_who_reports_within_three_working_days_has_no_liability(
    reported: str, liability: str, status: int
) -> None:
    """The bank's message came on Wednesday the 11th; the 14th is a second Saturday."""
    bank = office("in-bank-grievances", reported)
    number = bank.file(category={"kind": "unauthorised"}, facts={"informed_on": "2026-11-11"})
    bank.act(number, "desk", "accept")

    answer = bank.try_act(number, "nodal", "decide", outcome="resolved", text="It is credited.", liability=liability)

    assert answer.status == status
    assert [error["pointer"] for error in answer.json.get("errors", [])] == ["/fields/liability"] * (status == 422)


def test_what_the_bank_rejects_is_confirmed_by_another_person() -> None:
    bank = office("in-bank-grievances", "2026-12-01T10:00:00+05:30")
    hire(bank, "nodal", name="both", also=["io"])
    number = bank.file()
    bank.act(number, "desk", "accept")
    bank.act(number, "both", "decide", outcome="rejected", text="The locker was open.")
    final = {"outcome": "rejected", "text": "The locker was open."}

    refused = bank.try_act(number, "both", "confirm", **final)
    bank.act(number, "io", "confirm", **final)

    assert (refused.status, bank.complaint(number)["stage"]) == (403, "answered")


# ---- a lender with deemed receipt and time bars ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"happened_on": "2020-11-23"}, 422),
        ({"happened_on": "2020-11-22"}, 200),
        ({"happened_on": "2015-05-01", "known_on": "2023-11-23"}, 422),
        ({"happened_on": "2015-05-01", "known_on": "2023-11-22"}, 200),
    ],
    ids=["six years", "a day more", "three years from knowledge", "a day more than three"],
)
def test_only_a_complaint_outside_both_time_limits_is_rejected_for_it(facts: dict[str, str], status: int) -> None:
    lender = office("uk-lender-time-bars", "2026-11-23T10:00:00+00:00")
    number = lender.file(facts=facts)
    late = {"ground": "time_barred", "waiver": "objects", "text": "It came too late."}

    answer = lender.try_act(number, "reviewer", "refuse", **late)

    assert answer.status == status
    assert [error["pointer"] for error in answer.json.get("errors", [])] == ["/fields/ground"] * (status == 422)


def test_a_final_response_on_a_late_complaint_says_whether_the_lender_waives_the_limits() -> None:
    lender = office("uk-lender-time-bars", "2026-11-23T10:00:00+00:00")
    late, timely = lender.file(facts={"happened_on": "2020-11-22"}), lender.file()
    for number in (late, timely):
        lender.act(number, "handler", "inspect")

    refused = lender.try_act(late, "reviewer", "decide", outcome="rejected", text="The figure was right.")
    lender.act(timely, "reviewer", "decide", outcome="rejected", text="The figure was right.")

    assert [error["pointer"] for error in refused.json["errors"]] == ["/fields/waiver"]


def test_a_complaint_of_saturday_can_be_resolved_summarily_until_thursday() -> None:
    lender = office("uk-lender-time-bars", "2026-04-25T10:00:00+01:00")
    first, second = lender.file(), lender.file()
    for number in (first, second):
        lender.act(number, "handler", "offer", answer="We correct the figure.")

    lender.world.move_to("2026-04-30T16:59:00+01:00")
    lender.act(first, "complainant", "agree")
    lender.world.move_to("2026-04-30T17:00:00+01:00")
    refused = lender.try_act(second, "complainant", "agree")

    assert (lender.complaint(first)["stage"], refused.problem) == ("resolved", "act-not-open")


# ---- petitions that come again --------------------------------------------------------------------------------------

LAMP = {"place": "The street lamp at 1 Example Street"}


def _closed(county: Organisation, number: str) -> int:
    return county.try_act(number, "officer", "close", reason="We told you twice that the lamp is private.").status


def test_the_third_petition_of_a_person_about_the_same_place_may_be_closed() -> None:
    county = office("kr-repeated-petitions", "2026-11-23T10:00:00+09:00")
    first, second, third = (_answered(county), _answered(county), county.file(facts=LAMP))

    assert county.complaint(third, "officer")["repeat"] == "third"
    assert _closed(county, third) == 200
    county.act(third, "head", "approve")
    assert county.complaint(third)["stage"] == "ended"
    assert sorted(county.complaint(third, "officer")["earlier"]) == [first, second]


def test_a_second_petition_is_answered() -> None:
    county = office("kr-repeated-petitions", "2026-11-23T10:00:00+09:00")
    _answered(county)

    assert _closed(county, county.file(facts=LAMP)) == 409


@pytest.mark.parametrize(
    "facts",
    [
        {"place": "The bridge"},
        {"complainant.email": "other@example.com", "complainant.phone": "02-111-1111"},
        {"anything_new": True},
    ],
    ids=["another place", "another person", "something new"],
)
def test_a_petition_that_is_not_merely_the_same_again_is_answered(facts: dict[str, object]) -> None:
    county = office("kr-repeated-petitions", "2026-11-23T10:00:00+09:00")
    _answered(county)
    _answered(county)

    assert _closed(county, county.file(facts={**LAMP, **facts})) == 409


def _answered(county: Organisation) -> str:
    county.world.move_to(f"2026-11-23T{10 + len(county.filed)}:01:00+09:00")
    number = county.file(facts=LAMP)
    county.act(number, "officer", "decide", outcome="rejected", answer="The lamp is private.")
    return number


# ---- an ombudsman who mediates and then adjudicates -----------------------------------------------------------------


def test_who_ever_was_assigned_to_mediate_does_not_adjudicate() -> None:
    body = office("ie-financial-ombudsman", "2026-05-29T11:00:00+01:00")
    hire(body, "mediator", name="both", also=["adjudicator", "director"])
    number = body.file()
    body.act(number, "registry", "accept")
    body.act(number, "director", "assign", mediators=[body.subs["both"]])
    body.act(number, "director", "assign", mediators=[body.subs["mediator"]])
    body.act(number, "mediator", "mediate", result="abandoned")

    refused = body.try_act(number, "director", "forward", adjudicators=[body.subs["both"]])
    body.act(number, "director", "forward", adjudicators=[body.subs["adjudicator"]])
    body.act(number, "adjudicator", "find_liability", outcome="upheld", text="The lock was closed.")
    body.world.move_to("2026-06-22T17:00:00+01:00")
    body.act(number, "adjudicator", "decide", outcome="upheld", text="The lock was closed.")
    approved = [body.try_act(number, who, "approve").status for who in ("both", "director")]

    assert [error["pointer"] for error in refused.json["errors"]] == ["/fields/adjudicators"]
    assert approved == [403, 200]
    assert body.complaint(number)["stage"] == "decided"


def test_a_party_leaves_the_mediation_and_the_investigation_begins() -> None:
    body = office("ie-financial-ombudsman", "2026-05-29T11:00:00+01:00")
    number = body.file()
    body.act(number, "registry", "accept")

    body.act(number, "complainant", "object")

    assert body.complaint(number)["stage"] == "investigation"


def test_a_provider_has_its_forty_working_days_before_the_ombudsman_takes_the_complaint_up() -> None:
    body = office("ie-financial-ombudsman", "2026-05-20T10:00:00+01:00")
    number = body.file(facts={"complained_on": "2026-04-10", "final_response": False})

    early = [body.try_act(number, "registry", act).status for act in ("accept", "resume")]
    body.world.move_to("2026-06-09T17:00:00+01:00")
    body.act(number, "registry", "resume")

    assert early == [409, 409]
    assert body.complaint(number)["stage"] == "mediation"
