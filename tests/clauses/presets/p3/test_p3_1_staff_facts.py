"""P3.1 `auto-repair-forms`: what only employees say: the apology, who filled the form in, the summary, the nature."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.workshop import STAFF_SAY, by_customer
from tests.clauses.organisation import Organisation
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import to_check

FIVE_FACTS = {"occurred_at", "place", "persons", "course", "result"}
FACTS = [name for name in STAFF_SAY if name != "nature"]
TO_MANAGER = {"to": "customer_manager"}


def test_p3_1_the_public_form_asks_the_five_facts_and_neither_apology_filler_summary_nor_nature(
    workshop: Organisation,
) -> None:
    browser = Browser(workshop.world)  # type: ignore[arg-type]

    page = to_check(browser, workshop)

    shown = page.text
    assert all(label in shown for label in ("时间", "地点", "人员", "事情经过", "其结果如何", "车牌号"))
    assert not [label for label in ("填单人姓名", "内容概要", "已向客户道歉", "工期延误") if label in shown]


@pytest.mark.parametrize("fact", FACTS)
def test_p3_1_a_customer_gives_neither_apology_nor_filler_nor_summary(workshop: Organisation, fact: str) -> None:
    others = {name: None for name in FACTS if name != fact}

    answer = workshop.try_file(auth="", category={}, facts=others)

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p3_1_a_customer_does_not_judge_the_nature(workshop: Organisation) -> None:
    answer = workshop.try_file(auth="", category={"nature": "quality"}, facts=dict.fromkeys(FACTS))

    assert (answer.status, answer.pointer) == (422, "/category/nature")


def test_p3_1_a_customer_names_persons_as_far_as_known(workshop: Organisation) -> None:
    assert workshop.complaint(by_customer(workshop, facts={"persons": None}))["stage"] == "registered"


def test_p3_1_an_employee_who_takes_it_says_all_of_it(workshop: Organisation) -> None:
    answer = workshop.try_file(workshop.auth("staff"), category={}, facts=dict.fromkeys(FACTS))

    assert answer.status == 422
    assert {one["pointer"] for one in answer.json["errors"]} == {
        "/category/nature",
        *(f"/facts/{name}" for name in FACTS),
    }


@pytest.mark.parametrize("missing", STAFF_SAY)
@pytest.mark.parametrize("who", ["staff", "management"])
def test_p3_1_what_a_customer_files_alone_is_not_reported_before_an_employee_has_recorded_the_rest(
    workshop: Organisation, who: str, missing: str
) -> None:
    number = by_customer(workshop)

    answer = workshop.try_act(number, who, "forward", **TO_MANAGER, **{**STAFF_SAY, missing: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{missing}")
    assert workshop.deadline(number, "report")["state"] == "running"


def test_p3_1_for_what_a_customer_files_alone_the_hour_is_the_same(workshop: Organisation) -> None:
    number = by_customer(workshop)

    workshop.act(number, "staff", "forward", **TO_MANAGER, **STAFF_SAY)

    report = workshop.deadline(number, "report")
    assert (workshop.local(report["due"]), report["state"]) == ("2026-11-27T10:00:00+08:00", "met")
    assert workshop.complaint(number)["category"] == {"nature": "quality"}


def test_p3_1_the_nature_can_be_judged_before_the_report(workshop: Organisation) -> None:
    number = by_customer(workshop)
    workshop.act(number, "staff", "classify", severity="general", nature="delay")
    facts = {name: STAFF_SAY[name] for name in FACTS}

    workshop.act(number, "staff", "forward", **TO_MANAGER, **facts)

    assert workshop.complaint(number)["category"] == {"nature": "delay"}


def test_p3_1_it_is_asked_once(workshop: Organisation) -> None:
    number = by_customer(workshop)
    workshop.act(number, "staff", "forward", **TO_MANAGER, **STAFF_SAY)

    forms = workshop.complaint(number, "customer_manager")["forms"]

    names = {one["name"] for form in nonempty(forms.values()) for one in form}
    assert not names & set(FACTS)


def test_p3_2_the_form_shows_what_the_employee_recorded_of_it(workshop: Organisation) -> None:
    number = by_customer(workshop)
    workshop.act(number, "staff", "forward", **TO_MANAGER, **STAFF_SAY)

    values = printed_page.printed(workshop, number, "feedback_form", "service_centre").values

    shown = {
        label: [one.split(" ")[0] for one in values[label]]
        for label in ("填单人姓名", "内容概要", "已向客户道歉", "客户的投诉性质")
    }
    assert shown == {
        "填单人姓名": [STAFF_SAY["filler"]],
        "内容概要": [STAFF_SAY["summary"]],
        "已向客户道歉": ["是"],
        "客户的投诉性质": ["质量问题"],
    }
