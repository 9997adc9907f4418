"""P8 `customer-service` as its people live it: everybody answers, or the customer stays silent from some stage on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.helpdesk import assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import until_the_end
from tests.clauses.walks.archive import is_archived
from tests.clauses.world import World


@pytest.fixture
def helpdesk(world: World) -> Organisation:
    return with_mails(sign_up(world, "customer-service"))


def finished(helpdesk: Organisation, number: str) -> None:
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    helpdesk.act(number, "complainant", "rate", rating="satisfied", comment="速度快。")
    helpdesk.act(number, "agent", "close", summary="已退款。")
    helpdesk.act(number, "agent", "archive")


def test_walk_of_a_helpdesk_in_which_everybody_answers(helpdesk: Organisation) -> None:
    number = offered(helpdesk, ("refund", "redo"))
    finished(helpdesk, number)

    assert is_archived(helpdesk, number, "agent")
    assert helpdesk.deadline(number, "first_response")["state"] == "met"


def test_walk_of_a_helpdesk_with_a_negotiation(helpdesk: Organisation) -> None:
    number = offered(helpdesk, ("replacement",))
    helpdesk.act(number, "complainant", "dispute", counter="希望退款。")
    helpdesk.act(number, "after_sales", "offer", remedies=["refund"], amount=128.5, offer="全额退款。")
    finished(helpdesk, number)

    assert is_archived(helpdesk, number, "agent")


def test_walk_of_a_helpdesk_whose_customer_is_not_satisfied_at_first(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied", comment="又坏了。")
    helpdesk.act(number, "manager", "reopen")
    helpdesk.act(number, "after_sales", "offer", remedies=["replacement"], offer="更换新品。")
    finished(helpdesk, number)

    assert is_archived(helpdesk, number, "agent")
    assert helpdesk.deadline(number, "negotiation")["state"] == "met"


def not_satisfied(helpdesk: Organisation) -> str:
    """Taken up again after the closing, for a customer who then stays silent."""
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")
    helpdesk.act(number, "agent", "reopen")
    return number


def asked(helpdesk: Organisation) -> str:
    """A complaint with a demand for evidence that the customer never answers."""
    number = assigned(helpdesk)
    helpdesk.act(number, "after_sales", "demand_evidence", of="complainant", wanted="包装照片。", why="确认破损。")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


def reopened(helpdesk: Organisation) -> str:
    """A case that silence closed, and that the customer reopened and left again."""
    number = offered(helpdesk)
    helpdesk.world.move_to(helpdesk.deadline(number, "silence")["due"])
    helpdesk.act(number, "complainant", "reopen")
    return number


STORIES = [Organisation.file, assigned, asked, inspected, offered, agreed, executed, reopened, not_satisfied]


@pytest.mark.parametrize("until_then", STORIES)
def test_walk_of_a_helpdesk_whose_customer_falls_silent(helpdesk: Organisation, until_then: Any) -> None:
    number = until_then(helpdesk)

    until_the_end(helpdesk, number, seed=1)

    assert is_archived(helpdesk, number, "agent")
