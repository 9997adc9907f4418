"""Many complaints with different courses: those of `make demo-load`, played in process."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from benchmarks.demo_load import bureau, corporate
from benchmarks.demo_load.client import Client
from benchmarks.demo_load.organisation import DemoOrganisation, sign_up
from benchmarks.demo_load.planning import DURATION, plan
from benchmarks.demo_load.playing import play
from chalicelib.kit.instants import from_text, to_text
from tests.clauses.world import InProcess

OFFICES = (corporate.OFFICE, bureau.OFFICE)
START = "2026-09-01T00:00:00+08:00"


class InProcessClient(Client):
    """A client of the world instead of a local stack."""

    def __init__(self, world: InProcess) -> None:
        self.world = world

    def call(self, method: str, path: str, body: Any, auth: str | None, *, expect: int, place: str) -> Any:
        if path.startswith("/_local/mail"):
            return {"mails": [{"text": self.world.mail(unquote(path.rpartition("=")[2]))}]}
        if path == "/_local/token":
            return {"token": self.world.token(**body)}
        answer = self.world.call(method, path, body, auth=auth)
        assert answer.status == expect, f"{place}: {answer.text}"
        return answer.json

    def move_to(self, when: str) -> None:
        self.world.move_to(when)

    def now(self) -> str:
        return to_text(self.world.now())


def played(count: int, seed: int = 2026) -> tuple[InProcess, list[DemoOrganisation]]:
    """The world in which this number of complaints has been filed and handled, for the offices in turn."""
    world = InProcess(START)
    client = InProcessClient(world)
    texts = [f"示例投诉内容{number}" for number in range(count)]
    organisations = [sign_up(client, office) for office in OFFICES]
    start = from_text(START)
    play(client, plan(texts, OFFICES, start, seed), organisations, start + DURATION, lambda: None)
    return world, organisations
