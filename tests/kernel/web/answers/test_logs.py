"""Logs and metrics: enough to find a fault by its correlation id, and no personal data."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.kit import observability
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.call import Call, Reply
from tests.kernel.web.client import Frame


class Lines(logging.Handler):
    """The lines of the service's logger, as JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(observability.logger().registered_formatter)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    @property
    def read(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logger = logging.getLogger(observability.SERVICE)
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


class Secretive(RequestDocument, frozen=True):
    phone: str


@pytest.fixture
def failing(frame: Frame) -> Frame:
    @frame.api.route(
        "/v1/t/{tenant}/fails", method="POST", summary="Fails", allow=["public", "receipt", "person"], request=Secretive
    )
    def fails(call: Call) -> Reply:
        try:
            raise KeyError(call.body.phone)
        except KeyError as cause:
            raise ValueError(f"no handler for {call.body.phone}") from cause

    return frame


def test_each_answer_is_one_line_with_route_status_and_correlation_id(frame: Frame, lines: Lines) -> None:
    @frame.api.route("/v1/t/{tenant}/x/{number}", method="GET", summary="X", allow=["public"])
    def get_x(_: Call) -> Reply:
        return Reply()

    frame.send("GET", "/v1/t/acme/x/202611-000001", X_Correlation_Id="corr-0001")

    [line] = lines.read
    assert line["route"] == "/v1/t/{tenant}/x/{number}"
    assert (line["method"], line["status"], line["correlation_id"]) == ("GET", 200, "corr-0001")


def test_a_fault_is_logged_with_its_places_and_causes(failing: Frame, lines: Lines) -> None:
    answer = failing.send("POST", "/v1/t/acme/fails", {"phone": "13800000000"})

    fault = lines.read[0]
    assert fault["level"] == "ERROR"
    assert fault["correlation_id"] == answer.json_body["correlation_id"]
    assert {"ValueError", "KeyError"} <= set(fault["error"])
    assert any("test_logs.py" in at and at.endswith(" fails") for at in fault["error"])


@pytest.mark.parametrize("scheme", ["Receipt", "Bearer"])
def test_no_line_holds_a_body_a_receipt_or_a_token(failing: Frame, lines: Lines, scheme: str) -> None:
    credentials = failing.token() if scheme == "Bearer" else "very-secret-receipt"

    failing.send("POST", "/v1/t/acme/fails", {"phone": "13800000000"}, Authorization=f"{scheme} {credentials}")
    failing.send("POST", "/v1/t/acme/fails", {"fone": "13800000000"}, Authorization=f"{scheme} {credentials}")

    assert len(lines.texts) == 3
    written = "\n".join(lines.texts)
    assert "13800000000" not in written
    assert credentials not in written


def test_an_undeclared_problem_is_logged_when_deployed(lines: Lines) -> None:
    from chalicelib.web.api import log_undeclared

    log_undeclared("GET /v1/x", "conflict")

    [line] = lines.read
    assert (line["level"], line["route"], line["problem"]) == ("ERROR", "GET /v1/x", "conflict")


def test_a_metric_is_one_line_of_embedded_metric_format(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(observability.STACK, raising=False)
    observability.measure("DueParked", 2)

    figure = json.loads(capsys.readouterr().out)
    directive = figure["_aws"]["CloudWatchMetrics"][0]
    assert (directive["Namespace"], directive["Metrics"]) == ("Redress", [{"Name": "DueParked", "Unit": "Count"}])
    assert directive["Dimensions"] == [["service"]]
    assert (figure["DueParked"], figure["service"]) == ([2.0], "redress")


def test_the_metrics_of_two_stacks_in_an_account_differ_in_a_dimension(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(observability.STACK, "redress-east")
    observability.measure("DueParked", 2)

    figure = json.loads(capsys.readouterr().out)
    assert figure["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service", "stack"]]
    assert (figure["service"], figure["stack"]) == ("redress", "redress-east")
