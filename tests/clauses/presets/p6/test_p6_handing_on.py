"""P6.3 `corporate-standard`: handing on follows the nature, and major product quality goes to quality management."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices.company import CONCERNED, forwarded, handled, lowered
from tests.clauses.organisation import Organisation, hire

INSPECTION = {"findings": "属实", "truthful": True, "sample_test": "抽样检测合格。"}
DECISION = {"solution": "召回。", "outcome": "resolved"}
MAJOR = {"severity": "major", "sign": "serious_quality"}
HANDED_ON = "投诉 {} 已转交其他部门处理。"
BY_CLASS = "投诉 {} 的类别已确认：重大质量问题由企业质量管理部处理，其他产品质量问题由生产单位品控部处理。"
POSSIBLE = {
    "business_unit": ["sales_unit"],
    "sales_unit": ["business_unit"],
    "service_department": [],
    "quality_control": [],
    "quality_management": [],
}


def became_major(company: Organisation, by: str) -> str:
    """Inspected by quality control, then major, by the team lead or with time."""
    number = handled(company, "quality_control")
    company.act(number, "quality_control", "inspect", **INSPECTION)
    if by == "team_lead":
        company.act(number, "team_lead", "classify", **MAJOR)
    else:
        company.world.move_to(to_text(company.world.now() + 31 * DAY))
    return number


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("unit", list(CONCERNED))
@pytest.mark.parametrize("team_lead", [True, False])
def test_p6_3_it_is_handed_on_as_its_nature_allows(
    company: Organisation, unit: str, stage: object, team_lead: bool
) -> None:
    number, who = stage(company, unit), "team_lead" if team_lead else unit  # type: ignore[operator]

    form = company.complaint(number, who)["forms"].get("forward", [])
    offered = [choice for one in form if one["name"] == "pass_to" for choice in one["choices"]]
    assert company.try_act(number, who, "forward", reason="属其他部门").pointer == "/fields/pass_to"
    for other in CONCERNED.keys() - set(POSSIBLE[unit]):
        answer = company.try_act(number, who, "forward", pass_to=other, reason="属其他部门")
        assert (answer.status, answer.pointer) == (422, "/fields/pass_to"), other

    assert offered == POSSIBLE[unit]


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("unit", list(CONCERNED))
@pytest.mark.parametrize("team_lead", [True, False])
def test_p6_3_the_handing_on_is_offered_where_another_unit_is_possible(
    company: Organisation, unit: str, stage: object, team_lead: bool
) -> None:
    number, who = stage(company, unit), "team_lead" if team_lead else unit  # type: ignore[operator]

    acts = company.complaint(number, who)["acts"]

    assert ("forward" in acts) is bool(POSSIBLE[unit])


@pytest.mark.parametrize("by", ["team_lead", "time"])
def test_p6_3_product_quality_that_becomes_major_is_decided_by_quality_management(
    company: Organisation, by: str
) -> None:
    number = became_major(company, by)
    for act, fields in {"inspect": INSPECTION, "decide": DECISION}.items():
        assert company.try_act(number, "quality_control", act, **fields).status == 403
    control = company.try_act(number, "quality_management", "assign", responsible=company.subs["quality_control"])
    assert (control.status, control.pointer) == (422, "/fields/responsible")

    company.act(number, "quality_management", "assign", responsible=company.subs["quality_management"])

    assert company.try_act(number, "quality_management", "decide", **DECISION).status == 409
    company.act(number, "quality_management", "inspect", **INSPECTION)
    assert company.act(number, "quality_management", "decide", **DECISION)["stage"] == "decided"


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("who", ["quality_management", "team_lead"])
def test_p6_3_quality_management_is_told_of_product_quality_that_is_classified_as_major(
    company: Organisation, stage: object, who: str
) -> None:
    number = stage(company, "quality_control")  # type: ignore[operator]
    before = company.told(who, number)

    company.act(number, "team_lead", "classify", **MAJOR)

    assert BY_CLASS.format(number) in company.told(who, number)[: -len(before) or None]


def test_p6_3_the_person_responsible_is_told_that_it_is_major(company: Organisation) -> None:
    number = handled(company, "quality_control")

    company.act(number, "team_lead", "classify", **MAJOR)

    assert BY_CLASS.format(number) in company.told("quality_control", number)[:2]


@pytest.mark.parametrize("unit", ["business_unit", "service_department"])
def test_p6_3_another_major_complaint_stays_with_its_unit(company: Organisation, unit: str) -> None:
    number = handled(company, unit)

    company.act(number, "team_lead", "classify", severity="major", sign="media")

    assert company.told("quality_management", number) == []
    assert company.act(number, unit, "inspect", **INSPECTION)["stage"] == "handling"


def test_p6_3_quality_management_takes_over_what_time_made_major(company: Organisation) -> None:
    number = became_major(company, "time")
    [opened] = company.events(number, type_="task_opened")
    aged = company.events(number, type_="reclassified")[0]["at"]
    assert (opened["at"], opened["fields"]["task"]) == (aged, "major_quality")
    owed = f"投诉 {number} 有待办事项：接手重大质量问题，请于2026年12月28日（周一）10:00前（北京时间）完成。"
    assert owed in company.told("quality_management", number)
    assert company.local(company.deadline(number, "major_quality")["due"]) == "2026-12-28T10:00:00+08:00"
    before = len(company.told("team_lead", number))

    company.act(number, "quality_management", "do_task", task="major_quality")

    assert len(company.told("team_lead", number)) == before + 1


def test_p6_3_time_gives_quality_management_no_other_complaint(company: Organisation) -> None:
    number = handled(company)

    company.world.move_to(to_text(company.world.now() + 31 * DAY))

    assert company.complaint(number)["severity"] == "major"
    assert company.events(number, type_="task_opened") == []


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize("by", ["quality_management", "team_lead"])
def test_p6_3_quality_management_or_the_team_lead_names_who_handles_what_became_major(
    company: Organisation, stage: object, by: str
) -> None:
    number = stage(company, "quality_control")  # type: ignore[operator]
    company.act(number, "team_lead", "classify", **MAJOR)
    assert (
        company.try_act(number, "quality_control", "assign", responsible=company.subs["quality_control"]).status == 403
    )

    company.act(number, by, "assign", responsible=company.subs["quality_management"])

    assert company.act(number, "quality_management", "inspect", **INSPECTION)["stage"] == "handling"


@pytest.mark.parametrize("stage", [forwarded, handled])
@pytest.mark.parametrize(("severity", "sign"), [("general", "slight"), ("important", "ordinary_quality")])
def test_p6_3_what_is_no_longer_major_is_for_quality_control(
    company: Organisation, stage: object, severity: str, sign: str
) -> None:
    number = stage(company, "quality_management")  # type: ignore[operator]

    lowered(company, number, severity, sign, "media")

    assert company.told("quality_control", number)[:1] == [BY_CLASS.format(number)]
    assert company.try_act(number, "quality_management", "inspect", **INSPECTION).status in (403, 409)
    company.act(number, "quality_control", "assign", responsible=company.subs["quality_control"])
    assert company.act(number, "quality_control", "inspect", **INSPECTION)["stage"] == "handling"


def test_p6_3_the_team_lead_names_the_person_where_the_unit_does_not(company: Organisation) -> None:
    number = forwarded(company)

    company.act(number, "team_lead", "assign", responsible=company.subs["business_unit"])

    assert company.act(number, "business_unit", "inspect", **INSPECTION)["stage"] == "handling"


@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p6_3_the_team_lead_hands_on_what_the_unit_leaves(company: Organisation, stage: object) -> None:
    number = stage(company)  # type: ignore[operator]

    company.act(number, "team_lead", "forward", pass_to="sales_unit", reason="业务部门未处理")

    answer = company.act(number, "sales_unit", "assign", responsible=company.subs["sales_unit"])
    assert answer["stage"] == "handling"


def test_p6_3_the_team_lead_does_not_decide(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", **INSPECTION)

    for act, fields in {"inspect": INSPECTION, "decide": DECISION}.items():
        assert company.try_act(number, "team_lead", act, **fields).status == 403


def test_p6_3_a_colleague_does_not_hand_it_on(company: Organisation) -> None:
    hire(company, "business_unit", name="colleague")
    number = handled(company)

    answer = company.try_act(number, "colleague", "forward", pass_to="sales_unit", reason="属销售单位")

    assert answer.status == 403


@pytest.mark.parametrize("who", ["business_unit", "team_lead"])
def test_p6_3_the_person_responsible_and_the_team_lead_are_told_that_it_was_handed_on(
    company: Organisation, who: str
) -> None:
    number = handled(company)

    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")

    assert company.told(who, number)[:1] == [HANDED_ON.format(number)]
    assert HANDED_ON.format(number) not in company.told("sales_unit", number)


def test_p6_3_a_successor_inspects_it_before_the_decision(company: Organisation) -> None:
    hire(company, "business_unit", name="successor")
    number = handled(company)
    company.act(number, "business_unit", "inspect", **INSPECTION)
    company.act(number, "business_unit", "assign", responsible=company.subs["successor"])
    assert company.told("successor", number)[:1] == [f"投诉 {number} 已指派，请承办。"]
    assert company.try_act(number, "successor", "decide", **DECISION).status == 409

    company.act(number, "successor", "inspect", **INSPECTION)

    assert company.act(number, "successor", "decide", **DECISION)["stage"] == "decided"


def test_p6_3_a_disputed_decision_that_time_makes_major_is_for_quality_management(company: Organisation) -> None:
    number = handled(company, "quality_control")
    company.act(number, "quality_control", "inspect", **INSPECTION)
    company.act(number, "quality_control", "decide", **DECISION)
    company.act(number, "complainant", "dispute", reason="仍有问题")
    company.world.move_to(to_text(company.world.now() + 31 * DAY))

    company.act(number, "team_lead", "reopen", reason="重新处理")

    assert company.try_act(number, "quality_control", "inspect", **INSPECTION).status == 403
    company.act(number, "quality_management", "assign", responsible=company.subs["quality_management"])
    assert company.act(number, "quality_management", "inspect", **INSPECTION)["stage"] == "handling"
