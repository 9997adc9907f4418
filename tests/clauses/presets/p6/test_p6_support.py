"""P6.3 `corporate-standard`: other departments take part when the person responsible asks them."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, to_text
from tests.clauses.offices.company import decided, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p6.steps import SAMPLE_WANTED, SUPPORT

ASKED = {"request": "请提供送货记录。"}
ANSWERS = {
    "support_department": ("reply", {"contribution": "记录见附件。"}),
    "quality_control": ("execute", {"sample_test": "抽样检测合格。"}),
}
NAMES = {"support_department": "Other support department", "quality_control": "Quality control"}
CLOCKS = {"support_department": "support", "quality_control": "sample_test"}


def asked(company: Organisation, department: str) -> str:
    number = handled(company)
    company.act(number, "business_unit", "notify", asked=department, **ASKED)
    return number


WANTED = {"support_department": SUPPORT, "quality_control": SAMPLE_WANTED}


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_a_department_that_is_asked_takes_part(company: Organisation, department: str) -> None:
    number = asked(company, department)
    assert company.told(department, number)[:1] == [WANTED[department].format(number)]
    act, fields = ANSWERS[department]
    before = len(company.told("business_unit", number))

    company.act(number, department, act, **fields)

    assert len(company.told("business_unit", number)) == before + 1
    assert company.try_act(number, department, act, **fields).status == 409


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_a_department_that_is_not_asked_takes_no_part(company: Organisation, department: str) -> None:
    [other] = ANSWERS.keys() - {department}
    act, fields = ANSWERS[department]

    for number in (handled(company), asked(company, other)):
        assert company.try_act(number, department, act, **fields).status == 409


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_the_department_says_what_it_did(company: Organisation, department: str) -> None:
    number = asked(company, department)
    act, fields = ANSWERS[department]

    answer = company.try_act(number, department, act)

    assert (answer.status, answer.pointer) == (422, f"/fields/{next(iter(fields))}")


@pytest.mark.parametrize(
    ("department", "told"),
    [
        ("support_department", "投诉 {} 的配合部门已提交配合情况，请查阅。"),
        ("quality_control", "投诉 {} 的样本检测结果已提交，请查阅。"),
    ],
)
@pytest.mark.parametrize("handed_on", [False, True])
def test_p6_3_what_a_department_brings_is_told_as_that(
    company: Organisation, department: str, told: str, handed_on: bool
) -> None:
    number = asked(company, department)
    if handed_on:
        company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")
    act, fields = ANSWERS[department]

    company.act(number, department, act, **fields)

    assert company.told("sales_unit" if handed_on else "business_unit", number)[0] == told.format(number)


@pytest.mark.parametrize("field", ["asked", "request"])
def test_p6_3_the_request_names_the_department_and_the_matter(company: Organisation, field: str) -> None:
    fields = {"asked": "support_department", **ASKED, field: None}

    answer = company.try_act(handled(company), "business_unit", "notify", **fields)

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p6_3_only_the_person_responsible_asks(company: Organisation) -> None:
    hire(company, "business_unit", name="colleague")

    answer = company.try_act(handled(company), "colleague", "notify", asked="support_department", **ASKED)

    assert answer.status == 403


def test_p6_3_two_departments_that_are_asked_both_take_part(company: Organisation) -> None:
    number = asked(company, "support_department")
    company.act(number, "business_unit", "notify", asked="quality_control", **ASKED)

    for department, (act, fields) in ANSWERS.items():
        assert company.act(number, department, act, **fields)["stage"] == "handling"


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_a_department_that_is_asked_already_is_not_asked_again_before_its_answer(
    company: Organisation, department: str
) -> None:
    [other] = ANSWERS.keys() - {department}
    number = asked(company, department)
    first = company.deadline(number, CLOCKS[department])
    company.world.move_to(to_text(company.world.now() + HOUR))

    answer = company.try_act(number, "business_unit", "notify", asked=department, **ASKED)

    assert (answer.status, answer.pointer) == (422, "/fields/asked")
    assert answer.json["errors"][0]["detail"].startswith(f"must be one of: {NAMES[other]}; this value needs: ")
    assert company.deadline(number, CLOCKS[department]) == first
    act, fields = ANSWERS[department]
    company.act(number, department, act, **fields)
    assert company.try_act(number, "business_unit", "notify", asked=department, **ASKED).status == 200
    assert company.deadline(number, CLOCKS[department])["run"] == first["run"] + 1


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_each_request_has_its_own_time(company: Organisation, department: str) -> None:
    [other] = ANSWERS.keys() - {department}
    number = asked(company, department)
    first = company.deadline(number, CLOCKS[department])
    company.world.move_to(to_text(company.world.now() + HOUR))

    company.act(number, "business_unit", "notify", asked=other, **ASKED)

    assert company.deadline(number, CLOCKS[department]) == first
    answer = company.try_act(number, "business_unit", "notify", asked=other, **ASKED)
    assert (answer.pointer, answer.json["errors"][0]["detail"].partition(";")[0]) == (
        "/fields/asked",
        "is not possible in this case",
    )


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_no_request_is_offered_while_both_departments_are_asked(company: Organisation, department: str) -> None:
    number = asked(company, "support_department")
    company.act(number, "business_unit", "notify", asked="quality_control", **ASKED)
    assert "notify" not in company.complaint(number, "business_unit")["acts"]
    act, fields = ANSWERS[department]

    company.act(number, department, act, **fields)

    assert "notify" in company.complaint(number, "business_unit")["acts"]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_a_department_answers_to_the_unit_that_the_case_was_handed_on_to(
    company: Organisation, department: str, late: bool
) -> None:
    number = asked(company, department)
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")
    if late:
        company.world.move_to(to_text(company.world.now() + 7 * DAY))
    act, fields = ANSWERS[department]
    more = {"test_report": "检字第8号"} if department == "quality_control" else {}
    before, former = company.told("sales_unit", number), company.told("business_unit", number)

    answer = company.try_act(number, department, act, **fields, **more)

    assert (answer.status, answer.json.get("stage")) == (200, "forwarded")
    assert len(company.told("sales_unit", number)) == len(before) + 1
    assert company.told("business_unit", number) == former


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_after_handing_on_only_a_department_that_was_asked_answers(company: Organisation, department: str) -> None:
    [other] = ANSWERS.keys() - {department}
    number = asked(company, department)
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位")
    act, fields = ANSWERS[department]
    other_act, other_fields = ANSWERS[other]

    assert company.try_act(number, other, other_act, **other_fields).status == 409
    assert company.try_act(number, "sales_unit", act, **fields).status == 403
    assert company.try_act(number, department, act).pointer == f"/fields/{next(iter(fields))}"


@pytest.mark.parametrize("department", list(ANSWERS))
def test_p6_3_a_silent_department_is_asked_again_after_its_time(company: Organisation, department: str) -> None:
    number = asked(company, department)
    company.world.move_to(to_text(company.world.now() + 7 * DAY))

    assert company.try_act(number, "business_unit", "notify", asked=department, **ASKED).status == 200

    clock = CLOCKS[department]
    assert company.deadline(number, clock)["state"] == "running"
    assert clock in [one["fields"]["clock"] for one in company.events(number, type_="missed")]
    act, fields = ANSWERS[department]
    assert company.act(number, department, act, **fields)["stage"] == "handling"


@pytest.mark.parametrize(
    ("department", "clock", "due"),
    [
        ("support_department", "support", "2026-11-30T18:00:00+08:00"),
        ("quality_control", "sample_test", "2026-12-02T18:00:00+08:00"),
    ],
)
def test_p6_3_a_department_that_stays_silent_is_recorded_and_can_still_answer(
    company: Organisation, department: str, clock: str, due: str
) -> None:
    number = asked(company, department)

    company.world.move_to(due)

    missed = [one for one in company.events(number, type_="missed") if one["fields"]["clock"] == clock]
    assert [company.local(one["at"]) for one in missed] == [due]
    readers = {
        reader
        for one in company.events(number, type_="notified")
        if one["fields"].get("clock") == clock
        for reader in one["fields"]["to"]
    }
    assert readers == {"team_lead", department, f"@{company.subs['business_unit']}"}
    act, fields = ANSWERS[department]
    assert company.act(number, department, act, **fields)["stage"] == "handling"


@pytest.mark.parametrize(
    ("department", "clock"), [("support_department", "support"), ("quality_control", "sample_test")]
)
def test_p6_3_a_decision_ends_the_request(company: Organisation, department: str, clock: str) -> None:
    number = asked(company, department)
    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    company.act(number, "business_unit", "decide", solution="退款", outcome="resolved")

    company.world.move_to("2026-12-03T09:00:00+08:00")

    assert company.deadline(number, clock)["state"] == "met"
    assert company.events(number, type_="missed") == []


def test_p6_3_quality_control_adds_a_report_where_necessary(company: Organisation) -> None:
    number = asked(company, "quality_control")

    company.act(number, "quality_control", "execute", sample_test="不合格。", test_report="检字第8号")

    [event] = company.events(number, type_="executed")
    assert event["fields"]["given"] == ["sample_test", "test_report"]


@pytest.mark.parametrize(
    "unit", ["business_unit", "sales_unit", "service_department", "quality_control", "quality_management"]
)
def test_p6_3_units_do_not_archive(company: Organisation, unit: str) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已退款")

    assert company.try_act(number, unit, "archive").status == 403
    assert company.act(number, "team_lead", "archive")["stage"] == "archived"
