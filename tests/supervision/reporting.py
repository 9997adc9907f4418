"""Reports about the office: steps of reporters, supervisors and operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.clauses.operating import OPERATOR
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, World
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document

OFFICE: dict[str, Any] = {"office": True}
WORDS = "处理人员收受商家好处"
THINKS = 5_000
"""Milliseconds that a person takes at least to fill the form in."""


@dataclass(frozen=True, slots=True)
class Reported:
    id: str
    receipt: str

    @property
    def auth(self) -> str:
        return f"Receipt {self.receipt}"


def try_report(org: Organisation, about: Any = None, who: str | None = None, **more: Any) -> Answer:
    body = {"about": OFFICE if about is None else about, "text": WORDS, "to": "supervisors", **more}
    return org.world.call("POST", f"{org.path}/supervision", body, auth=who and org.auth(who))


def report(org: Organisation, about: Any = None, who: str | None = None, **more: Any) -> Reported:
    answer = try_report(org, about, who, **more)
    assert answer.status == 201, answer.text
    return Reported(answer.json["id"], answer.json["receipt"])


def reported_on_page(browser: Browser, office: Organisation, **more: str) -> Document:
    browser.open(f"/t/{office.id}/report")
    browser.world.fakes.real_clock.now += THINKS
    return browser.submit(**{"to": "supervisors", "about": "office", "text": WORDS, **more})


def about(org: Organisation, *people: str) -> dict[str, Any]:
    return {"people": [org.subs[name] for name in people]}


def listed(org: Organisation, who: str) -> list[str]:
    return [row["id"] for row in org.get("/supervision", who)["reports"]]


def look(org: Organisation, reported: Reported, who: str) -> Answer:
    """As a member, or as the reporter."""
    auth = reported.auth if who == "reporter" else org.auth(who)
    return org.world.call("GET", f"{org.path}/supervision/{reported.id}", auth=auth)


def seen(org: Organisation, reported: Reported, who: str) -> dict[str, Any]:
    answer = look(org, reported, who)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def add(org: Organisation, reported: Reported, text: str, headers: dict[str, str] | None = None, **more: Any) -> Answer:
    path = f"{org.path}/supervision/{reported.id}/messages"
    return org.world.call("POST", path, {"text": text, **more}, auth=reported.auth, headers=headers)


def try_act(org: Organisation, reported: Reported, who: str, act: str, **fields: Any) -> Answer:
    return org.world.call("POST", f"{org.path}/supervision/{reported.id}/acts/{act}", fields, auth=org.auth(who))


def act(org: Organisation, reported: Reported, who: str, act: str, **fields: Any) -> dict[str, Any]:
    answer = try_act(org, reported, who, act, **fields)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def operate(world: World, method: str, path: str, body: Any = None) -> Answer:
    """A signed request of the operator."""
    assert isinstance(world, InProcess)
    return world.client.request(method, f"/v1/ops/supervision{path}", body, operator=OPERATOR)


def readers(org: Organisation, reported: Reported) -> set[str]:
    """All who may read the report: members by name, and the operator."""
    members = {who for who in org.tokens if look(org, reported, who).status == 200}
    operator = operate(org.world, "GET", f"/{org.id}/{reported.id}").status == 200
    return members | ({"operator"} if operator else set())


def hour(org: Organisation, when: str) -> None:
    """The time comes, and an hourly job runs."""
    assert isinstance(org.world, InProcess)
    org.world.move_to(when)
    org.world.sweep()
