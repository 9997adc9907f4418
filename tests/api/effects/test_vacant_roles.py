"""Somebody is to be told, and nobody has the role: it is on record, and the owners hear of work that waits there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices import company, estate, garage, workshop
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
    """Nobody is service supervisor, to whom complaints are forwarded."""
    office = estate.estate_in(InProcess(START))
    remove(office, "service_supervisor")
    return office


@pytest.fixture
def unapproved() -> Organisation:
    """Nobody is left who approves a reply."""
    office = estate.estate_in(InProcess(START))
    number = estate.handled(office, channel="email")
    remove(office, "service_centre")
    office.act(number, "management_office", "reply", text="灯已换好。")
    return office


@pytest.fixture
def parked() -> Organisation:
    """A pending matter whose monthly contact falls to a role that nobody has."""
    shop = workshop.workshop_in(InProcess(START))
    workshop.parked(shop)
    remove(shop, "customer_manager")
    shop.world.move_to("2026-12-01T09:00:00+08:00")
    return shop


def test_p7_5_forwarding_to_nobody_is_on_record_as_failed(unsupervised: Organisation) -> None:
    estate.forwarded(unsupervised)
    assert failed(unsupervised) == [("forwarded", "service_supervisor", "Nobody has this role.")]


def test_p7_5_the_owners_hear_of_it(unsupervised: Organisation) -> None:
    number = estate.forwarded(unsupervised)
    assert unsupervised.told("owner", number) == [NOBODY.format(number, "客服主任")]


def test_they_get_it_by_mail_in_the_same_words(unsupervised: Organisation) -> None:
    number = estate.forwarded(unsupervised)
    mail = unsupervised.world.mail(unsupervised.emails["owner"])
    assert mail.startswith(NOBODY.format(number, "客服主任") + "\n")


def test_a_mail_that_is_tried_again_has_these_words_too(unsupervised: Organisation) -> None:
    assert isinstance(unsupervised.world, InProcess)
    unsupervised.world.fakes.mailer.down = True
    number = estate.forwarded(unsupervised)
    unsupervised.world.fakes.mailer.down = False

    advance(unsupervised.world, "5 minutes")

    mail = unsupervised.world.mail(unsupervised.emails["owner"])
    assert mail.startswith(NOBODY.format(number, "客服主任") + "\n")


def test_it_is_a_figure(unsupervised: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    estate.forwarded(unsupervised)
    assert capsys.readouterr().out.count('"TierVacant":[1.0]') == 1


def test_p3_9_a_task_that_falls_to_nobody_is_the_owners_to_hear(parked: Organisation) -> None:
    number = next(iter(parked.filed))
    assert ("task_opened", "customer_manager", "Nobody has this role.") in failed(parked)
    assert NOBODY.format(number, "客户经理") in parked.told("owner", number)


def test_an_approval_that_nobody_can_give_is_the_owners_to_hear(unapproved: Organisation) -> None:
    number = next(iter(unapproved.filed))
    assert ("proposed", "service_centre", "Nobody has this role.") in failed(unapproved)
    assert len(unapproved.told("owner", number)) == 1


def test_p7_3_what_a_unit_owes_and_nobody_there_can_do_is_the_owners_to_hear() -> None:
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
    """Nobody is agent, who is told of each new complaint."""
    office = company.company_in(InProcess(START))
    remove(office, "agent")
    return office


def test_news_that_reaches_nobody_is_on_record_and_no_alarm(deserted: Organisation) -> None:
    number = deserted.file()

    assert failed(deserted) == [("registered", "agent", "Nobody has this role.")]
    assert deserted.told("owner", number) == []


def test_each_of_several_roles_that_nobody_has_is_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    shop = garage.garage_in(InProcess(START))
    remove(shop, "service_manager")

    number = shop.file()
    shop.world.move_to("2026-12-01T14:00:00+08:00")

    assert failed(shop) == [("warned", "service_manager", "Nobody has this role.")]
    assert shop.told("owner", number) == []


def test_who_loses_the_role_after_being_told_was_told() -> None:
    """The daily walk relays the day's events once more."""
    office = estate.estate_in(InProcess(START))
    number = estate.forwarded(office)
    remove(office, "service_supervisor")

    advance(office.world, "27 hours")

    assert [one for one in failed(office) if one[0] == "forwarded"] == []
    assert NOBODY.format(number, "客服主任") not in office.told("owner", number)


def test_somebody_who_gets_the_role_is_told_and_the_owners_no_more(unsupervised: Organisation) -> None:
    hire(unsupervised, "service_supervisor", name="successor")

    number = estate.forwarded(unsupervised)

    assert (len(unsupervised.told("successor", number)), unsupervised.told("owner", number)) == (1, [])
