"""The maximum of consequences that the policy checks allow fits into commits: no 500, and no quarantine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.features.deadlines import quarantine
from chalicelib.policy.checks.events_at_once import MAX_EVENTS
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

PROCEDURE = Path(__file__).parent / "exactly/procedure.yaml"
NINE, TEN, TWO = (f"2026-11-27T{hour}:00:00+08:00" for hour in ("09", "10", "14"))
CLOCKS = 60


@pytest.fixture(scope="module")
def policy() -> str:
    """Filing, each act and ageing have the maximum of consequences. Sixty clocks are due at ten, ageing at two."""
    document = yaml.load(PROCEDURE.read_text("utf-8"), yaml.CSafeLoader)
    of_filing = {f"f{n}": {"name": {"en": "F"}, "role": "clerk", "on": "registered"} for n in range(18)}
    of_ageing = {
        f"a{n}": {"name": {"en": "A"}, "role": "clerk", "on": "reclassified"} for n in range(MAX_EVENTS // 2 - 1)
    }
    document["tasks"] = {**of_filing, **of_ageing}
    document["intake"]["tells"] = [{"to": "clerk"}] * 3
    document["stages"]["registered"]["accept"]["tells"] = [{"to": "lead"}] * (MAX_EVENTS - 1)
    clock = {"from": "registered", "until": "accepted", "within": "1 hour", "missed": "escalate"}
    document["clocks"] = {f"c{n:02}": clock for n in range(CLOCKS)}
    return str(yaml.safe_dump(document))


@pytest.fixture
def office(policy: str) -> Organisation:
    return sign_up_with(InProcess(NINE), policy)


def types(office: Organisation, number: str) -> Counter[str]:
    return Counter(event["type"] for event in office.events(number, "owner"))


def parked(office: Organisation) -> list[Any]:
    found: Any = quarantine.list_quarantined(office.world.fakes.wiring.store, 10, None)[0]  # type: ignore[attr-defined]
    return list(found)


def test_a_filing_with_the_maximum_of_consequences_is_accepted(office: Organisation) -> None:
    assert types(office, office.file()) == {"registered": 1, "task_opened": 18, "notified": 21}


def test_many_events_of_one_instant_need_several_commits(office: Organisation) -> None:
    number = office.file()

    office.world.move_to(TEN)

    found = types(office, number)
    assert (found["missed"], found["escalated"], parked(office)) == (CLOCKS, CLOCKS, [])


def test_an_act_is_done_although_the_maximum_is_due_before_it(office: Organisation) -> None:
    number = office.file()
    office.world.move_to(TEN)
    office.world.jump_to(TWO)  # type: ignore[attr-defined]
    before = types(office, number)["notified"]

    office.act(number, "clerk", "accept")

    found = types(office, number)
    assert (found["reclassified"], found["accepted"], found["task_opened"]) == (1, 1, 18 + MAX_EVENTS // 2 - 1)
    assert found["notified"] >= before + MAX_EVENTS - 1
