"""P6 `corporate-standard`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers, with_colleagues
from tests.clauses.offices.company import decided, forwarded, handled, recorded, reviewed
from tests.clauses.organisation import Organisation


def filed(company: Organisation) -> str:
    return company.file()


def in_quality_control(company: Organisation) -> str:
    return handled(company, "quality_control")


def support_asked(company: Organisation) -> str:
    number = handled(company)
    company.act(number, "business_unit", "notify", asked="support_department", request="请提供送货记录。")
    return number


def sample_asked(company: Organisation) -> str:
    number = handled(company)
    company.act(number, "business_unit", "notify", asked="quality_control", request="请检测。")
    return number


def inspected(company: Organisation) -> str:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="晚到三天。", truthful=True)
    return number


def agreed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "agree")
    return number


def reminded(company: Organisation) -> str:
    number = decided(company)
    company.world.move_to("2026-12-05T00:00:00+08:00")
    return number


def closed(company: Organisation) -> str:
    number = decided(company)
    company.world.move_to(company.deadline(number, "silence")["due"])
    return number


SUBJECT = (
    ", [matter: choice complaint_handling|product_quality|service_process|service_quality],"
    " [card: choice consumer_card], "
    "[wanted: choice claim|objection|protest|solution]"
)
CASES: dict[str, Case] = {
    "P6.1 P6.2 P6.3: filed": (
        filed,
        {
            "accept": {"agent": "agent_team, agent_number"},
            "classify": {
                "agent, team_lead": (
                    "severity: choice general|important|major, [sign: choice litigation|media|"
                    "ordinary_quality|public_attention|serious_effect|serious_quality|slight|"
                    "strong_dissatisfaction|wide_effect]" + SUBJECT + ", [reason]"
                ),
            },
        },
    ),
    "P6.1 P6.2 P6.3: recorded": (
        recorded,
        {
            "classify": {
                "agent, team_lead": (
                    "severity: choice general|important|major, [sign: choice litigation|media|"
                    "ordinary_quality|public_attention|serious_effect|serious_quality|slight|"
                    "strong_dissatisfaction|wide_effect]" + SUBJECT + ", [reason]"
                ),
            },
            "confirm": {"team_lead": ""},
            "object": {"team_lead": "reason"},
        },
    ),
    "P6.1 P6.2 P6.3: reviewed": (
        reviewed,
        {
            "classify": {
                "team_lead": (
                    "severity: choice general|important|major, [sign: choice litigation|media|"
                    "ordinary_quality|public_attention|serious_effect|serious_quality|slight|"
                    "strong_dissatisfaction|wide_effect]" + SUBJECT + ", [reason]"
                ),
            },
            "forward": {"team_lead": "to: choice business_unit|sales_unit"},
        },
    ),
    "P6.2 P6.3: forwarded": (
        forwarded,
        {
            "classify": {
                "team_lead": (
                    "severity: choice general|important|major, [sign: choice litigation|media|"
                    "ordinary_quality|public_attention|serious_effect|serious_quality|slight|"
                    "strong_dissatisfaction|wide_effect], [reason]"
                ),
            },
            "forward": {"business_unit, business_unit_2, team_lead": "pass_to: choice sales_unit, reason"},
            "assign": {"business_unit, business_unit_2, team_lead": "responsible: people"},
        },
    ),
    "P6.2 P6.3 P6.5: handled": (
        handled,
        {
            "classify": {
                "team_lead": (
                    "severity: choice general|important|major, [sign: choice litigation|media|"
                    "ordinary_quality|public_attention|serious_effect|serious_quality|slight|"
                    "strong_dissatisfaction|wide_effect], [reason]"
                ),
            },
            "forward": {"business_unit, team_lead": "pass_to: choice sales_unit, reason"},
            "assign": {"business_unit, business_unit_2, team_lead": "responsible: people"},
            "notify": {"business_unit": "asked: choice quality_control|support_department, request"},
            "reply": {},
            "execute": {},
            "inspect": {"business_unit": "findings, truthful: flag, [sample_test], [test_report], [done_at: time]"},
            "decide": {},
        },
    ),
    "P6.3: in_quality_control": (
        in_quality_control,
        {
            "forward": {},  # the nature allows no other unit
            "notify": {"quality_control": "asked: choice quality_control|support_department, request"},
            "inspect": {"quality_control": "findings, truthful: flag, sample_test, [test_report], [done_at: time]"},
        },
    ),
    "P6.3: support_asked": (
        support_asked,
        {"reply": {"support_department": "contribution"}},
    ),
    "P6.3: sample_asked": (
        sample_asked,
        {"execute": {"quality_control, quality_control_2": "sample_test, [test_report]"}},
    ),
    "P6.5: inspected": (
        inspected,
        {"decide": {"business_unit": "solution, outcome: choice compensated|explained|resolved"}},
    ),
    "P6.5: decided": (
        decided,
        {
            "agree": {"complainant": ""},
            "dispute": {"complainant": "[reason]"},
            "notify": {"agent, team_lead": ""},
            "reopen": {"team_lead": "reason"},
            "close": {},
        },
    ),
    "P6.5: agreed": (agreed, {"agree": {}, "close": {"agent, team_lead": "summary"}}),
    "P6.5: reminded": (reminded, {"agree": {"complainant": ""}, "close": {}}),
    "P6.5: closed": (
        closed,
        {"archive": {"agent, team_lead": ""}, "reopen": {"complainant": "reason"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p6_who_does_what(company: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(company, "business_unit", "quality_control"))

    assert offers(company, number, expected) == expected


def test_p6_3_what_was_done_lies_in_the_past(company: Organisation) -> None:
    answer = company.try_act(
        handled(company),
        "business_unit",
        "inspect",
        findings="属实。",
        truthful=True,
        done_at="2027-11-27T09:00:00+08:00",
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
