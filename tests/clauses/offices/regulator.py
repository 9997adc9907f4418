"""P5 `telecom-regulator` organisations: brings complaints to a stage of the procedure."""

from __future__ import annotations

from typing import Any

from tests.clauses.giving import declared
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import World
from tests.fakes.files import PDF

KINDS = ["contract", "bill", "record"]
DECISION = {"opinion": "退还费用。", "outcome": "upheld", "legal_basis": "电信条例第四十条"}
ORDER = {"sanctions": ["order"], "rectify_by": "2026-12-25T18:00:00+08:00"}


def regulator_in(world: World) -> Organisation:
    return sign_up(world, "telecom-regulator")


def send(regulator: Organisation, number: str, kind: str) -> int:
    """The complainant submits a file of this kind. Returns the status of the response."""
    content = PDF + kind.encode()
    answer = declared(regulator, number, kind, content)
    if answer.status == 201:
        regulator.world.upload(answer.json["ticket"], content)
    return answer.status


def evidenced(regulator: Organisation, **filing: Any) -> str:
    number = regulator.file(**filing)
    for kind in KINDS:
        assert send(regulator, number, kind) == 201
    return number


def assigned(regulator: Organisation) -> str:
    number = evidenced(regulator)
    regulator.act(number, "complaint_centre", "accept")
    regulator.act(number, "director", "assign", inspectors=[regulator.subs["inspector"]])
    return number


def found(regulator: Organisation, finding: str = "violation") -> str:
    number = assigned(regulator)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding=finding)
    return number


def ordered(regulator: Organisation) -> str:
    number = found(regulator)
    regulator.act(number, "inspector", "decide", **DECISION, **ORDER)
    return number
