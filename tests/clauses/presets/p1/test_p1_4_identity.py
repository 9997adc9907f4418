"""P1.4 (+): no response to the respondent reveals the complainant's identity."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.estate import decided
from tests.clauses.offices.marketplace import ASKED_FOR, accepted, assigned, deputised
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import sha256
from tests.helpers.fakes.files import image

WHO = {"complainant.name": "标记甲", "complainant.contact": "marker@home.example"}
FILE = {
    "kind": "screenshot",
    "name": "标记甲的截图.png",
    "size": 3,
    "media_type": "image/png",
    "sha256": sha256(b"abc"),
}
PLACES = {"version": "1", "subject": "A-1"}


@pytest.fixture
def shop(marketplace: Organisation) -> str:
    """The unit that complaints are about, with its own account, and another unit."""
    for unit in ("shop", "other_shop"):
        body = {"id": unit, "name": unit}
        marketplace.world.call("POST", f"{marketplace.path}/units", body, auth=marketplace.auth("owner"))
        hire(marketplace, "respondent", name=unit, unit=unit)
    return "shop"


def asked(marketplace: Organisation, shop: str) -> str:
    """A complaint with all personal data that the policy accepts and a file. The respondent was asked for evidence."""
    number = assigned(marketplace, unit=shop, facts=WHO)
    assert declared(marketplace, number, "complainant", FILE).status == 201
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence", of="respondent", **ASKED_FOR)
    return number


def declared(marketplace: Organisation, number: str, who: str, file: dict[str, Any]) -> Any:
    path = f"{marketplace.path}/complaints/{number}/evidence"
    return marketplace.world.call("POST", path, file, auth=marketplace.auth(who, number))


def everything(marketplace: Organisation, who: str, number: str) -> dict[str, str]:
    """The responses to all GET requests of the organisation, by path."""
    world, found = marketplace.world, {}
    evidence = marketplace.events(number, type_="evidence_declared")[-1]["fields"]["evidence"]
    for path, methods in world.call("GET", "/v1/openapi.json").json["paths"].items():
        if "get" in methods and path.startswith("/v1/t/"):
            filled = path.format_map(_Places(tenant=marketplace.id, number=number, id=evidence, **PLACES))
            found[path] = world.call("GET", filled, auth=marketplace.auth(who)).text
    return found


class _Places(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "x"


def test_p1_4_the_respondent_sees_the_case_and_what_is_complained_about(marketplace: Organisation, shop: str) -> None:
    number = asked(marketplace, shop)
    seen = marketplace.complaint(number, "shop")

    assert seen["facts"].keys() == {"respondent.name", "reason"}
    assert marketplace.told("shop", number) == [
        f"为核实针对您的投诉 {number}，需要您提供证据，请您于2026年12月1日（周二）18:00前（北京时间）提交。"
    ]


@pytest.mark.parametrize("marker", ["标记甲", "marker@home.example"])
def test_p1_4_nothing_that_the_respondent_can_read_holds_the_complainants_identity(
    marketplace: Organisation, shop: str, marker: str
) -> None:
    number = asked(marketplace, shop)
    shown = everything(marketplace, "shop", number)

    assert len([text for text in shown.values() if number in text]) >= 5, "the case is looked at from all sides"
    assert [path for path, text in shown.items() if marker in text] == []


def test_p1_4_the_respondent_does_not_see_the_file_names_of_staff(marketplace: Organisation, shop: str) -> None:
    number = assigned(marketplace, unit=shop, facts=WHO)
    assert declared(marketplace, number, "handler", FILE).status == 201

    shown = {who: everything(marketplace, who, number) for who in ("shop", "handler")}

    record = "/v1/t/{tenant}/complaints/{number}/record"
    assert [path for path, text in shown["shop"].items() if FILE["name"] in text] == []
    assert FILE["name"] in shown["handler"][record]


def test_p1_4_the_investigator_sees_the_same_markers(marketplace: Organisation, shop: str) -> None:
    """Shows that the search above can find the markers."""
    number = asked(marketplace, shop)
    shown = everything(marketplace, "handler", number)

    found = {path.rpartition("{number}")[2] for path, text in shown.items() if "标记甲" in text}
    assert found == {"", "/case-file", "/record"}


def test_p1_4_the_respondents_answer_is_on_record_under_their_name(marketplace: Organisation, shop: str) -> None:
    number = asked(marketplace, shop)
    given(
        marketplace, number, "screenshot", image("PNG"), "image/png", auth=marketplace.auth("shop"), name="发货单.png"
    )

    event = marketplace.events(number, type_="evidence_received")[-1]
    assert (event["actor"]["kind"], event["actor"]["id"]) == ("respondent", marketplace.subs["shop"])


def test_p1_4_another_respondent_sees_no_such_case(marketplace: Organisation, shop: str) -> None:
    number = asked(marketplace, shop)
    answer = marketplace.world.call(
        "GET", f"{marketplace.path}/complaints/{number}", auth=marketplace.auth("other_shop")
    )
    assert (answer.status, answer.problem) == (404, "complaint-unknown")
    assert marketplace.told("other_shop", number) == []


def test_p1_4_a_respondent_who_also_works_in_the_office_stays_the_respondent(
    marketplace: Organisation, shop: str
) -> None:
    number = asked(marketplace, shop)
    hire(marketplace, "screener", name="both", unit="shop", also=["respondent"])

    assert "complainant.name" not in marketplace.complaint(number, "both")["facts"]


def test_p1_4_the_responsible_party_sees_who_complains_once_the_case_is_theirs(
    marketplace: Organisation, shop: str
) -> None:
    number = asked(marketplace, shop)
    hire(marketplace, "handler", name="another")

    assert "complainant.name" in marketplace.complaint(number, "handler")["facts"]
    assert "complainant.name" not in marketplace.complaint(number, "another")["facts"]


def test_p1_4_a_handler_keeps_their_view_when_a_respondent_makes_them_deputy(
    marketplace: Organisation, shop: str
) -> None:
    number = assigned(marketplace, unit=shop, facts=WHO)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")

    deputised(marketplace, "shop", "handler")

    assert "complainant.name" in marketplace.complaint(number, "handler")["facts"]
    assert marketplace.try_act(number, "handler", "demand_evidence", of="respondent", **ASKED_FOR).status == 200


def test_p1_4_a_respondent_who_deputises_for_the_handler_stays_the_respondent(
    marketplace: Organisation, shop: str
) -> None:
    number = assigned(marketplace, unit=shop, facts=WHO)

    deputised(marketplace, "handler", "shop")

    assert "complainant.name" not in marketplace.complaint(number, "shop")["facts"]


def test_p1_4_a_deputy_of_a_respondent_counts_as_the_respondent(marketplace: Organisation, shop: str) -> None:
    number = asked(marketplace, shop)

    deputised(marketplace, "shop", "other_shop")

    assert marketplace.complaint(number, "other_shop")["facts"].keys() == {"respondent.name", "reason"}


def test_p1_4_a_respondent_does_not_read_their_units_report_about_complaints(estate: Organisation) -> None:
    estate.world.call("POST", f"{estate.path}/units", {"id": "north", "name": "north"}, auth=estate.auth("owner"))
    hire(estate, "respondent", name="accused", unit="north")
    for _ in range(3):
        decided(estate, unit="north")
    body = {"fields": {"task": "written_report", "report": "业主标记甲的投诉属实。"}}
    done = estate.world.call(
        "POST", f"{estate.path}/units/north/acts/do_task", body, auth=estate.auth("management_office")
    )
    assert done.status == 200, done.text

    shown = {who: estate.get("/units/north/record", who)["values"] for who in ("accused", "service_centre")}

    assert shown["accused"] == {}
    assert [value["report"] for value in shown["service_centre"].values()] == ["业主标记甲的投诉属实。"]


def history(marketplace: Organisation, number: str, who: str) -> list[str]:
    return [row["number"] for row in marketplace.get(f"/complaints/{number}/history", who)["customer"]]


def test_p1_4_a_history_does_not_reveal_complainants_against_the_handlers_own_unit(
    marketplace: Organisation, shop: str
) -> None:
    against_shop = assigned(marketplace, unit=shop, facts=WHO)
    hire(marketplace, "handler", name="both")
    grants = {"grants": [{"role": "handler"}, {"role": "respondent", "unit": shop}]}
    path = f"{marketplace.path}/people/{marketplace.subs['both']}"
    assert marketplace.world.call("PUT", path, grants, auth=marketplace.auth("owner")).status == 200
    theirs = accepted(marketplace, "both", unit="other_shop", facts=WHO)

    assert history(marketplace, theirs, "both") == []
    assert history(marketplace, theirs, "screener") == [against_shop]


def test_p1_4_respondents_cannot_look_up_subjects(marketplace: Organisation, shop: str) -> None:
    number = assigned(marketplace, unit=shop, facts=WHO, subject="A-1")

    answer = marketplace.world.call("GET", f"{marketplace.path}/subjects/A-1", auth=marketplace.auth("shop"))

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert [row["number"] for row in marketplace.get("/subjects/A-1", "handler")["complaints"]] == [number]
