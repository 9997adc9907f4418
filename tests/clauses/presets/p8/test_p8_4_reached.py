"""P8.4: the first response is an answer that reached the customer, and a mail address in the contact is used."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import inspected, offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import bounce

ADDRESS = "wang@mail.example"
NEXT_DAY = "2026-11-28T09:00:00+08:00"


def replied(helpdesk: Organisation, **facts: str) -> str:
    helpdesk.mails = False
    number = helpdesk.file(facts=facts)
    helpdesk.act(number, "agent", "reply", text="已收到。")
    return number


@pytest.mark.parametrize("answer", ["reply", "offer"])
def test_p8_4_an_answer_by_mail_is_the_first_response(helpdesk: Organisation, answer: str) -> None:
    if answer == "offer":
        number = offered(helpdesk)
    else:
        number = inspected(helpdesk)
        helpdesk.act(number, "agent", "reply", text="已收到。")

    assert helpdesk.deadline(number, "first_response")["state"] == "met"


def test_p8_4_an_answer_that_did_not_reach_the_customer_is_none(helpdesk: Organisation) -> None:
    number = replied(helpdesk)

    helpdesk.world.move_to(NEXT_DAY)

    assert helpdesk.deadline(number, "first_response")["state"] == "missed"


def test_p8_4_an_offer_that_did_not_reach_the_customer_is_none(helpdesk: Organisation) -> None:
    helpdesk.mails = False

    assert helpdesk.deadline(offered(helpdesk), "first_response")["state"] == "running"


@pytest.mark.parametrize("by", ["phone", "letter"])
def test_p8_4_a_call_or_letter_on_record_is_the_first_response(helpdesk: Organisation, by: str) -> None:
    number = replied(helpdesk)

    helpdesk.act(number, "agent", "attempt", by=by, reached="yes")

    assert helpdesk.deadline(number, "first_response")["state"] == "met"


def test_p8_4_an_answer_that_came_back_is_none(helpdesk: Organisation) -> None:
    number = helpdesk.file()
    helpdesk.act(number, "agent", "reply", text="已收到。")

    bounce(helpdesk, number)

    assert helpdesk.deadline(number, "first_response")["state"] == "running"


def test_p8_4_a_mail_address_in_the_contact_is_used(helpdesk: Organisation) -> None:
    number = replied(helpdesk, **{"complainant.contact": ADDRESS})

    assert number in helpdesk.world.mail(ADDRESS)
    assert helpdesk.deadline(number, "first_response")["state"] == "met"


def test_p8_4_an_address_that_the_agent_notes_later_is_used(helpdesk: Organisation) -> None:
    number = replied(helpdesk)
    helpdesk.act(number, "agent", "attempt", by="phone", reached="yes", **{"complainant.email": ADDRESS})

    helpdesk.act(number, "agent", "reply", text="正在核实。")

    assert number in helpdesk.world.mail(ADDRESS)


def test_p8_4_the_agent_names_who_ends_the_delay_of_an_offer(helpdesk: Organisation) -> None:
    helpdesk.mails = False
    number = offered(helpdesk)

    answer = helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs["after_sales"]])

    assert answer["assigned"] == {"routed": [helpdesk.subs["after_sales"]]}
