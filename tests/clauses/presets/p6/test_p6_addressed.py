"""P6.3 `corporate-standard`: the nature decides who is addressed, and only those addressed act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.company import CONCERNED, WORK_ORDER, forwarded, handled, of_class, recorded, reviewed
from tests.clauses.organisation import Organisation, hire

Stage = Callable[[Organisation], str]
UNITS = [*CONCERNED, "support_department"]
CARD: dict[str, Any] = {"matter": "service_quality", "card": "consumer_card"}
QUALITY: dict[str, Any] = {"matter": "product_quality"}
INSPECTION = {"findings": "属实", "truthful": True, "sample_test": "抽样检测合格。"}
DECISION = {"solution": "退款", "outcome": "resolved"}
NATURES = [
    ({}, ["business_unit", "sales_unit"]),
    ({"channel": "direct"}, ["business_unit", "sales_unit"]),
    ({"category": {"matter": "service_quality"}}, ["business_unit", "sales_unit"]),
    ({"category": {"matter": "service_process"}}, ["business_unit", "sales_unit"]),
    ({"category": {"matter": "complaint_handling"}}, ["business_unit", "sales_unit"]),
    (of_class("important"), ["business_unit", "sales_unit"]),
    (of_class("major"), ["business_unit", "sales_unit"]),
    ({"category": CARD}, ["service_department"]),
    ({"category": {**CARD, **QUALITY}, **of_class("major")}, ["service_department"]),
    ({"category": {**CARD, **QUALITY}}, ["service_department"]),
    ({"category": QUALITY}, ["quality_control"]),
    ({"category": QUALITY, **of_class("important")}, ["quality_control"]),
    ({"category": QUALITY, **of_class("major")}, ["quality_management"]),
]


@pytest.mark.parametrize(("filing", "possible"), NATURES)
def test_p6_3_the_nature_decides_to_whom_it_is_passed(
    company: Organisation, filing: dict[str, object], possible: list[str]
) -> None:
    number = reviewed(company, **filing)

    forms = company.complaint(number, "team_lead")["forms"]

    [offered] = [field["choices"] for field in forms["forward"] if field["name"] == "to"]
    assert offered == possible


@pytest.mark.parametrize("filing", [{}, {"category": CARD}, {"category": QUALITY, **of_class("major")}])
def test_p6_3_it_is_not_passed_to_a_unit_that_it_does_not_concern(
    company: Organisation, filing: dict[str, object]
) -> None:
    answer = company.try_act(reviewed(company, **filing), "team_lead", "forward", to="quality_control")

    assert (answer.status, answer.pointer) == (422, "/fields/to")


@pytest.mark.parametrize("stage", [Organisation.file, recorded, reviewed])
@pytest.mark.parametrize(("subject", "possible"), [(QUALITY, "quality_control"), (CARD, "service_department")])
def test_p6_3_a_wrong_subject_is_corrected_until_it_is_passed_on(
    company: Organisation, stage: Stage, subject: dict[str, Any], possible: str
) -> None:
    number = stage(company)

    company.act(number, "team_lead", "classify", severity="general", **subject)

    assert company.complaint(number)["category"] == {"matter": "service_quality", "wanted": "solution", **subject}
    if stage is Organisation.file:
        company.act(number, "agent", "accept", **WORK_ORDER)
    if stage is not reviewed:
        company.act(number, "team_lead", "confirm")
    [to] = [field for field in company.complaint(number, "team_lead")["forms"]["forward"] if field["name"] == "to"]
    assert to["choices"] == [possible]


@pytest.mark.parametrize("stage", [Organisation.file, recorded, reviewed])
def test_p6_1_a_wrong_demand_is_corrected_until_it_is_passed_on(company: Organisation, stage: Stage) -> None:
    number = stage(company)
    wrong = company.try_act(number, "team_lead", "classify", severity="general", wanted="revenge")
    assert (wrong.status, wrong.pointer) == (422, "/fields/wanted")

    company.act(number, "team_lead", "classify", severity="general", wanted="claim")

    assert company.complaint(number)["category"] == {"matter": "service_quality", "wanted": "claim"}


@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p6_3_what_was_passed_on_keeps_its_subject(company: Organisation, stage: Stage) -> None:
    answer = company.try_act(stage(company), "team_lead", "classify", severity="general", **QUALITY)

    assert (answer.status, answer.pointer) == (422, "/fields/matter")


@pytest.mark.parametrize("addressed", list(CONCERNED))
def test_p6_3_units_that_were_not_addressed_assign_nobody(company: Organisation, addressed: str) -> None:
    number = forwarded(company, addressed)

    for unit in UNITS:
        answer = company.try_act(number, unit, "assign", responsible=company.subs[unit])
        assert answer.status == (200 if unit == addressed else 403), unit
        if answer.status == 200:
            return


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "business_unit"])
def test_p6_3_units_that_were_not_addressed_do_nothing(company: Organisation, unit: str) -> None:
    number = forwarded(company)
    assert company.try_act(number, unit, "assign", responsible=company.subs[unit]).status == 403
    company.act(number, "business_unit", "assign", responsible=company.subs["business_unit"])
    company.act(number, "business_unit", "inspect", **INSPECTION)

    acts = {"inspect": INSPECTION, "decide": DECISION, "forward": {"pass_to": unit, "reason": "质量问题"}}
    for act, fields in acts.items():
        assert company.try_act(number, unit, act, **fields).status == 403, act


@pytest.mark.parametrize("addressed", list(CONCERNED))
def test_p6_3_the_addressed_unit_handles_it_to_the_end(company: Organisation, addressed: str) -> None:
    number = handled(company, addressed)
    company.act(number, addressed, "inspect", **INSPECTION)

    assert company.act(number, addressed, "decide", **DECISION)["stage"] == "decided"


@pytest.mark.parametrize(("act", "fields"), [("inspect", INSPECTION), ("decide", DECISION)])
def test_p6_3_a_colleague_who_is_not_responsible_does_not_decide(
    company: Organisation, act: str, fields: dict[str, object]
) -> None:
    hire(company, "business_unit", name="colleague")
    number = handled(company)
    company.act(number, "business_unit", "inspect", **INSPECTION)

    assert company.try_act(number, "colleague", act, **fields).status == 403


@pytest.mark.parametrize("unit", [unit for unit in CONCERNED if unit != "business_unit"])
def test_p6_3_only_the_person_whom_the_addressed_unit_names_decides(company: Organisation, unit: str) -> None:
    hire(company, unit, name="colleague", also=["business_unit"])
    number = forwarded(company)
    company.act(number, "business_unit", "assign", responsible=company.subs["colleague"])
    assert company.try_act(number, "business_unit", "inspect", **INSPECTION).status == 403

    company.act(number, "colleague", "inspect", **INSPECTION)

    assert company.try_act(number, "business_unit", "decide", **DECISION).status == 403
    assert company.act(number, "colleague", "decide", **DECISION)["stage"] == "decided"


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("who", ["agent", "team_lead", "sales_unit", "support_department"])
def test_p6_3_the_person_responsible_is_of_the_unit_addressed(company: Organisation, stage: object, who: str) -> None:
    number = stage(company)  # type: ignore[operator]

    answer = company.try_act(number, "business_unit", "assign", responsible=company.subs[who])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p6_3_a_complaint_that_was_handed_on_belongs_to_the_other_unit(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")

    assert company.try_act(number, "business_unit", "assign", responsible=company.subs["business_unit"]).status == 403
    company.act(number, "sales_unit", "assign", responsible=company.subs["sales_unit"])
    assert company.try_act(number, "business_unit", "inspect", **INSPECTION).status == 403
    assert company.act(number, "sales_unit", "inspect", **INSPECTION)["stage"] == "handling"


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("unit", list(CONCERNED))
def test_p6_3_no_unit_hands_it_on_to_itself(company: Organisation, unit: str, stage: object) -> None:
    number = stage(company, unit)  # type: ignore[operator]

    answer = company.try_act(number, unit, "forward", pass_to=unit, reason="属本部门")

    assert (answer.status, answer.pointer) == (422, "/fields/pass_to")


def test_p6_3_the_unit_that_gets_it_decides_on_its_own_inspection(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", **INSPECTION)
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")
    company.act(number, "sales_unit", "assign", responsible=company.subs["sales_unit"])
    assert company.try_act(number, "sales_unit", "decide", **DECISION).status == 409

    company.act(number, "sales_unit", "inspect", **INSPECTION)

    assert company.act(number, "sales_unit", "decide", **DECISION)["stage"] == "decided"


@pytest.mark.parametrize("field", ["pass_to", "reason"])
def test_p6_3_handing_it_on_names_the_unit_and_the_reason(company: Organisation, field: str) -> None:
    fields = {"pass_to": "sales_unit", "reason": "属销售单位", field: None}

    answer = company.try_act(handled(company), "business_unit", "forward", **fields)

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")
