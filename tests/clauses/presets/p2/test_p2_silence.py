"""P2 `auto-repair`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import ACCEPTED, CARRIED_OUT, offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.steps import ANSWER_BY
from tests.clauses.presets.silence import CASES, Case, Silence
from tests.clauses.silent_parties import reminders


def carried_out(garage: Organisation, number: str) -> None:
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])
    garage.act(number, "customer_service", "decide", outcome="settled")


SILENCE = Silence(
    offered=offered,
    waiting="offered",
    agreed="agreed",
    agreement={"rework_at": "2026-12-20T10:00:00+08:00"},
    carried_out=carried_out,
    clerk="customer_service",
    superior="general_manager",
    archivist="customer_service",
    summary="summary",
    reminded="2026-12-05T00:00:00+08:00",
    closed="2026-12-12T00:00:00+08:00",
    reminder=ANSWER_BY,
    closing="您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。",
    reason="客户在期限内未答复处理意见",
    told_of_closing=("customer_service",),
    told_of_answer=("customer_service", "service_adviser"),
    late="投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。",
)


OTHERS = {name: case for name, case in CASES.items() if "answered" not in name}
"""Without those in which an answered case stays closed: here the customer can contradict the result (P2.5)."""


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS)
def test_p2_5_silence(garage: Organisation, case: Case) -> None:
    shown, expected = case(garage, SILENCE)

    assert shown == expected


def test_p2_5_an_answer_where_it_is_not_our_fault_stops_reminder_and_silence(garage: Organisation) -> None:
    number = offered(garage, "not_ours")

    garage.act(number, "complainant", "agree", **ACCEPTED["not_ours"])
    garage.world.move_to(SILENCE.closed)

    assert {garage.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(garage, number) == garage.events(number, type_="closed") == []
