"""Notices to a role without members: they are recorded as failed, and the owners are notified of waiting work."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices import company, estate, garage, helpdesk, workshop
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess, advance

START = "2026-11-27T09:00:00+08:00"
NOBODY = "“{}”有事项等待“{}”处理，但没有人担任该角色。请尽快指定人员。"


def remove(organisation: Organisation, who: str) -> None:
    path = f"{organisation.path}/people/{organisation.subs[who]}"
    answer = organisation.world.call("DELETE", path, auth=organisation.auth("owner"))
    assert answer.status == 204, answer.text


def failed(organisation: Organisation) -> list[tuple[str, str, str]]:
    effects: list[dict[str, Any]] = organisation.get("/effects?state=failed", "owner")["effects"]
    return [(one["about"], one["reader"], one["why"]) for one in effects]


@pytest.fixture
def unsupervised() -> Organisation:
    """The role to which complaints are forwarded has no members."""
    office = company.company_in(InProcess(START))
    remove(office, "business_unit")
    return office


@pytest.fixture
def unapproved() -> Organisation:
    """The role that approves replies has no members."""
    office = estate.estate_in(InProcess(START))
    number = estate.handled(office, channel="email")
    remove(office, "service_centre")
    office.act(number, "management_office", "reply", text="灯已换好。")
    return office


@pytest.fixture
def parked() -> Organisation:
    """A pending matter whose monthly contact is due from a role without members."""
    shop = workshop.workshop_in(InProcess(START))
    workshop.parked(shop)
    remove(shop, "customer_manager")
    shop.world.move_to("2026-12-01T09:00:00+08:00")
    return shop


def test_a_notice_of_work_to_a_vacant_role_is_recorded_as_failed(unsupervised: Organisation) -> None:
    company.forwarded(unsupervised)
    assert failed(unsupervised) == [("passed_on", "business_unit", "Nobody has this role.")]


def test_the_owners_are_notified_of_the_vacant_role(unsupervised: Organisation) -> None:
    number = company.forwarded(unsupervised)
    assert unsupervised.told("owner", number) == [NOBODY.format(number, "业务部门")]


def test_the_owners_get_a_mail_with_the_same_text(unsupervised: Organisation) -> None:
    number = company.forwarded(unsupervised)
    mail = unsupervised.world.mail(unsupervised.emails["owner"])
    assert mail.startswith(NOBODY.format(number, "业务部门") + "\n")


def test_a_retried_mail_has_the_same_text(unsupervised: Organisation) -> None:
    assert isinstance(unsupervised.world, InProcess)
    unsupervised.world.fakes.mailer.down = True
    number = company.forwarded(unsupervised)
    unsupervised.world.fakes.mailer.down = False

    advance(unsupervised.world, "5 minutes")

    mail = unsupervised.world.mail(unsupervised.emails["owner"])
    assert mail.startswith(NOBODY.format(number, "业务部门") + "\n")


def test_a_vacant_role_is_a_metric(unsupervised: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    company.forwarded(unsupervised)
    assert capsys.readouterr().out.count('"TierVacant":[1.0]') == 1


def test_p3_9_the_owners_are_notified_of_a_task_for_a_vacant_role(parked: Organisation) -> None:
    number = next(iter(parked.filed))
    assert ("task_opened", "customer_manager", "Nobody has this role.") in failed(parked)
    assert NOBODY.format(number, "客户经理") in parked.told("owner", number)


def test_the_owners_are_notified_of_an_approval_that_a_vacant_role_owes(unapproved: Organisation) -> None:
    number = next(iter(unapproved.filed))
    assert ("proposed", "service_centre", "Nobody has this role.") in failed(unapproved)
    assert len(unapproved.told("owner", number)) == 1


def test_p7_3_the_owners_are_notified_of_a_units_task_for_a_vacant_role() -> None:
    office = estate.estate_in(InProcess(START))
    body = {"id": "north", "name": "north"}
    assert office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner")).status == 201
    number = estate.replied(office, severity="major", unit="north")
    remove(office, "management_office")

    office.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")

    assert ("unit_task_opened", "management_office", "Nobody has this role.") in failed(office)
    assert NOBODY.format("north", "管理处") in office.told("owner", "U#north")


@pytest.fixture
def deserted() -> Organisation:
    """The service centre, which is notified of each new complaint, has no members."""
    office = workshop.workshop_in(InProcess(START))
    remove(office, "service_centre")
    return office


def test_a_notice_without_a_task_to_a_vacant_role_is_recorded_without_alarm(deserted: Organisation) -> None:
    number = deserted.file()

    assert failed(deserted) == [("to_be_reported", "service_centre", "Nobody has this role.")]
    assert deserted.told("owner", number) == []


def test_each_of_several_vacant_roles_is_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    shop = garage.garage_in(InProcess(START))
    remove(shop, "service_manager")

    number = shop.file()
    shop.world.move_to("2026-12-01T14:00:00+08:00")

    assert failed(shop) == [("warned", "service_manager", "Nobody has this role.")]
    assert shop.told("owner", number) == []


def test_losing_the_role_after_the_notice_does_not_notify_the_owners() -> None:
    """The daily reconciliation relays the day's events again."""
    office = company.company_in(InProcess(START))
    number = company.forwarded(office)
    remove(office, "business_unit")

    advance(office.world, "27 hours")

    assert [one for one in failed(office) if one[0] == "passed_on"] == []
    assert office.told("owner", number).count(NOBODY.format(number, "业务部门")) == 1  # by the missed deadline


