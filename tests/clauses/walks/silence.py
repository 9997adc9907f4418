"""Silent staff in the walks: a deadline runs out, the miss goes up the ladder, and the top is alarmed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

import pytest

from chalicelib.kit.instants import DAY, from_instant, to_instant, to_text
from tests.clauses.organisation import Organisation
from tests.clauses.walks.working import Step
from tests.clauses.world import World

Story = Callable[[Organisation], str]
Ladder = Sequence[Sequence[str]]
"""The roles of each tier above the first."""
MOST_DAYS = 30
"""After the due time, until the top is told again."""
OVERDUE, STILL_OVERDUE = "投诉 {} 已逾期，现升级", "投诉 {} 已逾期，逐级升级后"


class Silence(NamedTuple):
    """At `stage`, after `until`, `who` owes `act` and does not do it, so that `clock` runs out.

    `instead`: steps by others; if there are none, `who` acts late. `without`: the change of the preset, as in
    `mutants.yaml`, under which nothing would happen; by default the clock's miss is only recorded.
    """

    stage: str
    until: Story
    who: str
    act: str
    clock: str
    instead: Sequence[Step] = ()
    without: Mapping[str, Any] | None = None

    @property
    def mutant(self) -> Mapping[str, Any]:
        return self.without or {"set": {f"/clocks/{self.clock}/missed": "record"}}

    def __str__(self) -> str:
        """For example `handling-customer_manager-find_liability`."""
        others = sorted({who for who, _, _ in self.instead} - {self.who})
        return "-".join([self.stage, self.who, self.act, *(f"{other} instead" for other in others)])


def each(silences: Sequence[Silence]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("silence", silences, ids=str)


def next_month(world: World) -> None:
    """Moves the clock to the second of the next month, at this time of day."""
    later = from_instant(world.now()).replace(day=1) + timedelta(days=32)
    world.move_to(to_text(to_instant(later.replace(day=2))))


def is_owed(organisation: Organisation, number: str, silence: Silence) -> None:
    """Asserts that the complaint is at the stage, with the act open to the person who will be silent."""
    shown = organisation.complaint(number, silence.who)
    assert shown["stage"] == silence.stage
    assert silence.act in shown["acts"]


def is_escalated(organisation: Organisation, number: str, clock: str, ladder: Ladder) -> None:
    """Asserts that the clock runs out at its due time, that each tier is told, and that the top is told again."""
    due = _due(organisation, number, clock)
    organisation.world.move_to(due)
    missed, tiers = _misses(organisation, number, clock)
    assert missed == [due]
    assert tiers == [list(ladder[0])]
    for _ in range(MOST_DAYS):
        organisation.world.move_to(to_text(organisation.world.now() + DAY))
        missed, tiers = _misses(organisation, number, clock)
        if len(missed) > len(ladder):
            break
    else:
        raise AssertionError(f"{clock} was missed {len(missed)} times in {MOST_DAYS} days after it was due")
    assert tiers == [list(tier) for tier in ladder]
    for role in chain(*ladder):
        told = organisation.told(role, number)
        assert any(OVERDUE.format(number) in text for text in told)
        assert role not in ladder[-1] or any(STILL_OVERDUE.format(number) in text for text in told)


def is_overdue(organisation: Organisation, number: str) -> str:
    """Moves the clock to the end of the latest demand for evidence, and returns the id of the demand."""
    demand = organisation.events(number, type_="evidence_demanded")[-1]
    assert "until" in demand["fields"], "the demand has no end"
    organisation.world.move_to(demand["fields"]["until"])
    return str(demand["id"])


def _due(organisation: Organisation, number: str, clock: str) -> Any:
    """The due time of the clock, which runs."""
    deadlines = organisation.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    running = [one for one in deadlines if (one["clock"], one["state"]) == (clock, "running")]
    assert running, f"{clock} does not run"
    return running[-1]["due"]


def _misses(organisation: Organisation, number: str, clock: str) -> tuple[list[str], list[list[str]]]:
    """The time of each miss, and the roles of each tier that was told of one."""
    events = [event for event in organisation.events(number) if event["fields"].get("clock") == clock]
    missed = [event["at"] for event in events if event["type"] == "missed"]
    return missed, [event["fields"]["roles"] for event in events if event["type"] == "escalated"]
