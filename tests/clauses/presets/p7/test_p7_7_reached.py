"""P7.7: the reply is met by an answer that reached the customer."""

from __future__ import annotations

from tests.clauses.offices.estate import replied
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import REMINDER
from tests.clauses.presets.reached import bounce


def test_p7_7_a_reply_by_mail_is_given(estate: Organisation) -> None:
    assert estate.deadline(replied(estate), "reply")["state"] == "met"


def test_p7_7_a_reply_that_did_not_reach_the_customer_is_not_given(estate: Organisation) -> None:
    estate.mails = False

    assert estate.deadline(replied(estate), "reply")["state"] == "running"


def test_p7_7_it_is_given_by_the_call_that_reached_them(estate: Organisation) -> None:
    estate.mails = False
    number = replied(estate)

    estate.act(number, "service_centre", "attempt", by="phone", reached="yes")

    assert estate.deadline(number, "reply")["state"] == "met"


def test_p7_7_a_reply_that_came_back_is_not_given(estate: Organisation) -> None:
    number = replied(estate)

    bounce(estate, number)

    assert estate.deadline(number, "reply")["state"] == "running"


def test_p7_1_who_has_yet_to_answer_is_asked_with_the_judgement(estate: Organisation) -> None:
    number = replied(estate)
    estate.act(number, "service_centre", "decide", opinion="已修复。", outcome="invalid")

    assert estate.told("complainant", number)[0] == REMINDER.format(number)
