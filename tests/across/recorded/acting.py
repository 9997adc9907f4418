"""Plays a story step by step, and stops before each act, so that a test can ask for it first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.across.recorded import files, playing
from tests.across.recorded.playing import START, Played
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer


class NextAct(NamedTuple):
    """An act that the story takes next. `number`: of the complaint."""

    made: Played
    who: str
    name: str
    number: str
    fields: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/complaints/{self.number}/acts/{self.name}"

    def ask(self, query: str = "", **headers: str) -> Answer:
        """The request for the act, with its fields."""
        return self.made.ask(self.caller, "POST", self.path + query, {"fields": self.fields}, **headers)

    @property
    def caller(self) -> str:
        """As steps that ask name a complainant: with the number of the complaint."""
        return f"complainant {int(self.number[-6:])}" if self.who == "complainant" else self.who


def acts_of(story: str) -> Iterator[NextAct]:
    """Each act, before it is done. If the caller has done it by then, it is not done again."""
    made = playing.founded(story, InProcess(START))
    for step in files.story(story)["steps"]:
        if isinstance(step, dict):
            playing.take(made, step)
            continue
        who, act, at, *fields = step
        found = NextAct(made, who, act, playing.number_of(at), made.filled(fields[0] if fields else {}))
        before = _version(found)
        yield found
        if _version(found) == before:
            answer = found.ask()
            assert answer.status == 200, answer.text
        made.organisation.world.settle()


def _version(act: NextAct) -> str:
    version: str = act.made.organisation.complaint(act.number, "owner")["version"]
    return version
