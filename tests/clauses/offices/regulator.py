"""P5 `telecom-regulator` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.giving import declared, given
from tests.clauses.organisation import Organisation, hire, sign_up, with_mails
from tests.clauses.world import World
from tests.helpers.fakes.files import PDF

DECISION = {"opinion": "退还费用。", "outcome": "upheld", "legal_basis": "电信条例第四十条"}
DISMISSAL = {**DECISION, "outcome": "not_upheld"}
WANTED = {"wanted": "增值业务的开通记录", "why": "核实开通是否经消费者同意"}
NOTICE = {"notice": "未经同意开通增值业务，拟依电信条例第四十条警告。"}
REACHED = {"asked_how": "挂号信送达，随附举证链接。", "contact": "reached"}
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


def informed(regulator: Organisation, number: str, **told: Any) -> None:
    """The provider is told what was found, and has two working days to state its case."""
    outside = regulator.complaint(number, "inspector")["stage"] == "found_outside"
    regulator.act(number, "inspector", "demand_evidence", **{**NOTICE, **(REACHED if outside else {}), **told})


def moved_outside(regulator: Organisation, number: str) -> None:
    """The director confirms that no person of the provider's unit has an account."""
    regulator.act(number, "inspector", "notify", asked_how="没有账号。")
    [proposal] = regulator.complaint(number, "director")["proposals"]
    regulator.act(number, "director", "approve", proposal=proposal["proposal"])


def states_its_case(regulator: Organisation, number: str) -> None:
    """The provider itself does so, on the page of the demand."""
    given(regulator, number, "other", auth=linked(regulator, number))


def linked(regulator: Organisation, number: str) -> str:
    """The authorization of the holder of the last demand's link."""
    demand = regulator.events(number, type_="evidence_demanded")[-1]["id"]
    link = regulator.get(f"/complaints/{demand.replace('/', '/demands/')}/link", "inspector")
    return f"Receipt {link['receipt']}"


def heard(regulator: Organisation, finding: str = "violation", *, account: bool = True, **filing: Any) -> str:
    """Ready for the decision: after a violation, the provider has stated its case."""
    number = found(regulator, finding, **filing)
    if finding != "violation":
        return number
    if not account:
        moved_outside(regulator, number)
    informed(regulator, number)
    states_its_case(regulator, number)
    return number


def ordered(regulator: Organisation, *, account: bool = True, **filing: Any) -> str:
    """Decided; a provider without a unit still has to be told."""
    number = heard(regulator, account=account, **filing)
    in_a_month = to_text(regulator.world.now() + 28 * DAY)
    order = {**ORDER, "rectify_by": max(ORDER["rectify_by"], regulator.local(in_a_month))}
    regulator.act(number, "inspector", "decide", **DECISION, **order)
    return number
