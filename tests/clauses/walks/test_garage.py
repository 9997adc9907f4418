"""P2 `auto-repair` as its people live it: everybody answers, or the customer stays silent from some stage on."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices.garage import CARRIED_OUT, NOT_OURS, OURS, found, offered, received
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import until_the_end
from tests.clauses.walks.archive import is_archived
from tests.clauses.world import World


@pytest.fixture
def garage(world: World) -> Organisation:
    return with_mails(sign_up(world, "auto-repair"))


def accepted(garage: Organisation, number: str, finding: str) -> None:
    """The customer names a time for the rework, or consents to the repair."""
    tomorrow = to_text(garage.world.now() + DAY)
    answer: dict[str, Any] = {"rework_at": tomorrow} if finding == "ours" else {"consent": True}
    garage.act(number, "complainant", "agree", **answer)


def finished(garage: Organisation, number: str, finding: str) -> None:
    garage.act(number, "technical_manager", "execute", **CARRIED_OUT[finding])
    garage.act(number, "general_manager", "decide", outcome="settled")
    garage.act(number, "customer_service", "tick", item="1")
    garage.act(number, "customer_service", "close", summary="客户谅解。")
    garage.act(number, "customer_service", "archive")


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_walk_of_a_garage_in_which_everybody_answers(garage: Organisation, finding: str) -> None:
    number = offered(garage, finding)
    accepted(garage, number, finding)
    finished(garage, number, finding)

    assert is_archived(garage, number, "customer_service")


def test_walk_of_a_garage_with_a_second_offer(garage: Organisation) -> None:
    number = offered(garage, "not_ours")
    garage.act(number, "complainant", "dispute", reason="保养后才有异响。")
    garage.act(number, "technical_manager", "inspect", findings="滤芯确未更换。")
    garage.act(number, "technical_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", **OURS, offer="重新返修。")
    accepted(garage, number, "ours")
    finished(garage, number, "ours")

    assert is_archived(garage, number, "customer_service")


def agreed(garage: Organisation) -> str:
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", **NOT_OURS, offer="免费检测。")
    accepted(garage, number, "not_ours")
    return number


def reopened(garage: Organisation) -> str:
    """A case that silence closed, and that the customer reopened and left again."""
    number = offered(garage)
    garage.world.move_to(garage.deadline(number, "silence")["due"])
    garage.act(number, "complainant", "reopen")
    return number


@pytest.mark.parametrize("until_then", [Organisation.file, received, found, offered, agreed, reopened])
def test_walk_of_a_garage_whose_customer_falls_silent(garage: Organisation, until_then: Any) -> None:
    number = until_then(garage)

    until_the_end(garage, number, seed=1)

    assert is_archived(garage, number, "customer_service")
