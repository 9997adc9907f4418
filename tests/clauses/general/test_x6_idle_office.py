"""X.6: no complaint waits for ever for an idle office: on every tier, the people whom an alarm tells end the delay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.general.offices_by_preset import filled, office_of, play
from tests.clauses.organisation import Organisation, hire
from tests.helpers.nonempty import nonempty

TABLE = yaml.load(Path(__file__).with_name("idle.yaml").read_text("utf-8"), yaml.CSafeLoader)
ASSIGNED = (
    "投诉 {} 已指派，请承办。",
    "投诉 {} 需要复核，现已指派，请作为责任方迅速处理。",
)
MOST_DAYS = 90


def _cases() -> Iterator[Any]:
    for preset, rows in TABLE.items():
        for row in rows:
            for tiers, who, act, fields in row["helps"]:
                for tier in str(tiers).split():
                    name = f"{preset} {row['clause']}: {row['clock']} after {row['after']}, {who} {act} on tier {tier}"
                    yield pytest.param(preset, row, int(tier), (who, act, fields), id=name)


CASES = list(_cases())
ROWS = [(preset, row) for preset, rows in TABLE.items() for row in rows]
IN_CHARGE = [
    pytest.param(preset, row, id=f"{preset} {row['clause']}: {row['clock']} after {row['after']}")
    for preset, row in ROWS
    if "in_charge" in row["helps"][0][3]
]


def delayed(office: Organisation, row: dict[str, Any], tier: int) -> str:
    """No person acts after the steps of the row, until the clock's alarm has reached the tier."""
    number = play(office, row)
    for _ in range(MOST_DAYS):
        if alarms(office, number, row["clock"], tier):
            return number
        office.world.move_to(to_text(office.world.now() + DAY))
    raise AssertionError(f"no alarm of {row['clock']} reached tier {tier}")


def alarms(office: Organisation, number: str, clock: str, tier: int) -> list[dict[str, Any]]:
    """The messages about the clock on this tier: on the first one its warnings. A message can be of several."""
    told = [
        {**one, "fields": {**one["fields"], **alarm}}
        for one in office.events(number, type_="notified")
        for alarm in (one["fields"], *one["fields"].get("also", ()))
        if alarm.get("clock") == clock
    ]
    if tier == 1:
        return [one for one in told if one["fields"]["wording"] == "warned"]
    risen = {
        (one["at"], f"{clock}/{one['fields']['run']}")
        for one in office.events(number, type_="escalated")
        if (one["fields"]["tier"], one["fields"]["clock"]) == (tier, clock)
    }
    late = [one for one in told if (one["at"], one["fields"]["deadline"]) in risen]
    return [one for one in late if one["fields"]["to"] != ["complainant"]]


def second(office: Organisation, row: dict[str, Any]) -> None:
    if "then" in row:
        hire(office, row["then"][0], name=f"{row['then'][0]}_2")


@pytest.mark.parametrize(("preset", "row", "tier", "help_"), CASES)
def test_x6_on_every_tier_a_person_whom_the_alarm_tells_ends_the_delay(
    preset: str, row: dict[str, Any], tier: int, help_: tuple[str, str, Any]
) -> None:
    office, (who, act, fields) = office_of(preset), help_
    second(office, row)
    number = delayed(office, row, tier)
    told = {name for one in nonempty(alarms(office, number, row["clock"], tier)) for name in one["fields"]["to"]}

    answer = office.try_act(number, who, act, **filled(office, fields))

    assert answer.status == 200, answer.text
    assert told & {who, f"@{office.subs[who]}"}
    if "then" in row:
        role, next_act, next_fields = row["then"]
        assert office.told(f"{role}_2", number)[:1] in [[text.format(number)] for text in ASSIGNED]
        ended = office.try_act(number, f"{role}_2", next_act, **filled(office, next_fields))
        assert ended.status == 200, ended.text


@pytest.mark.parametrize(("preset", "row"), ROWS)
def test_x6_every_tier_is_told(preset: str, row: dict[str, Any]) -> None:
    office = office_of(preset)
    second(office, row)
    tiers = office.get("/policy", "owner")["policy"]["tiers"]
    number = delayed(office, row, len(tiers))

    for level in range(2, len(tiers) + 1):
        told = {name for one in alarms(office, number, row["clock"], level) for name in one["fields"]["to"]}
        assert told >= {*tiers[level - 1]["roles"]}


@pytest.mark.parametrize(("preset", "row"), IN_CHARGE)
def test_x6_one_person_is_named_to_end_the_delay(preset: str, row: dict[str, Any]) -> None:
    office, (_, who, act, fields) = office_of(preset), row["helps"][0]
    second(office, row)
    number, role = play(office, row), row["then"][0]

    for people in ({}, {"in_charge": [office.subs[role], office.subs[f"{role}_2"]]}):
        answer = office.try_act(number, who, act, **people)
        assert (answer.status, answer.pointer) == (422, "/fields/in_charge")
    assert fields["in_charge"] == f"@@{role}"
