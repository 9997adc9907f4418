"""The 300 complaints of `make demo-load` in process, as they stand two weeks after the first day of filing.

Corpus, plan and player are those of the command. It needs the corpus once, as the command does.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from benchmarks.demo_load import bureau, corporate, corpus
from benchmarks.demo_load.__main__ import COMPLAINTS
from benchmarks.demo_load.client import Client, UnexpectedAnswer
from benchmarks.demo_load.organisation import DemoOrganisation
from benchmarks.demo_load.picking import pick
from benchmarks.demo_load.planning import DAYS, Step, plan
from benchmarks.demo_load.playing import PlayedCase, play
from benchmarks.demo_load.stack import START
from chalicelib.kit.instants import DAY, Instant, from_text
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

OFFICES = (corporate.OFFICE, bureau.OFFICE)
END = from_text(START) + DAYS * DAY
"""All complaints are filed, and most are being handled."""


class InProcessClient(Client):
    """The requests of the player, without a server."""

    def __init__(self, world: InProcess) -> None:
        super().__init__("http://in.process")
        self._world = world

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str], *, expect: int, place: str) -> str:
        answer = self._world.client.unplanted(method, path, body, headers)
        self._world.settle()
        if answer.status != expect:
            raise UnexpectedAnswer(f"{place}: {method} {path} answered {answer.status}, not {expect}: {answer.text}")
        return answer.text

    def move_to(self, when: str) -> None:
        self._world.move_to(when)


class LoadedOffice(NamedTuple):
    """An organisation with its cases of the load."""

    office: Organisation
    cases: list[PlayedCase]

    def open_numbers(self) -> list[str]:
        """As the API lists them, in its order."""
        found, cursor = list[str](), ""
        while True:
            page = self.office.get(f"/complaints?limit=100{cursor}", "owner")
            found += [row["number"] for row in page["complaints"]]
            if page["cursor"] is None:
                return found
            cursor = f"&cursor={page['cursor']}"

    def next_for(self, role: str, act: str) -> tuple[PlayedCase, Step]:
        """A case whose next planned act is this one of this role."""
        steps = ((one, _next_step(one, END)) for one in self.cases)
        return next((one, step) for one, step in steps if step and (step.who, step.act) == (role, act))


def _next_step(one: PlayedCase, now: Instant) -> Step | None:
    return next((step for step in one.case.steps if step.at > now), None)


def loaded() -> tuple[InProcess, dict[str, LoadedOffice]]:
    """By preset. Raises `corpus.CorpusUnavailable` without the corpus."""
    world = InProcess(START)
    found = [sign_up(world, one.preset) for one in OFFICES]
    organisations = [
        DemoOrganisation(one.id, office, one.tokens, one.subs) for one, office in zip(found, OFFICES, strict=True)
    ]
    cases = plan(pick(corpus.lines(), COMPLAINTS), OFFICES, from_text(START))
    worked = play(InProcessClient(world), cases, organisations, END, lambda: None)
    return world, {
        office.preset: LoadedOffice(one, [case for case in worked if case.organisation.id == one.id])
        for one, office in zip(found, OFFICES, strict=True)
    }
