"""A custom policy (`docs/examples/uk-financial.yaml`) is checked, back-tested and amended like any other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bank import PAYMENT, POLICY, WEDNESDAY, bank_in, local
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

FIFTEEN, TEN = "limit: 15 working days}", "limit: 10 working days}"


@pytest.fixture
def bank() -> Organisation:
    return bank_in(InProcess(WEDNESDAY))


def ask(bank: Organisation, path: str, body: Any) -> Answer:
    return bank.world.call("POST", bank.path + path, body, auth=bank.auth("owner"))


def stricter() -> str:
    """Ten working days for payment services, and no examples."""
    return POLICY.replace(FIFTEEN, TEN).partition("\nexamples:")[0]


def due(bank: Organisation, number: str) -> tuple[str, str]:
    deadline = bank.deadline(number, "final_response")
    return local(deadline["due"]), deadline["because"]["policy"]


def test_the_examples_of_the_policy_pass(bank: Organisation) -> None:
    answer = ask(bank, "/policy/check", {"policy": POLICY})

    assert (answer.status, answer.json["ok"]) == (200, True)
    assert len(bank.get("/policy", "owner")["policy"]["examples"]) >= 6


def test_an_example_that_fails_prevents_publication(bank: Organisation) -> None:
    answer = ask(bank, "/policy/publish", {"policy": POLICY.replace(FIFTEEN, TEN)})

    assert (answer.status, answer.problem) == (422, "policy-invalid")
    assert answer.pointer == "/policy/examples/5/then/final_response"


def test_the_policy_can_be_previewed_without_signing_in() -> None:
    told = {"complaint": {"channel": "phone", "category": "payment_services"}}
    events = [{"event": "registered", "at": WEDNESDAY}]

    answer = InProcess(WEDNESDAY).call("POST", "/v1/preview/policy", {"policy": POLICY, **told, "events": events})

    shown = {one["clock"]: local(one["due"]) for one in answer.json["deadlines"]}
    assert shown == {"summary": "2026-04-08T17:00", "final_response": "2026-04-24T17:00"}
    assert answer.json["acts"] == ["assign", "offer", "transfer"]


def test_a_stricter_draft_is_back_tested_on_the_complaints_of_the_month(bank: Organisation) -> None:
    number = bank.file(**PAYMENT)
    bank.file()
    bank.world.move_to("2026-04-20T12:00:00+01:00")

    started = ask(
        bank, "/policy/backtest", {"from": WEDNESDAY, "to": "2026-05-01T00:00:00+01:00", "policy": stricter()}
    )

    found = bank.get(f"/policy/backtest/{started.json['id']}", "owner")
    assert (found["state"], found["result"]["complaints"]) == ("done", 2)
    [earlier] = found["result"]["shown"]["earlier"]
    assert (earlier["number"], local(earlier["before"]), local(earlier["after"])) == (
        number,
        "2026-04-24T17:00",
        "2026-04-17T17:00",
    )
    assert found["result"]["breaches"] == {"before": 2, "after": 3}  # the two missed chances count on either side


def test_complaints_keep_their_version_until_they_are_switched(bank: Organisation) -> None:
    number = bank.file(**PAYMENT)
    assert ask(bank, "/policy/publish", {"policy": stricter()}).status == 201

    before = due(bank, number)
    assert ask(bank, f"/complaints/{number}/acts/switch", {"fields": {}}).status == 200

    assert (before, due(bank, number)) == (("2026-04-24T17:00", "1"), ("2026-04-17T17:00", "2"))
    assert due(bank, bank.file(**PAYMENT)) == ("2026-04-17T17:00", "2")
