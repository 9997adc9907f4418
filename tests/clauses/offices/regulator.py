"""P5 `telecom-regulator` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.giving import declared
from tests.clauses.organisation import Organisation, hire, sign_up, with_mails
from tests.clauses.world import World
from tests.fakes.files import PDF

DECISION = {"opinion": "退还费用。", "outcome": "upheld", "legal_basis": "电信条例第四十条"}
DISMISSAL = {**DECISION, "outcome": "not_upheld"}
SERVED = {"served_how": "挂号信寄送，12月2日签收。"}
ORDER: dict[str, Any] = {
    "sanctions": ["warning"],
    "order": "一个月内清退违规业务。",
    "rectify_by": "2026-12-25T18:00:00+08:00",
}
"""Later orders of `ordered` give 28 days: the clock of a local stack goes on from test to test."""


def regulator_in(world: World) -> Organisation:
    return with_mails(sign_up(world, "telecom-regulator"))


def unit(regulator: Organisation, *, account: bool = True) -> str:
    """A provider that is registered as a unit, with a person who has an account unless `account` is False."""
    body = {"id": "provider", "name": "示例通信公司"}
    answer = regulator.world.call("POST", f"{regulator.path}/units", body, auth=regulator.auth("owner"))
    assert answer.status == 201, answer.text
    if account:
        hire(regulator, "respondent", name="provider", unit="provider")
    return "provider"


def send(regulator: Organisation, number: str, kind: str) -> int:
    """The complainant submits a file of this kind. Returns the status of the response."""
    content = PDF + kind.encode()
    answer = declared(regulator, number, kind, content)
    if answer.status == 201:
        regulator.world.upload(answer.json["ticket"], content)
    return answer.status


def evidenced(regulator: Organisation, **filing: Any) -> str:
    """One file is enough."""
    number = regulator.file(**filing)
    assert send(regulator, number, "bill") == 201
    return number


def evidenced_late(regulator: Organisation) -> str:
    """The file comes after the refusal by time."""
    number = regulator.file()
    regulator.world.move_to(regulator.deadline(number, "silence")["due"])
    assert send(regulator, number, "bill") == 201
    return number


def accepted(regulator: Organisation, **filing: Any) -> str:
    number = evidenced(regulator, **filing)
    regulator.act(number, "complaint_centre", "accept")
    return number


def assigned(regulator: Organisation, **filing: Any) -> str:
    number = accepted(regulator, **filing)
    regulator.act(number, "director", "assign", inspectors=[regulator.subs["inspector"]])
    return number


def found(regulator: Organisation, finding: str = "violation", **filing: Any) -> str:
    number = assigned(regulator, **filing)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding=finding)
    return number


def ordered(regulator: Organisation, **filing: Any) -> str:
    """Decided; a provider without a unit still has to be told."""
    number = found(regulator, **filing)
    in_a_month = to_text(regulator.world.now() + 28 * DAY)
    order = {**ORDER, "rectify_by": max(ORDER["rectify_by"], regulator.local(in_a_month))}
    regulator.act(number, "inspector", "decide", **DECISION, **order)
    return number
