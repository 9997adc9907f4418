"""The main job, from sign-up to the archive, once per preset: in process, and on a running local stack over HTTP.

Times are relative to the world's clock, because the local stack is shared and its clock keeps running.
"""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.envelope import break_in_chain
from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from tests.clauses.giving import given
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import company as at_company
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.offices.company import company_in, of_class
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, World, advance
from tests.helpers.fakes.files import image, sha256

START = "2026-11-27T09:00:00+08:00"
A_MONTH = pytest.mark.parametrize(
    "world", ["in process", pytest.param("local stack", marks=pytest.mark.nightly)], indirect=True
)
"""For walks of several weeks, because the local stack simulates each hour, and for walks whose requests others send
there too. In an ordinary run, only `…_forwards_too_late` misses a deadline there."""


@pytest.fixture(params=["in process", "local stack"])
def world(request: pytest.FixtureRequest) -> World:
    found: World = InProcess(START) if request.param == "in process" else request.getfixturevalue("stack")
    return found


def upload(organisation: Organisation, number: str) -> None:
    """The complainant uploads a photo straight to the bucket. It is checked, sealed, recorded, and downloaded again."""
    photo = image()
    evidence = given(organisation, number, "photo", photo, "image/jpeg", name="照片.jpg")
    assert (evidence["state"], evidence["stand_in"]) == ("sealed", True)
    [event] = organisation.events(number, type_="evidence_sealed")
    assert (event["fields"]["evidence"], event["fields"]["sha256"]) == (evidence["id"], sha256(photo))
    link = organisation.get(f"/complaints/{number}/evidence/{evidence['id']}/link", "complainant", number)
    assert organisation.world.download(link["url"]) == photo


def archived(organisation: Organisation, number: str, who: str) -> None:
    """Asserts that the complaint is in the archive and that its record is intact."""
    assert organisation.complaint(number)["stage"] == "archived"
    shelf = organisation.get("/complaints?shelf=archived", who)["complaints"]
    assert number in [row["number"] for row in shelf]
    assert break_in_chain(organisation.events(number)) is None


def span(deadline: dict[str, Any]) -> int:
    return from_text(deadline["due"]) - from_text(deadline["started"])


def publish(organisation: Organisation, general: str) -> str:
    """Publishes a version with this limit for general complaints, without examples, which would fail. Returns it."""
    policy = organisation.world.call("GET", f"/v1/presets/{organisation.preset}").json["policy"]
    del policy["examples"]
    [rule] = [rule for rule in policy["clocks"]["resolution"]["within"] if "general" in str(rule["when"])]
    rule["limit"] = general
    path = f"{organisation.path}/policy/publish"
    answer = organisation.world.call("POST", path, {"policy": policy}, auth=organisation.auth("owner"))
    assert answer.status == 201, answer.text
    return str(answer.json["version"])


def test_walk_corporate_standard(world: World) -> None:
    company = company_in(world)
    slow, quick = company.file(severity="general"), company.file(**of_class("major"))
    assert company.told("complainant", quick)[0].startswith(f"您的投诉 {quick} 已登记，我们承诺在 ")
    queue = [row["number"] for row in company.get("/complaints", "agent")["complaints"]]
    assert queue == [quick, slow]

    upload(company, quick)
    company.act(quick, "agent", "accept", **at_company.WORK_ORDER)
    company.act(quick, "team_lead", "confirm")
    company.act(quick, "team_lead", "forward", to="business_unit")
    company.act(quick, "business_unit", "assign", responsible=company.subs["business_unit"])
    mine = company.get("/complaints?mine=true", "business_unit")["complaints"]
    assert [row["number"] for row in mine] == [quick]
    company.act(quick, "business_unit", "inspect", findings="送货记录显示晚到三天。", truthful=True)
    company.act(quick, "business_unit", "decide", solution="退还运费并致歉。", outcome="resolved")
    company.act(quick, "complainant", "agree")
    company.act(quick, "agent", "close", summary="已退款")
    company.act(quick, "agent", "archive")

    archived(company, quick, "agent")
    assert company.deadline(quick, "resolution")["state"] == "met"


