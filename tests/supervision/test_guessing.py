"""A report about the office is not found by guessing: references have 50 bits, and wrong ones are counted."""

from __future__ import annotations

import pytest

from chalicelib.crypto import symbols
from chalicelib.features.supervision import reference
from chalicelib.limits.wrong_receipts import PER_ADDRESS
from chalicelib.tenants.idempotency_records import Request
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import Reported, look, report

SAMPLES = 600
"""A symbol that can stand at a place is missing there by chance once in 10⁷ such samples."""


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


@pytest.fixture
def guesses(office: Organisation) -> list[str]:
    """References as the service makes them, of reports that do not exist."""
    return [_reference(office, f"key-{at}") for at in range(SAMPLES)]


def _reference(office: Organisation, key: str) -> str:
    assert isinstance(office.world, InProcess)
    asked = Request(tenant=office.id, principal="public", source="POST", key=key, body_hash="")
    return reference.of_request(office.world.fakes.wiring.secrets, asked)[0]


def guessed(office: Organisation, one: str, receipt: str) -> Answer:
    return look(office, Reported(one, receipt), "reporter")


def test_each_symbol_between_mark_and_check_takes_all_values(guesses: list[str]) -> None:
    codes = [one.replace("-", "") for one in guesses]
    assert len(set(codes)) == SAMPLES
    places = [{code[at] for code in codes} for at in range(1, reference.LENGTH - 1)]
    assert [len(found) for found in places] == [len(symbols.ALPHABET)] * 10


def test_the_api_answers_an_unknown_reference_as_a_wrong_receipt(office: Organisation, guesses: list[str]) -> None:
    one, other = report(office), report(office)
    known, unknown = (guessed(office, each, other.receipt) for each in (one.id, guesses[0]))
    assert known.status == unknown.status == 404
    assert {**known.json, "correlation_id": ""} == {**unknown.json, "correlation_id": ""}


def test_guesses_at_the_api_are_counted(office: Organisation, guesses: list[str]) -> None:
    one = report(office)
    answers = [guessed(office, each, one.receipt).status for each in guesses[: PER_ADDRESS + 1]]
    assert answers == [*[404] * PER_ADDRESS, 429]
    assert guessed(office, one.id, one.receipt).status == 200


def test_guesses_on_the_page_are_counted(office: Organisation, browser: Browser, guesses: list[str]) -> None:
    one, answers = report(office), list[int]()
    for each in guesses[: PER_ADDRESS + 1]:
        browser.open(f"/t/{office.id}/reports")
        browser.submit(reference=each, receipt=one.receipt)
        answers.append(browser.answer.status)
    assert answers == [*[422] * PER_ADDRESS, 429]


def test_a_lost_receipt_of_an_unknown_reference_is_answered_alike(
    office: Organisation, browser: Browser, guesses: list[str]
) -> None:
    one, found = report(office, contact="reporter@mail.example"), list[tuple[int, str]]()
    for each in (one.id, guesses[0]):
        browser.open(f"/t/{office.id}/report/{each}/lost-receipt")
        browser.submit(email="somebody@else.example")
        found.append((browser.answer.status, browser.page.text.replace(each, "")))
    assert found[0] == found[1]
