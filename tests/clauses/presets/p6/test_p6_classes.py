"""P6.2 `corporate-standard`: classes by their signs, and a complaint that ages into the highest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.company import company_in, decided, forwarded, handled, of_class, recorded, reviewed
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

SIGNS = [
    ("general", "slight"),
    ("important", "strong_dissatisfaction"),
    ("important", "wide_effect"),
    ("important", "ordinary_quality"),
    ("major", "serious_effect"),
    ("major", "media"),
    ("major", "public_attention"),
    ("major", "litigation"),
    ("major", "serious_quality"),
]


@pytest.fixture
def january() -> Organisation:
    return company_in(InProcess("2026-01-31T09:00:00+08:00"))


@pytest.mark.parametrize(("severity", "sign"), SIGNS)
def test_p6_2_each_class_has_its_signs(company: Organisation, severity: str, sign: str) -> None:
    number = company.file()

    answer = company.act(number, "team_lead", "classify", severity=severity, sign=sign)

    fields = company.events(number, type_="classified")[0]["fields"]
    assert (answer["severity"], fields["sign"]) == (severity, sign)


@pytest.mark.parametrize(("severity", "sign"), [("general", "media"), ("major", "slight"), ("important", "litigation")])
def test_p6_2_a_sign_of_another_class_is_refused(company: Organisation, severity: str, sign: str) -> None:
    number = company.file()

    answer = company.try_act(number, "team_lead", "classify", severity=severity, sign=sign)

    assert (answer.status, answer.pointer) == (422, "/fields/sign")


@pytest.mark.parametrize("severity", ["important", "major"])
@pytest.mark.parametrize("stage", [Organisation.file, recorded, reviewed, forwarded, handled])
def test_p6_2_a_class_above_general_needs_a_sign(company: Organisation, stage: object, severity: str) -> None:
    number = stage(company)  # type: ignore[operator]

    answer = company.try_act(number, "team_lead", "classify", severity=severity)

    assert (answer.status, answer.pointer) == (422, "/fields/sign")
    assert company.complaint(number)["severity"] == "general"


def test_p6_2_any_caller_may_file_with_a_class_and_the_default_is_the_lowest(company: Organisation) -> None:
    assert company.complaint(company.file(severity=None))["severity"] == "general"
    assert company.complaint(company.file(**of_class("major")))["severity"] == "major"


@pytest.mark.parametrize("severity", ["important", "major"])
@pytest.mark.parametrize("who", [None, "agent"])
def test_p6_2_a_class_above_general_needs_its_sign_at_the_filing_too(
    company: Organisation, severity: str, who: str | None
) -> None:
    auth = who and company.auth(who)
    other = {"important_sign": "wide_effect", "major_sign": "media", f"{severity}_sign": None}

    for facts in ({}, other):
        answer = company.try_file(auth=auth, severity=severity, facts=facts)
        assert (answer.status, answer.pointer) == (422, f"/facts/{severity}_sign")


@pytest.mark.parametrize(("sign_of", "sign"), [one for one in SIGNS if one[0] != "general"])
@pytest.mark.parametrize("severity", [None, "general", "important"])
def test_p6_2_a_filing_shows_no_sign_of_a_higher_class(
    company: Organisation, severity: str | None, sign_of: str, sign: str
) -> None:
    own = {"important_sign": "wide_effect"} if severity == "important" else {}

    answer = company.try_file(severity=severity, facts={**own, f"{sign_of}_sign": sign})

    if sign_of == severity:
        assert answer.status == 201
        return
    assert (answer.status, answer.pointer) == (422, f"/facts/{sign_of}_sign")
    assert "in this case" in answer.json["errors"][0]["detail"]


@pytest.mark.parametrize("sign", [sign for of, sign in SIGNS if of == "important"])
def test_p6_2_a_major_complaint_can_show_signs_of_an_important_one_too(company: Organisation, sign: str) -> None:
    assert company.try_file(severity="major", facts={"major_sign": "media", "important_sign": sign}).status == 201


@pytest.mark.parametrize("severity", ["general", "important", "major"])
def test_p6_2_a_filing_needs_no_sign_of_another_class(company: Organisation, severity: str) -> None:
    assert company.try_file(**of_class(severity)).status == 201


@pytest.mark.parametrize(("severity", "sign"), [one for one in SIGNS if one[0] != "general"])
def test_p6_2_the_filing_takes_the_signs_of_the_class_and_the_work_order_prints_them(
    company: Organisation, severity: str, sign: str
) -> None:
    names = {"important": "登记为重要投诉的依据", "major": "登记为重大投诉的依据"}
    number = company.file(severity=severity, facts={f"{severity}_sign": sign})

    printed = printed_page.printed(company, number, "work_order", "agent").values
    company.act(number, "agent", "classify", severity=severity, sign=sign)
    classified = printed_page.printed(company, number, "work_order", "agent").values

    assert classified["分类依据"] == [f"{one} 2026年11月27日 09:00 普通坐席" for one in printed[names[severity]]] != []
    wrong = company.try_file(severity=severity, facts={f"{severity}_sign": "slight"})
    assert (wrong.status, wrong.pointer) == (422, f"/facts/{severity}_sign")


def test_p6_2_only_staff_classify_afterwards(company: Organisation) -> None:
    number = company.file()

    assert company.try_act(number, "complainant", "classify", severity="major", sign="media").status == 403
    assert company.complaint(number)["severity"] == "general"


def test_p6_2_another_class_changes_the_limit_from_the_same_start(company: Organisation) -> None:
    number = company.file()

    company.act(number, "agent", "classify", severity="important", sign="wide_effect")

    deadline = company.deadline(number, "resolution")
    assert (deadline["run"], company.local(deadline["due"])) == (1, "2026-11-27T15:00:00+08:00")


def test_p6_2_unresolved_after_a_month_it_becomes_major(january: Organisation) -> None:
    number = january.file(severity="general")

    january.world.move_to("2026-02-28T23:59:59+08:00")
    assert january.complaint(number)["severity"] == "general"
    january.world.move_to("2026-03-01T00:00:00+08:00")

    [event] = january.events(number, type_="reclassified")
    assert (january.local(event["at"]), event["result"]["severity"]) == ("2026-03-01T00:00:00+08:00", "major")


def test_p6_2_a_month_that_ends_in_the_spring_festival_is_not_longer() -> None:
    company = company_in(InProcess("2026-01-17T18:30:00+08:00"))
    number = company.file(severity="general")

    company.world.move_to("2026-02-17T23:59:00+08:00")
    assert company.complaint(number)["severity"] == "general"
    company.world.move_to("2026-02-18T00:00:00+08:00")

    assert company.complaint(number)["severity"] == "major"


def test_p6_2_a_new_run_of_twelve_hours_starts_at_the_reclassification(january: Organisation) -> None:
    number = january.file(**of_class("important"))

    january.world.move_to("2026-03-01T00:00:00+08:00")

    deadline = january.deadline(number, "resolution")
    assert (deadline["run"], deadline["state"]) == (2, "running")
    assert january.local(deadline["due"]) == "2026-03-01T12:00:00+08:00"


def test_p6_2_the_earlier_miss_stays(january: Organisation) -> None:
    number = january.file(severity="general")

    january.world.move_to("2026-03-01T00:00:00+08:00")

    first = january.deadline(number, "resolution", run=1)
    assert (first["state"], january.local(first["due"])) == ("missed", "2026-02-01T09:00:00+08:00")


def test_p6_2_the_new_run_can_be_missed_again(january: Organisation) -> None:
    number = january.file(severity="general")

    january.world.move_to("2026-03-01T12:00:00+08:00")

    runs = [(event["fields"]["run"], event["fields"]["rung"]) for event in january.events(number, type_="missed")]
    assert runs.count((2, 1)) == 1


def test_p6_2_a_resolved_complaint_does_not_age(january: Organisation) -> None:
    number = decided(january)

    january.world.move_to("2026-03-15T09:00:00+08:00")

    assert january.events(number, type_="reclassified") == []


def test_p6_2_an_accepted_decision_does_not_age_before_it_is_closed(january: Organisation) -> None:
    number = decided(january)
    january.act(number, "complainant", "agree")

    january.world.move_to("2026-03-15T09:00:00+08:00")

    assert january.complaint(number)["stage"] == "decided"
    assert january.events(number, type_="reclassified") == []


def test_p6_2_a_disputed_decision_resolves_nothing(january: Organisation) -> None:
    number = decided(january)
    january.act(number, "complainant", "dispute")

    january.world.move_to("2026-03-01T00:00:00+08:00")

    assert january.complaint(number)["severity"] == "major"
    assert january.deadline(number, "resolution")["run"] == 1


def test_p6_2_a_major_complaint_does_not_age(january: Organisation) -> None:
    number = january.file(**of_class("major"))

    january.world.move_to("2026-03-15T09:00:00+08:00")

    assert january.events(number, type_="reclassified") == []


@pytest.mark.parametrize("stage", [recorded, handled])
def test_p6_2_the_team_lead_can_classify_while_the_work_goes_on(company: Organisation, stage: object) -> None:
    number = stage(company)  # type: ignore[operator]

    assert (
        company.act(number, "team_lead", "classify", severity="important", sign="wide_effect")["severity"]
        == "important"
    )


@pytest.mark.parametrize("unit", ["business_unit", "sales_unit", "service_department"])
@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p6_2_the_unit_that_has_the_case_hears_of_another_class_with_its_time(
    company: Organisation, stage: Callable[[Organisation, str], str], unit: str
) -> None:
    number = stage(company, unit)
    before = company.told(unit, number)

    company.act(number, "team_lead", "classify", severity="important", sign="wide_effect")

    text = f"投诉 {number} 的类别已确认，请在 2026年11月27日（周五）15:00 前处理完毕。"
    assert text in company.told(unit, number)[: -len(before)]


def test_p6_2_the_time_of_another_class_is_that_of_the_resolution_and_not_the_wanted_reply(
    company: Organisation,
) -> None:
    number = forwarded(company, facts={"reply_wanted_at": "2026-11-27T12:00:00+08:00"})

    company.act(number, "team_lead", "classify", severity="important", sign="wide_effect")

    assert "2026年11月27日（周五）15:00" in company.told("business_unit", number)[0]


def test_p6_2_the_person_responsible_hears_of_another_class_until_the_next_one_is_named(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")
    assert "类别已确认" not in str(company.told("sales_unit", number))

    company.act(number, "team_lead", "classify", severity="important", sign="wide_effect")

    for unit in ("sales_unit", "business_unit"):
        assert any("类别已确认" in text for text in company.told(unit, number)[:2])


LOWER: list[dict[str, Any]] = [
    {"severity": "general", "reason": "经核实。"},
    {"severity": "important", "sign": "wide_effect", "reason": "经核实。"},
]


@pytest.mark.parametrize("fields", LOWER)
def test_p6_2_after_a_month_no_lower_class_is_given(january: Organisation, fields: dict[str, Any]) -> None:
    number = january.file(severity="general")
    january.world.move_to("2026-03-01T00:00:00+08:00")

    asked = [{"Accept-Language": language} for language in ("en", "zh")]
    answers = [january.try_act(number, "team_lead", "classify", headers=one, **fields) for one in asked]

    assert [(one.status, one.pointer) for one in answers] == [(422, "/fields/severity")] * 2
    said = [one.json["errors"][0]["detail"] for one in answers]
    chinese = "低于“重大投诉”级：投诉未在期限内解决"
    assert said == ["is below Major: the complaint was not resolved in time", chinese]
    assert january.deadline(number, "resolution")["run"] == 2
    january.act(number, "team_lead", "classify", severity="major", sign="media")


@pytest.mark.parametrize("fields", LOWER)
def test_p6_2_before_a_month_is_over_a_lower_class_can_be_given(january: Organisation, fields: dict[str, Any]) -> None:
    number = january.file(**of_class("major"))
    january.world.move_to("2026-02-28T23:59:59+08:00")

    january.act(number, "team_lead", "classify", struck=["media"], **fields)

    assert january.act(number, "business_unit", "approve")["severity"] == fields["severity"]
