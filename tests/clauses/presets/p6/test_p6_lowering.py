"""P6.2 `corporate-standard`: a class is lowered, and a sign struck out, by two people with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import company_in, lowered, of_class
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess

REASON = "经核实不属实。"
LOWER: dict[str, Any] = {"severity": "general", "reason": REASON, "struck": ["wide_effect"]}


def important(company: Organisation) -> str:
    return company.file(**of_class("important"))


def severity(company: Organisation, number: str) -> str:
    found: str = company.complaint(number)["severity"]
    return found


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_p6_2_lowering_a_class_needs_a_reason(company: Organisation, who: str) -> None:
    number = important(company)

    answer = company.try_act(number, who, "classify", **{**LOWER, "reason": None})

    assert (answer.status, answer.pointer) == (422, "/fields/reason")
    assert severity(company, number) == "important"


@pytest.mark.parametrize(("who", "second"), [("agent", "team_lead"), ("team_lead", "business_unit")])
def test_p6_2_lowering_a_class_needs_two_people(company: Organisation, who: str, second: str) -> None:
    number = important(company)

    company.act(number, who, "classify", **LOWER)
    assert severity(company, number) == "important"
    company.act(number, second, "approve")

    assert severity(company, number) == "general"
    [event] = company.events(number, type_="classified")
    assert (event["fields"]["struck"], event["actor"]["id"]) == (["wide_effect"], company.subs[second])


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_p6_2_the_person_who_lowers_it_is_not_the_second_one(company: Organisation, who: str) -> None:
    number = important(company)
    company.act(number, who, "classify", **LOWER)

    assert company.try_act(number, who, "approve").status == 403
    assert severity(company, number) == "important"


def test_p6_2_another_team_lead_approves_a_team_leads_own_change(company: Organisation) -> None:
    hire(company, "team_lead", name="colleague")
    number = important(company)
    company.act(number, "team_lead", "classify", **LOWER)

    assert company.act(number, "colleague", "approve")["severity"] == "general"


@pytest.mark.parametrize("second", ["agent", "sales_unit", "quality_management"])
def test_p6_2_others_do_not_approve_it(company: Organisation, second: str) -> None:
    number = important(company)
    company.act(number, "team_lead", "classify", **LOWER)

    assert company.try_act(number, second, "approve").status == 403


def test_p6_2_the_second_person_can_refuse_it(company: Organisation) -> None:
    number = important(company)
    company.act(number, "agent", "classify", **LOWER)

    company.act(number, "team_lead", "reject")

    assert severity(company, number) == "important"


@pytest.mark.parametrize(
    ("of", "sign", "lower"),
    [("important", "wide_effect", "general"), ("major", "media", "important"), ("major", "media", "general")],
)
def test_p6_2_no_class_lies_below_a_sign_of_the_filing(company: Organisation, of: str, sign: str, lower: str) -> None:
    number = company.file(**of_class(of))
    shows = {"sign": "ordinary_quality"} if lower == "important" else {}

    answer = company.try_act(number, "team_lead", "classify", severity=lower, reason=REASON, **shows)

    assert (answer.status, answer.pointer) == (422, "/fields/severity")
    assert sign in answer.json["errors"][0]["values"]


def test_p6_2_no_class_lies_below_a_sign_that_staff_recorded(company: Organisation) -> None:
    number = company.file()
    company.act(number, "agent", "classify", severity="major", sign="litigation")

    answer = company.try_act(number, "team_lead", "classify", severity="general", reason=REASON)

    assert (answer.status, answer.pointer) == (422, "/fields/severity")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_p6_2_the_refusal_names_the_signs(company: Organisation, language: str) -> None:
    number = company.file(severity="major", facts={"major_sign": "media", "important_sign": "wide_effect"})
    headers = {"Accept-Language": language}

    answer = company.try_act(number, "team_lead", "classify", headers, severity="general", reason=REASON)

    said = {
        "zh": "低于“重大投诉”级，而记录中有该等级的特征：可能或已经引发媒体大量报道",
        "en": "is below Major, of which the record has these signs: Possible or actual media reports",
    }
    assert answer.json["errors"][0]["detail"] == said[language]


def test_p6_2_striking_out_a_sign_needs_a_reason_and_two_people(company: Organisation) -> None:
    number = company.file(severity="major", facts={"major_sign": "media"})
    company.act(number, "agent", "classify", severity="major", sign="litigation")
    fields: dict[str, Any] = {"severity": "major", "sign": "litigation", "struck": ["media"]}
    assert company.try_act(number, "team_lead", "classify", **fields).pointer == "/fields/reason"

    company.act(number, "team_lead", "classify", **fields, reason=REASON)
    assert company.try_act(number, "team_lead", "approve").status == 403
    company.act(number, "business_unit", "approve")

    left = company.try_act(number, "team_lead", "classify", severity="general", reason=REASON)
    assert left.json["errors"][0]["detail"].endswith("Possible or actual litigation or arbitration")


def test_p6_2_what_is_struck_out_must_be_on_record(company: Organisation) -> None:
    number = important(company)

    answer = company.try_act(number, "team_lead", "classify", **{**LOWER, "struck": ["media"]})

    assert (answer.status, answer.pointer) == (422, "/fields/struck/0")


def test_p6_2_raising_a_class_needs_neither(company: Organisation) -> None:
    number = important(company)

    assert company.act(number, "agent", "classify", severity="major", sign="media")["severity"] == "major"


def test_p6_2_two_people_give_no_lower_class_after_a_month(company: Organisation) -> None:
    january = company_in(InProcess("2026-01-31T09:00:00+08:00"))
    number = january.file(**of_class("important"))
    january.world.move_to("2026-02-28T23:59:00+08:00")
    january.act(number, "agent", "classify", **LOWER)

    january.world.move_to("2026-03-01T00:00:00+08:00")

    assert january.try_act(number, "team_lead", "approve").status in (409, 422)
    assert severity(january, number) == "major"


def test_p6_2_the_reason_is_on_record(company: Organisation) -> None:
    number = important(company)

    lowered(company, number, "general", "slight", "wide_effect")

    [event] = company.events(number, type_="classified")
    values = company.get(f"/complaints/{number}/record", "agent", number)["values"]
    assert values[event["id"]]["reason"] == REASON


def test_p6_2_a_sign_that_is_recorded_meanwhile_stops_the_lowering(company: Organisation) -> None:
    number = important(company)
    company.act(number, "team_lead", "classify", **LOWER)
    company.act(number, "agent", "classify", severity="major", sign="litigation")

    answer = company.try_act(number, "business_unit", "approve")

    assert answer.status in (409, 422), answer.text
    assert severity(company, number) == "major"


def test_p6_2_the_class_that_is_lowered_keeps_the_limit_of_the_higher_one_until_it_is_approved(
    company: Organisation,
) -> None:
    number = important(company)
    before = company.deadline(number, "resolution")["due"]

    company.act(number, "agent", "classify", **LOWER)

    assert company.deadline(number, "resolution")["due"] == before


def test_p6_2_a_refused_lowering_leaves_its_sign_on_record(company: Organisation) -> None:
    number = important(company)
    company.act(number, "agent", "classify", **LOWER)
    company.act(number, "team_lead", "reject")

    answer = company.try_act(number, "agent", "classify", severity="general", reason=REASON)

    assert (answer.status, answer.pointer) == (422, "/fields/severity")