def test_a_new_member_of_the_role_is_notified_instead_of_the_owners(unsupervised: Organisation) -> None:
    hire(unsupervised, "business_unit", name="successor")

    number = company.forwarded(unsupervised)

    assert (len(unsupervised.told("successor", number)), unsupervised.told("owner", number)) == (1, [])


ROUTED_TO_NOBODY = "投诉 {} 由“{}”负责处理，但没有人担任该角色。请尽快指定人员。"
QUALITY = {"kind": "product_quality"}


@pytest.fixture
def without_product_team() -> Organisation:
    """Agents have members, the role to which complaints about products are routed has none."""
    office = helpdesk.helpdesk_in(InProcess(START))
    remove(office, "product_team")
    return office


def test_the_owners_are_notified_of_a_complaint_that_is_routed_to_a_vacant_role(
    without_product_team: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    number = without_product_team.file(category=QUALITY)

    text = ROUTED_TO_NOBODY.format(number, "产品部门")
    assert without_product_team.told("owner", number) == [text]
    assert without_product_team.world.mail(without_product_team.emails["owner"]).startswith(text + "\n")
    assert without_product_team.told("agent", number) == [f"投诉 {number} 已登记。"]
    assert failed(without_product_team) == [("registered", "product_team", "Nobody has this role.")]
    assert capsys.readouterr().out.count('"TierVacant":[1.0]') == 1


def test_a_complaint_for_a_staffed_role_is_not_told_to_the_owners(without_product_team: Organisation) -> None:
    number = without_product_team.file()
    assert without_product_team.told("owner", number) == []


def test_the_owners_are_notified_when_another_class_leads_to_a_vacant_role() -> None:
    office = helpdesk.helpdesk_in(InProcess(START))
    remove(office, "manager")
    number = office.file(category=QUALITY)

    office.act(number, "agent", "classify", severity="major")

    assert office.told("owner", number) == [ROUTED_TO_NOBODY.format(number, "客服主管")]


def test_the_owners_are_notified_of_a_vacant_route_once(without_product_team: Organisation) -> None:
    number = without_product_team.file(category=QUALITY)

    without_product_team.act(number, "agent", "classify", severity="important")

    assert without_product_team.told("owner", number) == [ROUTED_TO_NOBODY.format(number, "产品部门")]


def test_a_retried_mail_names_the_vacant_route_alone() -> None:
    office = helpdesk.helpdesk_in(InProcess(START))
    remove(office, "product_team")
    remove(office, "agent")
    assert isinstance(office.world, InProcess)
    office.world.fakes.mailer.down = True
    number = office.file(auth=office.auth("manager"), category=QUALITY)
    office.world.fakes.mailer.down = False

    advance(office.world, "5 minutes")

    mail = office.world.mail(office.emails["owner"])
    assert mail.startswith(ROUTED_TO_NOBODY.format(number, "产品部门") + "\n")
