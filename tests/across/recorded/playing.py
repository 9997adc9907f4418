"""Plays a story of `stories/`: an organisation is founded with its recorded policy, and its steps are taken.

A step `[who, act, number, fields]` is an act. Other steps are mappings:

- `file`: changes of the policy's sample; `by`: who registers it, by default the complainant;
- `give`: a kind of file; `to`: the complaint; `by`: who gives it, by default the complainant;
- `ask`: who, method, path below the organisation's, body;
- `hire`: a name; `role`, `unit`, `language`;
- `move`: the time to which the clock is moved, with what falls due on the way.

`as` keeps the `id` of the answer, or another member (`take`), under a name. `$name` in a later step stands for it, and
for the id of the person with this name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.across.recorded import files, policies
from tests.clauses import giving
from tests.clauses.organisation import Organisation, first_sign_in, hire
from tests.clauses.world import InProcess, advance
from tests.helpers import left_out
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.identity import Person

START = "2026-11-27T09:00:00+08:00"
"""A Friday."""
_NAMED = re.compile(r"\$(\w+)")


@dataclass
class Played:
    """`names`: what the story knows, such as ids of people, by its name."""

    organisation: Organisation
    story: Mapping[str, Any]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def world(self) -> InProcess:
        world = self.organisation.world
        assert isinstance(world, InProcess)
        return world

    def known(self) -> dict[str, str]:
        """The names by the values that they stand for."""
        receipts = {filed.receipt: f"receipt of {number}" for number, filed in self.organisation.filed.items()}
        return {**receipts, **{value: name for name, value in self.names.items()}}

    def filled(self, part: Any) -> Any:
        """The part of a story with values for the names."""
        known = {**self.names, "source": policies.source(self.organisation.id)}
        return json.loads(_NAMED.sub(lambda match: json.dumps(known[match[1]])[1:-1], json.dumps(part)))

    def auth(self, who: str) -> str | None:
        """`who`: empty, a person, `complainant` with the number of the complaint, or the name of a receipt."""
        if not who or who.startswith("receipt"):
            return f"Receipt {self.names[who]}" if who else None
        return self.organisation.auth(who.partition(" ")[0], self.number(who))

    @staticmethod
    def number(who: str) -> str:
        """Of the complaint that a complainant's name ends with."""
        of = who.partition(" ")[2]
        return number_of(of) if of else ""

    def full(self, path: str) -> str:
        return path[1:] if path.startswith("//") else self.organisation.path + path

    def ask(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`path`: below the organisation's. One that begins with `//` is below the service's root."""
        sent = self.filled([self.full(path), body])
        return self.organisation.world.call(method, *sent, auth=self.auth(who), headers=headers)


@cache
def played(name: str) -> Played:
    """Once per process. Requests of tests may read."""
    return play(name, InProcess(START))


def play(name: str, world: InProcess) -> Played:
    made = founded(name, world)
    for step in made.story["steps"]:
        if isinstance(step, list):
            who, act, number, *fields = step
            made.organisation.act(number_of(number), who, act, **made.filled(fields[0] if fields else {}))
        else:
            take(made, step)
    advance(made.world, "2 hours")
    made.world.sweep()  # the hourly job, which anchors what changed
    return made


def take(made: Played, step: Mapping[str, Any]) -> None:
    """A step that is no act."""
    verb = next(iter(step))
    _STEPS[verb](made, **made.filled({**step, "what": step[verb]}))


def founded(name: str, world: InProcess) -> Played:
    email, story = f"owner@{name}.example", files.story(name)
    organisation = Organisation(world, name, None)
    _with_account(world, email)
    asked = {"id": name, "name": "示例机构", "email": email, "policy": policies.source(name)}
    answer = organisation.world.call("POST", "/v1/tenants", asked)
    assert answer.status == 201, answer.text
    organisation.tokens["owner"] = first_sign_in(organisation.world, email)
    organisation.subs["owner"] = organisation.get("/people/me", "owner")["sub"]
    made = Played(organisation, story, {"owner": organisation.subs["owner"]})
    for role in organisation.get("/policy", "owner")["roles"]:
        _hire(made, role, role)
    return made


def _with_account(world: InProcess, email: str) -> None:
    """Ids of people are the same each time, because lists are in their order."""
    world.fakes.identity.people[email] = Person(str(uuid5(NAMESPACE_URL, email)), "")


def _file(made: Played, what: Mapping[str, Any], by: str = "", **_: Any) -> None:
    made.organisation.file(auth=made.auth(by), **what)


def _give(made: Played, what: str, to: int, by: str = "", **more: Any) -> None:
    auth = made.auth(by or f"complainant {to}")
    file = giving.given(made.organisation, number_of(to), what, auth=auth)
    assert file["state"] == "sealed", file
    if "as" in more:
        made.names[more["as"]] = file["id"]


def _ask(made: Played, what: list[Any], take: str = "id", **more: Any) -> None:
    if not left_out.is_served(made.full(what[2])):
        made.names[more.get("as", "")] = ""
        return
    answer = made.ask(*what)
    assert answer.status < 300, answer.text
    if "as" in more:
        value = answer.json
        for key in take.split("/"):
            value = value[int(key) if isinstance(value, list) else key]
        made.names[more["as"]] = str(value)


def _hire(made: Played, what: str, role: str, unit: str | None = None, language: str | None = None, **_: Any) -> None:
    _with_account(made.world, f"{what.replace('_', '-')}@{made.organisation.id}.example")
    hire(made.organisation, role, name=what, unit=unit, language=language)
    made.names[what] = made.organisation.subs[what]


def _move(made: Played, what: str, **_: Any) -> None:
    made.organisation.world.move_to(what)


_STEPS: dict[str, Callable[..., None]] = {"file": _file, "give": _give, "ask": _ask, "hire": _hire, "move": _move}


def number_of(of: int | str) -> str:
    """The number of the organisation's nth complaint."""
    return f"202611-{int(of):06}"
