"""A custom policy, unlike any preset: complaints to a bank in England (`docs/examples/uk-financial.yaml`)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bank import PAYMENT, WEDNESDAY, answered, bank_in, investigated, local, proposed, told
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

EXTENSION = {"clock": "final_response", "reason": "The other bank has not answered."}
LAST_DAY = "2026-05-26T17:00:00+01:00"
"""The thirty-fifth business day, after the early May and spring bank holidays."""


@pytest.fixture
def bank() -> Organisation:
    return bank_in(InProcess(WEDNESDAY))


def due(bank: Organisation, number: str, clock: str) -> str:
    return local(bank.deadline(number, clock)["due"])


def holidays(bank: Organisation, number: str, clock: str) -> list[str]:
    """The names of the holidays that moved the deadline."""
    stretches = bank.deadline(number, clock)["because"]["stretches"]
    return [one["name"]["en"] for one in stretches if one["cause"] == "holiday"]


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json["errors"]]


def test_the_tenant_runs_on_its_own_policy(bank: Organisation) -> None:
    shown = bank.get("/policy", "owner")

    assert (shown["version"], shown["preset"]) == ("1", None)
    assert shown["roles"] == ["agent", "handler", "complaints_manager", "compliance_officer"]


def test_wording_in_english_only_is_used_for_both_languages(bank: Organisation) -> None:
    stage = bank.complaint(bank.file())["stage_name"]

    assert stage == {"zh": "Received", "en": "Received"}


def test_a_complaint_is_acknowledged_at_once(bank: Organisation) -> None:
    number = bank.file()

    assert told(bank, "complainant", number).startswith(f"We have received your complaint {number}")


@pytest.mark.parametrize("channel", ["phone", "email", "letter", "branch"])
def test_every_channel_is_accepted(bank: Organisation, channel: str) -> None:
    facts = {"complainant.email": "customer@example.com", "complainant.address": "1 Example Street"}

    assert bank.try_file(channel=channel, facts=facts).status == 201


def test_no_complaint_can_be_refused(bank: Organisation) -> None:
    answer = bank.try_act(bank.file(), "complaints_manager", "refuse")

    assert (answer.status, answer.problem) == (409, "act-not-open")


# ---- limits -------------------------------------------------------------------------------------------------------


def test_the_third_working_day_is_after_easter(bank: Organisation) -> None:
    number = bank.file()

    assert due(bank, number, "summary") == "2026-04-08T17:00"
    assert holidays(bank, number, "summary") == ["Good Friday", "Easter Monday"]


def test_a_final_response_is_due_within_eight_weeks(bank: Organisation) -> None:
    number = bank.file()

    assert due(bank, number, "final_response") == "2026-05-28T00:00"
    assert bank.deadline(number, "final_response")["because"]["limit"] == "8 calendar weeks"


def test_payment_services_are_answered_within_fifteen_working_days(bank: Organisation) -> None:
    number = bank.file(**PAYMENT)

    assert due(bank, number, "final_response") == "2026-04-24T17:00"
    assert bank.deadline(number, "final_response")["because"]["rule"]["clause"] == "DISP 1.6.2R"


def test_bank_holidays_in_england_are_not_working_days() -> None:
    bank = bank_in(InProcess("2026-04-24T10:00:00+01:00"))

    number = bank.file(**PAYMENT)

    assert due(bank, number, "final_response") == "2026-05-18T17:00"
    assert bank.deadline(number, "final_response")["because"]["calendar"] == "GB-ENG-2027.1"
    assert holidays(bank, number, "final_response") == ["May Day"]


# ---- summary resolution -------------------------------------------------------------------------------------------


def test_a_summary_resolution_stops_the_clocks(bank: Organisation) -> None:
    number = proposed(bank)
    bank.world.move_to("2026-04-08T16:59:00+01:00")

    assert bank.act(number, "complainant", "agree")["stage"] == "resolved"

    states = {clock: bank.deadline(number, clock)["state"] for clock in ("summary", "final_response")}
    assert states == {"summary": "met", "final_response": "met"}


def test_it_is_confirmed_in_writing_with_the_way_to_the_ombudsman_before_it_is_closed(bank: Organisation) -> None:
    number = proposed(bank)
    bank.act(number, "complainant", "agree")

    assert due(bank, number, "confirmation") == "2026-04-02T17:00"
    assert bank.try_act(number, "agent", "close", summary="The fee was paid back.").status == 409
    bank.act(number, "agent", "reply", text="We consider your complaint resolved.")
    assert "Financial Ombudsman Service" in told(bank, "complainant", number)
    assert bank.act(number, "agent", "close", summary="The fee was paid back.")["stage"] == "closed"


def test_after_the_third_working_day_only_the_full_procedure_is_left(bank: Organisation) -> None:
    number = proposed(bank)
    bank.world.move_to("2026-04-08T17:00:00+01:00")

    assert bank.try_act(number, "complainant", "agree").status == 409
    assert bank.complaint(number)["severity"] == "full"
    assert bank.deadline(number, "final_response")["state"] == "running"


def test_a_missed_summary_resolution_notifies_no_one(bank: Organisation) -> None:
    number = bank.file()
    bank.world.move_to("2026-04-09T12:00:00+01:00")

    assert (bank.deadline(number, "summary")["state"], bank.complaint(number)["tier"]) == ("missed", 1)


# ---- payment services: exceptionally thirty-five ------------------------------------------------------------------


def test_an_exceptional_extension_is_to_the_thirty_fifth_working_day(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    bank.act(number, "complaints_manager", "extend", **EXTENSION, until=LAST_DAY)

    assert due(bank, number, "final_response") == "2026-05-26T17:00"
    assert told(bank, "complainant", number).endswith(
        'You will have our final response by Tue 26 May 2026 17:00. "Final response" was due by Fri 24 Apr 2026 17:00 '
        "(London time) and is now due by Tue 26 May 2026 17:00 (London time). Reason: Extended."
    )


def test_an_extended_deadline_shows_the_previous_due_time(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    bank.act(number, "complaints_manager", "extend", **EXTENSION, until=LAST_DAY)

    because = bank.deadline(number, "final_response")["because"]
    assert because["due_before"] == "2026-04-24T16:00:00.000Z"
    assert because["text"]["en"] == (
        "It was due Fri 24 Apr 2026 17:00. It was extended and is now due Tue 26 May 2026 17:00 (London time);"
        " the reason stands in the extension's record."
    )


def test_an_extension_beyond_the_thirty_fifth_working_day_is_refused(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    answer = bank.try_act(number, "complaints_manager", "extend", **EXTENSION, until="2026-05-26T17:01:00+01:00")

    assert (answer.status, pointers(answer)) == (422, ["/fields/until"])
    assert due(bank, number, "final_response") == "2026-04-24T17:00"


def test_an_extension_needs_its_reason(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    answer = bank.try_act(number, "complaints_manager", "extend", clock="final_response", until=LAST_DAY)

    assert (answer.status, pointers(answer)) == (422, ["/fields/reason"])


def test_there_is_only_one_extension(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)
    bank.act(number, "complaints_manager", "extend", **EXTENSION, until="2026-05-01T17:00:00+01:00")

    assert bank.try_act(number, "complaints_manager", "extend", **EXTENSION, until=LAST_DAY).status == 409


def test_only_payment_services_can_be_extended(bank: Organisation) -> None:
    number = investigated(bank, category={"kind": "insurance"})

    assert bank.try_act(number, "complaints_manager", "extend", **EXTENSION, until=LAST_DAY).status == 409


def test_only_the_complaints_manager_extends(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    assert bank.try_act(number, "handler", "extend", **EXTENSION, until=LAST_DAY).status == 403


# ---- the final response -------------------------------------------------------------------------------------------


def test_there_is_no_final_response_before_an_investigation(bank: Organisation) -> None:
    answer = bank.try_act(investigated(bank), "handler", "decide", outcome="rejected", text="No.")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_the_final_response_points_to_the_ombudsman_for_six_months(bank: Organisation) -> None:
    number = answered(bank)

    assert "Ombudsman Service, free of charge, within six months" in told(bank, "complainant", number)
    assert bank.deadline(number, "final_response")["state"] == "met"
    assert due(bank, number, "ombudsman") == "2026-10-02T00:00"


@pytest.mark.parametrize("closed", [False, True])
def test_the_complainant_can_refer_it_to_the_ombudsman(bank: Organisation, closed: bool) -> None:
    number = answered(bank)
    if closed:
        bank.act(number, "handler", "close", summary="Answered.")

    assert bank.act(number, "complainant", "dispute")["stage"] == "referred"

    assert "to the Financial Ombudsman Service" in told(bank, "complainant", number)
    assert bank.deadline(number, "ombudsman")["state"] == "met"


def test_a_holding_letter_at_eight_weeks_sets_a_new_deadline(bank: Organisation) -> None:
    number = investigated(bank)
    bank.act(number, "handler", "promise", reason="An expert is asked.", expected_at="2026-06-10T12:00:00+01:00")

    assert "You may now refer your complaint" in told(bank, "complainant", number)
    bank.world.move_to("2026-06-10T12:00:00+01:00")
    states = {clock: bank.deadline(number, clock)["state"] for clock in ("final_response", "expected")}
    assert (states, bank.complaint(number)["tier"]) == ({"final_response": "met", "expected": "missed"}, 2)


def test_there_is_no_such_letter_for_payment_services(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)

    answer = bank.try_act(number, "handler", "promise", reason="…", expected_at="2026-06-10T12:00:00+01:00")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_a_miss_escalates_to_the_senior_individual(bank: Organisation) -> None:
    number = investigated(bank, **PAYMENT)
    bank.world.move_to("2026-04-27T17:00:00+01:00")

    missed = [event for event in bank.events(number, type_="missed") if event["fields"]["clock"] == "final_response"]
    assert [local(event["at"]) for event in missed] == ["2026-04-24T17:00", "2026-04-27T17:00"]
    assert bank.complaint(number)["tier"] == 3
    assert "overdue" in told(bank, "compliance_officer", number)
