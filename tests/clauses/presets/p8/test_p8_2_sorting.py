"""P8.2 `customer-service`: staff sort complaints into the organisation's categories, customers do not."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation


def by_customer(helpdesk: Organisation, **filing: object) -> str:
    return helpdesk.file(auth="", category={}, **filing)


def test_p8_2_a_customer_does_not_choose_the_category(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(auth="")

    assert (answer.status, answer.pointer) == (422, "/category/kind")


def test_p8_2_staff_who_take_a_complaint_choose_it(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(helpdesk.auth("agent"), category={})

    assert (answer.status, answer.pointer) == (422, "/category/kind")


def test_p8_2_no_person_is_named_before_it_is_sorted(helpdesk: Organisation) -> None:
    number = by_customer(helpdesk)

    answer = helpdesk.try_act(number, "agent", "assign", responsible=helpdesk.subs["agent"])

    assert (answer.status, answer.pointer) == (422, "/fields/kind")


@pytest.mark.parametrize(
    ("kind", "role"), [("product_quality", "product_team"), ("after_sales", "after_sales"), ("other", "agent")]
)
def test_p8_4_what_a_customer_filed_goes_to_the_department_once_it_is_sorted(
    helpdesk: Organisation, kind: str, role: str
) -> None:
    number = by_customer(helpdesk)
    helpdesk.act(number, "agent", "classify", severity="general", kind=kind)

    assert len(helpdesk.told(role, number)) == (2 if role == "agent" else 1)
    assert helpdesk.act(number, role, "assign", responsible=helpdesk.subs[role])["stage"] == "assigned"


@pytest.mark.parametrize("kind", ["product_quality", "after_sales"])
def test_p8_2_it_can_be_sorted_with_the_naming_of_the_person(helpdesk: Organisation, kind: str) -> None:
    role = {"product_quality": "product_team"}.get(kind, kind)
    number = by_customer(helpdesk)

    helpdesk.act(number, "agent", "assign", kind=kind, responsible=helpdesk.subs[role])

    assert helpdesk.complaint(number)["category"] == {"kind": kind}
    assert helpdesk.act(number, role, "inspect", findings="已查。", root_cause="零件。")["stage"] == "investigated"


def test_p8_4_the_agents_can_answer_what_is_not_sorted_yet(helpdesk: Organisation) -> None:
    number = by_customer(helpdesk)

    helpdesk.act(number, "agent", "reply", text="已收到，正在核实。")

    assert helpdesk.deadline(number, "first_response")["state"] == "met"
