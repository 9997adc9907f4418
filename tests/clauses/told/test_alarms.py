"""Each alarm reaches a person who can act in the present stage: cases of all presets whose staff fall silent."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.instants import DAY, to_text
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.silent_parties import moved
from tests.clauses.world import InProcess
from tests.searches import at_night_unless

START = "2026-11-27T09:00:00+08:00"
MOVES = range(12)
SEEDS = 10
STEP, STEPS = 2 * DAY, 12
NO_PROGRESS = {"note", "tick", "link", "recuse", "hold", "release", "withdraw"}
CASES = [
    pytest.param(preset, moves, seed, marks=at_night_unless(seed == 0 and moves % 6 == place % 6))
    for place, preset in enumerate(presets.names())
    for moves in MOVES
    for seed in range(SEEDS)
]


def alarms(organisation: Organisation, number: str) -> dict[str, dict[str, Any]]:
    """By the id of the event that a message about a deadline is about: its stage, what it says, and its readers."""
    found: dict[str, dict[str, Any]] = {}
    for one in organisation.events(number, type_="notified"):
        if "clock" in one["fields"]:
            known = found.setdefault(one["fields"]["about"], {**one["result"], **one["fields"], "to": []})
            known["to"] = [*known["to"], *one["fields"]["to"]]
    return found


def can_act(organisation: Organisation, number: str, reader: str) -> bool:
    """`reader`: a role, or a person as `@<sub>`."""
    who = next((name for name, sub in organisation.subs.items() if reader in (name, f"@{sub}")), reader)
    return bool({*organisation.complaint(number, who)["acts"]} - NO_PROGRESS)


@pytest.mark.parametrize(("preset", "moves", "seed"), CASES)
def test_each_alarm_reaches_a_person_who_can_act(preset: str, moves: int, seed: int) -> None:
    organisation = sign_up(InProcess(START), preset)
    number = organisation.file()
    moved(organisation, number, seed * len(MOVES) + moves, moves)
    known = {*alarms(organisation, number)}

    for _ in range(STEPS):
        organisation.world.move_to(to_text(organisation.world.now() + STEP))
        new = {about: alarm for about, alarm in alarms(organisation, number).items() if about not in known}
        stage = organisation.complaint(number)["stage"] if new else ""
        for about, alarm in new.items():
            if alarm["stage"] == stage:
                shown = (stage, alarm["clock"], alarm["wording"], alarm["to"])
                assert any(can_act(organisation, number, one) for one in alarm["to"]), shown
            known.add(about)
