"""Each alarm reaches a person who can act in the present stage: cases of all presets whose staff fall silent."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest

from chalicelib.kit.instants import DAY, from_text, to_text
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.silent_parties import moved
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import at_night_unless

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
    who = _person(organisation, reader)
    return bool({*organisation.complaint(number, who)["acts"]} - NO_PROGRESS)


WHAT_ENDS_IT = {"zh": "待办：", "en": "Next step: "}


def assert_named(organisation: Organisation, alarm: dict[str, Any]) -> None:
    """Each reader's message names the deadline, its due time and, of a clock, what ends it, in both languages."""
    policy = organisation.get("/policy", "owner")["policy"]
    label = {**policy["clocks"], **policy["tasks"]}[alarm["clock"]]["name"]
    last = Organisation.local(to_text(from_text(alarm["due"]) - 1))
    year, month, day = last[:4], int(last[5:7]), int(last[8:10])
    named = {"zh": f"({last[:10]}|{year}年{month}月{day}日)", "en": f"({last[:10]}|{day} [A-Z][a-z]+ {year})"}
    for who in {*map(partial(_person, organisation), alarm["to"])} & organisation.tokens.keys():
        messages = organisation.get("/messages?limit=100", who)["messages"]
        for text in nonempty([one["text"] for one in messages if one["about"] == alarm["about"]]):
            assert [text[language] for language in named if label[language] not in text[language]] == []
            assert [text[language] for language, due in named.items() if not re.search(due, text[language])] == []
            if alarm["clock"] in policy["clocks"]:
                assert [text[language] for language, steps in WHAT_ENDS_IT.items() if steps not in text[language]] == []


def _person(organisation: Organisation, reader: str) -> str:
    """`reader`: a role, or a person as `@<sub>`."""
    return next((name for name, sub in organisation.subs.items() if reader in (name, f"@{sub}")), reader)


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
            assert_named(organisation, alarm)
            if alarm["stage"] == stage:
                shown = (stage, alarm["clock"], alarm["wording"], alarm["to"])
                assert any(can_act(organisation, number, one) for one in alarm["to"]), shown
            known.add(about)
