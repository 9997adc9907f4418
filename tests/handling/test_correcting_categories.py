"""`classify` corrects a category that the filing chose: for conditions, routing, the list and figures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused, untouched
from tests.switching.test_back_tested import back_tested

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}, roads: {en: Roads}, waste: {en: Waste}}
severity: {classes: {minor: {en: Minor}, major: {en: Major}}}
intake:
  channels: {web: {en: Web}}
  categories:
    matter: {road: {en: Road}, bin: {en: Bin}}
    place: {north: {en: North}, south: {en: South}}
  required: matter
  facts: {content: {en: What happened, required: true}}
  routing: [{role: roads, when: {matter: road}}, {role: waste}]
fields: {view: {en: View}}
stages:
  registered:
    classify: {by: clerk, needs: severity, takes: [matter, place], tells: routed}
    decide: {by: routed, to: closed, takes: view, approval: {by: clerk, when: {matter: bin}}}
    forward: {by: clerk, when: {matter: bin}}
  closed: {name: {en: Closed}}
clocks:
  answer:
    name: {en: Answer}
    from: registered
    until: decided
    missed: record
    within: [{when: {matter: road}, limit: 10 days}, {when: {matter: bin}, limit: 2 days}]
sample: {channel: web, category: {matter: road}, facts: {content: The lamp is broken.}}
"""


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)


def corrected(council: Organisation, **category: Any) -> str:
    number = council.file()
    council.act(number, "clerk", "classify", severity="minor", **category)
    return number


def test_a_corrected_category_is_the_complaints_from_then_on(council: Organisation) -> None:
    number = corrected(council, matter="bin", place="south")

    view = council.complaint(number, "clerk")
    assert view["category"] == {"matter": "bin", "place": "south"}
    assert "forward" in view["acts"]
    [row] = council.get("/complaints", "clerk")["complaints"]
    assert row["category"] == {"matter": "bin", "place": "south"}


def test_a_category_is_added_where_complaints_have_no_class() -> None:
    policy = POLICY.replace("severity: {classes: {minor: {en: Minor}, major: {en: Major}}}\n", "")
    policy = policy.replace("needs: severity, takes: [matter, place]", "needs: place, takes: matter")
    council = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), policy)
    number = council.file()

    missing = council.try_act(number, "clerk", "classify")
    council.act(number, "clerk", "classify", place="south")

    assert (missing.status, missing.pointer) == (422, "/fields/place")
    assert council.complaint(number)["category"] == {"matter": "road", "place": "south"}


def test_a_category_that_is_not_given_stays(council: Organisation) -> None:
    assert council.complaint(corrected(council))["category"] == {"matter": "road"}


def test_the_event_has_the_correction(council: Organisation) -> None:
    [event] = council.events(corrected(council, matter="bin"), type_="classified")

    assert event["fields"] == {"severity": "minor", "category": {"matter": "bin"}}


def test_a_corrected_complaint_is_routed_and_timed_by_its_category(council: Organisation) -> None:
    number = corrected(council, matter="bin")

    assert council.told("waste", number) != []
    assert council.try_act(number, "roads", "decide").status == 403
    assert council.deadline(number, "answer")["due"] == "2026-11-29T09:00:00.000Z"


@pytest.mark.parametrize(("name", "choice"), [("matter", "sea"), ("place", "east"), ("matter", ["bin"])])
def test_a_category_has_one_of_its_choices(council: Organisation, name: str, choice: Any) -> None:
    answer = council.try_act(council.file(), "clerk", "classify", severity="minor", **{name: choice})

    assert (answer.status, answer.pointer) == (422, f"/fields/{name}")


def test_the_form_offers_the_choices(council: Organisation) -> None:
    form = council.complaint(council.file(), "clerk")["forms"]["classify"]

    assert [(one["name"], one["kind"], one["required"], one.get("choices")) for one in form] == [
        ("severity", "choice", True, ["minor", "major"]),
        ("matter", "choice", False, ["road", "bin"]),
        ("place", "choice", False, ["north", "south"]),
    ]


def test_a_correction_voids_a_proposal_that_depends_on_the_category(council: Organisation) -> None:
    hire(council, "clerk", name="second")
    number = corrected(council, matter="bin")
    council.act(number, "waste", "decide")

    answer = council.act(number, "clerk", "classify", severity="minor", matter="road")

    assert [one["act"] for one in answer["voided"]] == ["decide"]


def test_figures_count_a_corrected_complaint_under_its_category_from_the_beginning(council: Organisation) -> None:
    corrected(council, matter="bin")
    council.file()

    query = "measure=received&by=category.matter&from=2026-11-01&to=2026-11-30"
    found = council.get(f"/reports/inflow?{query}", "owner")

    counted = {row["keys"]["category.matter"]: row["values"]["received"]["count"] for row in found["rows"]}
    assert counted == {"bin": 1, "road": 1}


def refused_at(council: Organisation, policy: str) -> list[str]:
    answer = council.world.call("POST", f"{council.path}/policy/check", {"policy": policy}, auth=council.auth("owner"))
    return [one["pointer"] for one in answer.json.get("errors", [])]


def test_only_classify_takes_a_category(council: Organisation) -> None:
    policy = POLICY.replace("takes: view,", "takes: matter,")

    assert refused_at(council, policy) == ["/policy/stages/registered/decide/takes"]


def test_a_field_called_category_does_not_hide_a_correction(council: Organisation) -> None:
    own = POLICY.replace("{view: {en: View}}", "{view: {en: View}, category: {en: Own, kind: flag}}")
    both = own.replace("takes: [matter, place]", "takes: [matter, category]")

    assert refused_at(council, both) == ["/policy/stages/registered/classify"]
    assert refused_at(council, own.replace("takes: [matter, place]", "takes: category")) == []


def test_a_backtest_repeats_the_correction(council: Organisation) -> None:
    number = corrected(council, matter="bin")
    council.act(number, "clerk", "forward")

    found = back_tested(council, version="1")

    assert (found["complaints"], found["unreadable"], found["counts"]) == (1, 0, {})


def test_a_category_with_the_name_of_a_built_in_field_takes_its_own_values_only() -> None:
    """`demand` is also the field that names a demand for evidence, which takes any text."""
    policy = POLICY.replace("place:", "demand:").replace("takes: [matter, place]", "takes: [matter, demand]")
    council = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), policy)
    number = council.file()

    with untouched(council):
        answer = council.try_act(number, "clerk", "classify", severity="minor", demand="Ann Example")
    refused(answer, 422, "invalid", "/fields/demand")

    council.act(number, "clerk", "classify", severity="minor", demand="south")
    assert council.complaint(number, "clerk")["category"] == {"matter": "road", "demand": "south"}
