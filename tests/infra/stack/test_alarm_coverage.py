"""Alarms of the API, the functions and the table cover all of them, and only this stack's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra import aws_operations
from tests.infra.stack.translated import of_type, translated
from tests.infra.test_documents import alarms

QUIET = {"Relay", "ObjectCreated"}
"""Their small reserves may be used up: the stream and Lambda's own queue keep their events."""


def metrics(alarm: str) -> list[dict[str, Any]]:
    measured = [each["MetricStat"]["Metric"] for each in alarms()[alarm]["Metrics"] if "MetricStat" in each]
    assert measured
    return measured


def values(alarm: str, dimension: str) -> list[Any]:
    return [
        each["Value"].get("Ref") if isinstance(each["Value"], dict) else each["Value"]
        for metric in metrics(alarm)
        for each in metric["Dimensions"]
        if each["Name"] == dimension
    ]


@pytest.mark.slow
def test_errors_of_every_function_raise_an_alarm() -> None:
    assert sorted(values("FunctionErrorsAlarm", "FunctionName")) == sorted(
        of_type(translated(), "AWS::Lambda::Function")
    )


def test_refused_invocations_raise_an_alarm() -> None:
    functions = of_type(translated(), "AWS::Lambda::Function").keys() - QUIET
    assert sorted(values("FunctionThrottlesAlarm", "FunctionName")) == sorted(functions)


@pytest.mark.parametrize(("alarm", "metric"), [("ApiFaultsAlarm", "5XXError"), ("ApiSlowAlarm", "Latency")])
def test_the_apis_alarms_hear_of_this_stacks_api_only(alarm: str, metric: str) -> None:
    """API Gateway's dimension is the API's name, which Chalice makes the same in all stacks."""
    api = translated()["Resources"]["RestAPI"]["Properties"]
    assert api["Name"] == api["Body"]["info"]["title"] == {"Ref": "AWS::StackName"}
    assert alarms()[alarm]["MetricName"] == metric
    assert alarms()[alarm]["Dimensions"] == [
        {"Name": "ApiName", "Value": api["Name"]},
        {"Name": "Stage", "Value": "api"},
    ]


def test_throttles_of_the_table_and_each_index_raise_an_alarm() -> None:
    indexes = {each["IndexName"] for each in translated()["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]}
    throttled = {
        (each["MetricName"], next((d["Value"] for d in each["Dimensions"] if d["Name"] != "TableName"), None))
        for each in metrics("TableThrottledAlarm")
    }
    kinds = ("ReadThrottleEvents", "WriteThrottleEvents")
    assert throttled == {(kind, index) for kind in kinds for index in (*indexes, None)}


def test_faults_of_every_operation_on_the_table_raise_an_alarm() -> None:
    used = {name.partition(":")[2] for name in aws_operations.asked_for() if name.startswith("dynamodb:")}
    assert used
    assert set(values("TableFaultsAlarm", "Operation")) == used


def test_an_alarm_calculates_from_no_more_metrics_than_cloudwatch_allows() -> None:
    """Ten metrics an alarm (CloudWatch, "Alarms based on metric math")."""
    calculated = [name for name, each in alarms().items() if "Metrics" in each]
    assert len(calculated) >= 5
    assert [name for name in calculated if len(metrics(name)) > 10] == []
