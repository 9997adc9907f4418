"""Executes the plan in order of time, and moves the stack's clock between the requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.demo_load.client import Client
from benchmarks.demo_load.organisation import DemoOrganisation
from benchmarks.demo_load.planning import PlannedCase, Step
from chalicelib.kit.instants import Instant, to_text


@dataclass(slots=True)
class PlayedCase:
    """A case on the stack. `stage`: from the answer to the last act."""

    case: PlannedCase
    organisation: DemoOrganisation
    number: str = ""
    receipt: str = ""
    stage: str = ""

    def auth(self, who: str) -> str:
        return f"Receipt {self.receipt}" if who == "complainant" else self.organisation.auth(who)

    @property
    def path(self) -> str:
        return f"{self.organisation.path}/complaints/{self.number}"


Tick = Callable[[], None]


def play(
    client: Client, cases: Sequence[PlannedCase], organisations: Sequence[DemoOrganisation], end: Instant, tick: Tick
) -> list[PlayedCase]:
    """File and handle the cases until `end`, to which the clock is moved. `tick`: after each request of the plan."""
    worked = [PlayedCase(case, organisations[case.tenant]) for case in cases]
    now = 0
    for at, one, step in schedule(worked):
        if at > end:
            break
        if at > now:
            client.move_to(to_text(at))
            now = at
        _do(client, one, step)
        tick()
    client.move_to(to_text(end))
    return worked


def schedule(worked: Sequence[PlayedCase]) -> list[tuple[Instant, PlayedCase, Step | None]]:
    """Return filings (step None) and steps in order of time; those at the same time in order of the cases."""
    found: list[tuple[Instant, PlayedCase, Step | None]] = []
    for one in worked:
        found.append((one.case.filed_at, one, None))
        found.extend((step.at, one, step) for step in one.case.steps)
    return sorted(found, key=lambda item: item[0])


def _do(client: Client, one: PlayedCase, step: Step | None) -> None:
    place = f"{one.organisation.office.preset}, {one.case.story!r} {one.number}"
    if step is None:
        filed = client.post(f"{one.organisation.path}/complaints", one.case.body, expect=201, place=place)
        one.number, one.receipt, one.stage = filed["number"], filed["receipt"], filed["stage"]
        return
    body = {"fields": one.organisation.named(step.fields)}
    where = f"{place}, {step.act} by {step.who} at {to_text(step.at)}"
    answer = client.post(f"{one.path}/acts/{step.act}", body, one.auth(step.who), expect=step.expect, place=where)
    one.stage = answer["stage"]
