"""Invalid complaints: the response names all places, no number is used, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process, refused, untouched

REQUIRED = ["complainant.salutation", "complainant.phone", "complainant.address", "content"]


def test_all_missing_facts_are_named(company: Organisation) -> None:
    with untouched(company):
        answer = company.try_file(facts=dict.fromkeys(REQUIRED))

    refused(answer, 422, "invalid", *(f"/facts/{fact}" for fact in REQUIRED))


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"channel": "pigeon"}, "/channel"),
        ({"channel": ""}, "/channel"),
        ({"channel": 7}, "/channel"),
        ({"channel": None}, "/channel"),
        ({"severity": "terrible"}, "/severity"),
        ({"severity": ["major"]}, "/severity"),
        ({"category": {"matter": "weather"}}, "/category/matter"),
        ({"category": {"matter": "service_quality", "mood": "bad"}}, "/category/mood"),
        ({"category": {"matter": None}}, "/category/matter"),
        ({"category": "weather"}, "/category"),
        ({"category": 7}, "/category"),
        ({"unit": "no-such-unit"}, "/unit"),
        ({"unit": {}}, "/unit"),
        ({"subject": 7}, "/subject"),
        ({"subject": "x" * 101}, "/subject"),
    ],
)
def test_an_unknown_value_is_named(company: Organisation, change: dict[str, Any], pointers: str) -> None:
    with untouched(company):
        answer = company.try_file(**change)

    refused(answer, 422, "invalid", *pointers.split())


@pytest.mark.parametrize("value", [7, True, [], {}, {"zh": "x"}, ["x"], "", "   ", "x" * 4001, "a\x00b", "a\x1bb"])
def test_an_invalid_text_is_named(company: Organisation, value: Any) -> None:
    with untouched(company):
        answer = company.try_file(facts={"content": value})

    refused(answer, 422, "invalid", "/facts/content")


@pytest.mark.parametrize(
    "value",
    [
        7,
        "tomorrow",
        "2026-12-01",
        "2026-12-01T09:00:00",
        "1999-01-01T00:00:00Z",
        "2200-01-01T00:00:00Z",
        "2026-11-27T08:59:59+08:00",
        "2026-02-30T09:00:00Z",
        "9" * 400,
    ],
)
def test_an_invalid_or_past_reply_time_is_named(company: Organisation, value: Any) -> None:
    with untouched(company):
        answer = company.try_file(facts={"reply_wanted_at": value})

    refused(answer, 422, "invalid", "/facts/reply_wanted_at")


def test_the_day_of_the_event_is_not_in_the_future() -> None:
    bureau = bureau_in(InProcess("2026-09-23T09:00:00+08:00"))
    tomorrow = "2026-09-24"

    with untouched(bureau):
        answer = bureau.try_file(facts={"occurred_at": tomorrow, "knew_at": tomorrow, "complainant.sex": "x"})

    refused(answer, 422, "invalid", "/facts/occurred_at", "/facts/knew_at", "/facts/complainant.sex")


def test_an_unknown_fact_is_named(company: Organisation) -> None:
    with untouched(company):
        answer = company.try_file(facts={"receipt": "x", "a/b~c": 1})

    refused(answer, 422, "invalid", "/facts/receipt", "/facts/a~1b~0c")


@pytest.mark.parametrize("facts", [None, [], "text", 7])
def test_facts_of_another_type_than_object_are_named(company: Organisation, facts: Any) -> None:
    body = {**company.example(), "facts": facts}

    with untouched(company):
        answer = company.world.call("POST", f"{company.path}/complaints", body)

    refused(answer, 422, "invalid", "/facts")


def test_without_facts_and_channel_both_are_named(company: Organisation) -> None:
    with untouched(company):
        answer = company.world.call("POST", f"{company.path}/complaints", {})

    refused(answer, 422, "invalid", "/channel", "/facts")


@pytest.mark.parametrize("number", [1e308, -(2**53) - 1, 2**53, 10**400])
def test_overlong_numbers_are_refused(company: Organisation, number: Any) -> None:
    with untouched(company):
        answer = company.try_file(facts={"content": number})

    refused(answer, 422, "invalid", "/facts/content")


def test_a_name_of_ten_thousand_letters_gets_a_short_response(company: Organisation) -> None:
    with untouched(company):
        answer = company.try_file(facts={"k" * 10_000: "x"})

    assert (answer.status, answer.problem) == (422, "invalid")
    assert len(answer.text) < 2_000


def test_ten_thousand_unknown_facts_get_a_short_response(company: Organisation) -> None:
    with untouched(company):
        answer = company.try_file(facts={f"k{position}": "x" for position in range(10_000)})

    assert (answer.status, answer.problem) == (422, "invalid")
    assert len(answer.text) < 50_000


def test_a_fact_that_is_a_deep_structure_is_refused(company: Organisation) -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = {"a": [deep]} if isinstance(deep, str) else {"a": deep}

    with untouched(company):
        answer = company.try_file(facts={"content": deep})

    refused(answer, 422, "invalid", "/facts/content")


def test_without_an_idempotency_key_the_public_files_nothing(company: Organisation) -> None:
    client = in_process(company).client

    with untouched(company):
        answer = client.request("POST", f"{company.path}/complaints", company.example())

    refused(answer, 400, "idempotency-key-missing")


@pytest.mark.parametrize("key", ["short", "x" * 129, "a" * 21, "b" * 30 + "!", "键" * 30, " " * 30])
def test_an_idempotency_key_of_another_form_is_named(company: Organisation, key: str) -> None:
    with untouched(company):
        answer = company.world.call(
            "POST", f"{company.path}/complaints", company.example(), headers={"Idempotency-Key": key}
        )

    refused(answer, 400, "bad-request", "/headers/Idempotency-Key")


def test_a_refused_complaint_leaves_no_gap_in_the_numbers(company: Organisation) -> None:
    first = company.file()
    company.try_file(channel="pigeon")

    assert int(company.file()[-6:]) == int(first[-6:]) + 1