@A_MONTH
def test_walk_corporate_standard_misses_and_ages(world: World) -> None:
    company = company_in(world)
    number = company.file(severity="general")

    advance(world, "26 hours")
    assert [event["fields"]["rung"] for event in company.events(number, type_="missed")] == [1]
    assert company.complaint(number)["tier"] == 2
    assert company.told("team_lead", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]

    advance(world, "24 hours")
    assert company.complaint(number)["tier"] == 3
    assert company.told("business_unit", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]

    world.move_to(to_text(world.now() + 31 * DAY))
    assert company.complaint(number)["severity"] == "major"
    assert span(company.deadline(number, "resolution", run=2)) == 12 * HOUR
    assert company.deadline(number, "resolution", run=1)["state"] == "missed"


@A_MONTH
def test_walk_corporate_standard_changes_its_policy(world: World) -> None:
    company = company_in(world)
    running = company.file()

    version = publish(company, "30 hours")

    fresh = company.file()
    assert [company.complaint(one)["policy"] for one in (running, fresh)] == ["1", version]
    assert [span(company.deadline(one, "resolution")) for one in (running, fresh)] == [24 * HOUR, 30 * HOUR]
    company.act(running, "agent", "accept", **at_company.WORK_ORDER)
    assert {event["policy"] for event in company.events(running)} == {"1"}


@A_MONTH
def test_walk_food_drug_administration(world: World) -> None:
    bureau = bureau_in(world)
    number, refused = at_bureau.filed(bureau), at_bureau.filed(bureau, "petition")
    upload(bureau, number)

    bureau.act(refused, "information_centre", "refuse", ground="elsewhere")
    assert bureau.told("complainant", refused)[:1] == [f"您的投诉 {refused} 不予受理，理由：其他有关行政机关正在处理。"]
    bureau.act(number, "information_centre", "accept", conditions=at_bureau.CONDITIONS)
    because = bureau.deadline(number, "decision")["because"]
    assert (because["rule"]["limit"], because["rule"]["clause"]) == ("5 working days", "P9.8")
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"]])
    bureau.act(number, "officer", "inspect", findings="现场核实，食品已过保质期。")
    bureau.act(number, "officer", "mediate", **at_bureau.mediation(bureau))
    bureau.act(number, "officer", "decide", **at_bureau.DECISION)
    bureau.act(number, "complainant", "agree")
    bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已退款并处罚。")
    bureau.act(number, "archivist", "archive")

    archived(bureau, number, "archivist")
    assert bureau.deadline(number, "decision")["state"] == "met"


@A_MONTH
def test_walk_food_drug_administration_misses_its_decision(world: World) -> None:
    bureau = bureau_in(world)
    number = at_bureau.assigned(bureau)

    world.move_to(bureau.deadline(number, "decision")["due"])

    assert [event["fields"]["roles"] for event in bureau.events(number, type_="escalated")] == [["information_centre"]]
    bureau.act(number, "officer", "inspect", findings="现场核实。")
    bureau.act(number, "officer", "mediate", **at_bureau.mediation(bureau))
    bureau.act(number, "officer", "decide", **at_bureau.DECISION)
    assert bureau.deadline(number, "decision")["state"] == "missed"
    bureau.act(number, "complainant", "dispute")
    assert "市食品药品监督管理局" in bureau.told("complainant", number)[0]


@A_MONTH
def test_walk_property_management(world: World) -> None:
    estate = estate_in(world)
    number = estate.file(channel="email", severity="major")
    assert estate.told("leader", number) != []
    upload(estate, number)

    estate.act(number, "service_centre", "forward", **at_estate.notified(estate))
    estate.act(number, "service_supervisor", "assign", responsible=estate.subs["management_office"])
    estate.act(number, "management_office", "reply", text="灯已换好。")
    assert estate.complaint(number)["stage"] == "handling"
    estate.act(number, "service_centre", "approve")
    assert estate.told("complainant", number)[0].startswith(f"我们对您的投诉 {number} 的回复附后，请您告知是否满意。")
    estate.act(number, "management_office", "do_task", task="written_report", report="附件一")
    estate.act(number, "service_centre", "decide", opinion="已修复并回访。", outcome="invalid")
    estate.act(number, "complainant", "agree")
    estate.act(number, "service_centre", "close", summary="已修复")
    estate.act(number, "service_centre", "archive")

    archived(estate, number, "service_centre")


def test_walk_property_management_forwards_too_late(world: World) -> None:
    estate = estate_in(world)
    number = estate.file()

    world.move_to(estate.deadline(number, "forwarding")["due"])

    assert [event["fields"]["clock"] for event in estate.events(number, type_="missed")] == ["forwarding"]
    assert estate.told("service_supervisor", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]
    assert estate.try_act(number, "service_centre", "refuse").status == 409
