"""`GET /v1/health` says which services do not answer, and costs no more calls the more often it is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.features.service import routes as meta
from chalicelib.features.service.health import KEPT_FOR
from chalicelib.store.port import Unavailable
from tests.kernel.web.client import Frame


@pytest.fixture
def healthy(frame: Frame) -> Frame:
    meta.register(frame.api)
    return frame


def health(frame: Frame) -> Any:
    answer = frame.send("GET", "/v1/health")
    assert answer.status_code == 200
    return json.loads(answer.body)


def lookups(frame: Frame) -> int:
    """Only the question for the table reads; the counter of requests does not."""
    return [call.name for call in frame.fakes.store.calls].count("get")


def fail(*_: object, **__: object) -> None:
    raise Unavailable("no answer")


def test_all_dependencies_are_named(healthy: Frame) -> None:
    dependencies = {"table": "available", "keys": "available", "accounts": "available"}
    assert health(healthy) == {"status": "ok", "dependencies": dependencies}


def test_a_table_that_does_not_answer_degrades_the_service(healthy: Frame) -> None:
    healthy.fakes.store.before = fail
    found = health(healthy)
    assert (found["status"], found["dependencies"]["table"]) == ("degraded", "unavailable")
    assert found["dependencies"]["keys"] == "available"


def test_a_thousand_questions_are_one_call_in_a_quarter_of_a_minute(healthy: Frame) -> None:
    for _ in range(20):
        health(healthy)
    assert lookups(healthy) == 1

    healthy.fakes.real_clock.advance(KEPT_FOR)
    health(healthy)

    assert lookups(healthy) == 2


def test_a_recovery_is_seen_after_a_quarter_of_a_minute(healthy: Frame) -> None:
    healthy.fakes.store.before = fail
    assert health(healthy)["status"] == "degraded"
    healthy.fakes.store.before = None

    healthy.fakes.real_clock.advance(KEPT_FOR)

    assert health(healthy)["status"] == "ok"
