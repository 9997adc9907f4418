"""X.6: what complainants are promised, whose duty it is, that they are told of a miss once, and how they remind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from tests.clauses.general.offices_by_preset import START, office_of, play
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

HERE = Path(__file__).parent


def _table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((HERE / name).read_text("utf-8"), yaml.CSafeLoader)
    return found


IDLE, PROMISES, DUTIES = _table("idle.yaml"), _table("promises.yaml"), _table("duties.yaml")
CASES = [
    pytest.param(preset, row, id=f"{preset} {row['clause']}: {row['clock']}")
    for preset, rows in PROMISES.items()
    for row in rows
]
MISSED = (
    "您的投诉 {} 的办理已逾期：“{name}”应于{due}完成，我们未能按时完成，对此深表歉意。"
    "该投诉已交由上一级督办，您可以凭回执催办。"
)
REMINDED = "投诉人催办：投诉 {} 的“"


def messages(office: Organisation, who: str, number: str) -> list[str]:
    """Whole texts, newest first."""
    query = f"&complaint={number}" if who == "complainant" else ""
    found = office.get(f"/messages?limit=100{query}", who, number)["messages"]
    return [one["text"]["zh"] for one in found if one["number"] == number]


def missed(office: Organisation, row: dict[str, Any]) -> str:
    number = play(office, row)
    office.world.move_to(office.deadline(number, row["clock"])["due"])
    return number


@pytest.mark.parametrize(("preset", "row"), CASES)
def test_x6_a_deadline_says_to_the_complainant_what_the_office_owes(preset: str, row: dict[str, Any]) -> None:
    office = office_of(preset)
    found = office.deadline(play(office, row), row["clock"])

    assert (found["label"]["zh"], found["actor"]["zh"], found["duty"]) == (row["name"], row["actor"], "office")


@pytest.mark.parametrize(("preset", "row"), CASES)
def test_x6_a_promise_that_is_missed_is_told_to_the_complainant_once(preset: str, row: dict[str, Any]) -> None:
    office = office_of(preset)
    number, text = missed(office, row), MISSED.format("{}", **row)
    told = messages(office, "complainant", number)
    office.world.move_to(to_text(office.world.now() + 30 * DAY))

    assert told.count(text.format(number)) == 1
    assert messages(office, "complainant", number).count(text.format(number)) == 1


@pytest.mark.parametrize(("preset", "row"), CASES)
def test_x6_a_promise_that_is_kept_is_not_told_as_missed(preset: str, row: dict[str, Any]) -> None:
    office = office_of(preset)
    number = play(office, row)
    due = from_text(office.deadline(number, row["clock"])["due"])
    office.world.move_to(to_text(due - 1))

    assert not [one for one in messages(office, "complainant", number) if f"逾期事项：{row['name']}" in one]


@pytest.mark.parametrize(("preset", "row"), CASES)
def test_x6_the_complainant_reminds_the_tier_once_a_working_day_after_a_miss(preset: str, row: dict[str, Any]) -> None:
    office = office_of(preset)
    number = play(office, row)
    early = office.try_act(number, "complainant", "remind").status
    office.world.move_to(office.deadline(number, row["clock"])["due"])
    tiers = office.get("/policy", "owner")["policy"]["tiers"]

    reminded = REMINDED.format(number)
    office.act(number, "complainant", "remind")
    again = office.try_act(number, "complainant", "remind").status
    texts = {who: [one for one in messages(office, who, number) if one.startswith(reminded)] for who in office.tokens}
    on_tier = {*tiers[office.complaint(number, "owner")["tier"] - 1]["roles"]}
    answer = messages(office, "complainant", number)[0]
    office.world.move_to(to_text(office.world.now() + 12 * DAY + 3 * HOUR))
    office.act(number, "complainant", "remind")

    assert (early, again) == (409, 409)
    assert on_tier
    for one in on_tier:
        assert [("”已逾期" in text, "原应于" in text, "待办：" in text) for text in texts[one]] == [(True, True, True)]
    names = {office.get("/policy", "owner")["policy"]["people"][role]["zh"] for role in on_tier}
    assert answer.startswith(f"您对投诉 {number} 的催办已收到，并已转达")
    assert {name for name in names if name not in answer} == set()


WEB = {
    "platform P1.1": "in_app",
    "auto-repair P2.1": "letter",
    "auto-repair-forms P3.1": "phone",
    "government-service-centre P4.1": "written",
    "telecom-regulator P5.1": "online",
    "corporate-standard P6.4": "letter",
    "property-management P7.8": "email",
    "customer-service P8.1": "email",
    "food-drug-administration P9.8": "written",
}
"""The channel of what is filed on the public pages."""


@pytest.mark.parametrize(("preset", "channel"), WEB.items(), ids=WEB)
def test_x6_what_is_filed_on_the_public_pages_counts_as_the_nearest_channel(preset: str, channel: str) -> None:
    office = office_of(preset.partition(" ")[0], START)
    assert isinstance(office.world, InProcess)

    browser = Browser(office.world)
    asked = {one.name for one in browser.open(f"/t/{office.id}/file").forms[0].controls}

    number, _ = filed(browser, office)

    assert "channel" not in asked
    assert office.complaint(number, "owner")["channel"] == channel


@pytest.mark.parametrize("preset", DUTIES)
def test_x6_each_deadline_says_whose_duty_it_is(preset: str) -> None:
    duties = dict(DUTIES[preset])
    found: dict[str, str] = {}
    for row in [*IDLE[preset], *PROMISES[preset], *duties.pop("scenes", [])]:
        office = office_of(preset)
        deadlines = office.get(f"/complaints/{play(office, row)}/deadlines", "owner")["deadlines"]
        found |= {one["clock"]: one["duty"] for one in deadlines}

    clocks = office.get("/policy", "owner")["policy"]["clocks"].keys()
    assert {clock: found[clock] for clock in clocks} == {
        clock: duty for duty, clocks in duties.items() for clock in clocks
    }
