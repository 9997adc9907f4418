"""Requests about improvement actions, and what a test sees of them."""

from __future__ import annotations

from typing import Any

from tests.clauses.offices import helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-02T09:00:00+08:00"
OPENED = "2026-11-16T09:00:00+08:00"
DONE = "2026-11-23T09:00:00+08:00"
FIRST_PERIOD, SECOND_PERIOD = "2026-12-22T00:30:00+08:00", "2027-01-19T00:30:00+08:00"
"""The ends of the four and eight weeks after the day on which it was done."""


def founded() -> Organisation:
    """Founded two weeks before the action is opened, with four complaints about products in that time."""
    found = helpdesk.helpdesk_in(InProcess(START))
    file(found, 4)
    found.world.move_to(OPENED)
    return found


def file(at: Organisation, count: int, kind: str = "product_quality") -> None:
    """Each is answered at once, so that fewer alarms follow while the weeks go by."""
    for _ in range(count):
        at.act(at.file(category={"kind": kind}), "agent", "reply", text="已收到。")


def close_all(at: Organisation) -> None:
    """The customers are satisfied, so that nothing falls due any more."""
    for number in at.filed:
        at.act(number, "agent", "assign", responsible=[at.subs["product_team"]])
        at.act(number, "product_team", "inspect", **helpdesk.FOUND)
        at.act(number, "product_team", "offer", remedies=["refund"], offer="如下。", amount=128.5)
        at.act(number, "complainant", "agree")
        at.act(number, "product_team", "execute")
        at.act(number, "agent", "close", summary="已退款。")


def ask(at: Organisation, method: str, path: str = "", body: Any = None, who: str = "owner", **headers: str) -> Answer:
    return at.world.call(method, f"{at.path}/improvements{path}", body, auth=at.auth(who), headers=headers or None)


def wanted(at: Organisation, **changes: Any) -> dict[str, Any]:
    body = {
        "title": "供应商来料全检",
        "by": "category.kind",
        "value": "product_quality",
        "owner": at.subs["after_sales"],
        "due": "2026-11-30",
    }
    return {**body, **changes}


def opened(at: Organisation, **changes: Any) -> str:
    answer = ask(at, "POST", "", wanted(at, **changes))
    assert answer.status == 201, answer.text
    found: str = answer.json["id"]
    return found


def seen(at: Organisation, number: str, who: str = "owner") -> dict[str, Any]:
    answer = ask(at, "GET", f"/{number}", who=who)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def do(at: Organisation, number: str, act: str, who: str = "owner", **body: Any) -> Answer:
    return ask(at, "POST", f"/{number}/acts/{act}", body, who)


def events(at: Organisation) -> list[dict[str, Any]]:
    """The events of improvement actions on the organisation's record, oldest first."""
    found = at.get("/record", "owner")["events"]
    return [one for one in reversed(found) if one["type"].startswith("improvement_")]


def types(at: Organisation) -> list[str]:
    return [one["type"].removeprefix("improvement_") for one in events(at)]


def messages(at: Organisation, who: str) -> list[str]:
    at.world.settle()
    return [one["text"]["zh"] for one in at.get("/messages", who)["messages"]]


def owed(at: Organisation, who: str) -> list[tuple[str, str, str]]:
    tasks = at.get("/tasks", who)["tasks"]
    return [(one["id"], one["label"]["zh"], one["state"]) for one in tasks if one["kind"] == "improvement"]


def done(at: Organisation) -> str:
    number = opened(at)
    at.world.move_to(DONE)
    assert do(at, number, "done", "after_sales").status == 200
    return number
