"""P2.5: the remedy is carried out once, and the customer consents only to a repair that is offered."""

from __future__ import annotations

from tests.clauses.offices.garage import ACCEPTED, CARRIED_OUT, executed, offered
from tests.clauses.organisation import Organisation


def test_p2_5_what_is_carried_out_is_recorded_once(garage: Organisation) -> None:
    number = executed(garage)

    assert garage.try_act(number, "service_manager", "execute", **CARRIED_OUT["ours"]).problem == "act-not-open"


def test_p2_5_there_is_no_consent_to_a_repair_that_is_not_offered(garage: Organisation) -> None:
    number = offered(garage)

    answer = garage.try_act(number, "complainant", "agree", **ACCEPTED["ours"], consent=True)

    assert (answer.status, answer.pointer) == (422, "/fields/consent")
