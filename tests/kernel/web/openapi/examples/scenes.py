"""Scenes: for each operation, an organisation `acme` in which the operation's example works as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from chalicelib.tenants.suspension import Suspension, suspend
from chalicelib.web.openapi import texts
from tests.clauses.offices import company as at_company
from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.identity import Person

START = "2026-11-27T09:00:00+08:00"
ID = "acme"
REQUESTS: dict[str, Any] = {id_: example.request for id_, example in texts.load().examples.items()}
LI = "5f0c7a0e-3c1d-4d57-9a53-0b6f4c8f2a11"
"""The id of the person whom the example of `invite_person` invites."""
OPERATOR = "operator"


@dataclass(frozen=True)
class Asked:
    """`who`: a role, `complainant`, `OPERATOR`, or nobody. `names`: the path's parameters."""

    at: Organisation
    who: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def auth(self) -> str | None:
        return self.at.auth(self.who, self.names.get("number", "")) if self.who not in ("", OPERATOR) else None


Scene = Callable[[InProcess], Asked]


def acme(world: InProcess, preset: str = "corporate-standard") -> Organisation:
    return sign_up(world, preset, named=ID)


def send(at: Organisation, operation: str, method: str, path: str, body: Any = None) -> Any:
    """The owner sends the operation's example, or another body."""
    sent = REQUESTS[operation] if body is None else body
    answer = at.world.call(method, at.path + path, sent, auth=at.auth("owner"))
    assert answer.status < 300, answer.text
    return answer.json if answer.text else None


def nobody(world: InProcess, **names: str) -> Asked:
    return Asked(Organisation(world, ID, None), "", names)


def member(who: str = "owner", **names: str) -> Scene:
    return lambda world: Asked(acme(world), who, names)


def operator(world: InProcess) -> Asked:
    at = acme(world)
    at.file()
    return Asked(at, OPERATOR, {"id": ID})


def filed(who: str = "agent", **names: str) -> Scene:
    def scene(world: InProcess) -> Asked:
        at = acme(world)
        number = at.file()
        at.complaint(number, "agent")  # a read that the log lists
        return Asked(at, who, {"number": number, **names})

    return scene


def settled(world: InProcess) -> Asked:
    """A complaint whose texts can be searched for."""
    asked = filed()(world)
    world.settle()
    return asked


def worked(who: str) -> Scene:
    def scene(world: InProcess) -> Asked:
        at = acme(world)
        return Asked(at, who, {"number": at_company.recorded(at)})

    return scene


def pending(world: InProcess) -> Asked:
    """A pending matter at the end of a month, and its ledger of that month."""
    at = acme(world, "auto-repair-forms")
    at_workshop.parked(at)
    world.move_to("2026-12-01T09:00:00+08:00")
    return Asked(at, "customer_manager", {"ledger": "manager"})


def before_li(world: InProcess) -> Asked:
    """Li is not a member yet, but has an account already."""
    at = acme(world)
    world.fakes.identity.people["li@acme.example"] = Person(LI, "")
    return Asked(at, "owner", {"sub": LI})


def with_li(world: InProcess) -> Asked:
    """Li was invited."""
    asked = before_li(world)
    assert send(asked.at, "invite_person", "POST", "/people")["sub"] == LI
    return asked


def failed_mail(world: InProcess) -> Asked:
    """A mail to Li failed, and her address works again."""
    asked = with_li(world)
    world.fakes.mailer.rejected.add("li@acme.example")
    asked.at.file()
    world.fakes.mailer.rejected.clear()
    return asked


def with_draft(who: str = "owner", *, opened: bool = False, commented: bool = False) -> Scene:
    def scene(world: InProcess) -> Asked:
        at = acme(world)
        send(at, "put_policy_draft", "PUT", "/policy/draft")
        if opened:
            send(at, "open_policy_draft", "POST", "/policy/draft/open")
        if commented:
            send(at, "post_policy_comment", "POST", "/policy/comments")
        return Asked(at, who)

    return scene


def begun(operation: str, path: str, name: str, **names: str) -> Scene:
    """The owner started this before. `name`: of the path's parameter that identifies it."""

    def scene(world: InProcess) -> Asked:
        at = acme(world)
        at.file()
        return Asked(at, "owner", {name: send(at, operation, "POST", path)["id"], **names})

    return scene


def waiting_bulk(world: InProcess) -> Asked:
    """A bulk whose message is lost, so that it waits for the next sweep."""
    at = acme(world)
    at.file()
    asker = {"Authorization": at.auth("owner")}
    answer = world.client.request("POST", at.path + "/bulk", REQUESTS["start_bulk"], headers=asker)
    world.fakes.effects.waiting.clear()
    return Asked(at, "owner", {"bulk": answer.json["id"]})


def two_versions(world: InProcess) -> Asked:
    at = acme(world)
    number = at.file()
    policy = at.get("/policy", "owner")["policy"]
    send(at, "publish_policy", "POST", "/policy/publish", {"policy": policy})
    return Asked(at, "owner", {"number": number})


def leaving(world: InProcess) -> Asked:
    at = acme(world)
    send(at, "leave_service", "POST", "/leave")
    return Asked(at, "owner")


def suspended(world: InProcess) -> Asked:
    asked = operator(world)
    with_reason = Suspension(**REQUESTS["ops_suspend"])
    suspend(cast(InProcess, asked.at.world).fakes.wiring, ID, with_reason)
    return asked
