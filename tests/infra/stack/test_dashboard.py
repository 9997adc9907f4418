"""The dashboard shows the stack's own metrics, and all that alarms hear of."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from chalicelib.kit.observability import NAMESPACE, Figure
from tests.infra.stack.translated import of_type, translated
from tests.infra.test_documents import alarms


def widgets() -> list[dict[str, Any]]:
    [board] = of_type(translated(), "AWS::CloudWatch::Dashboard").values()
    body, variables = board["Properties"]["DashboardBody"]["Fn::Sub"]
    assert variables.keys() == {"UsedTable"}, "the table that the stack uses"
    read = json.loads(body.replace("${UsedTable}", "${Table}"))["widgets"]
    assert read
    return [each["properties"] for each in read]


def metrics() -> list[list[str]]:
    return [[word for word in metric if isinstance(word, str)] for each in widgets() for metric in each["metrics"]]


def test_every_graph_is_of_the_stacks_region() -> None:
    assert {each["region"] for each in widgets()} == {"${AWS::Region}"}


def test_no_graph_shows_another_stack() -> None:
    """Each metric has a dimension that only this stack has."""
    assert [metric for metric in metrics() if not any("${" in word for word in metric[2:])] == []


def test_every_name_in_the_body_is_a_resource_or_of_cloudformation() -> None:
    template = translated()
    names = {
        name.partition(".")[0] for metric in metrics() for word in metric for name in re.findall(r"\$\{([^}]+)}", word)
    }
    assert sorted(names - template["Resources"].keys() - {"AWS::StackName"}) == []


def test_all_figures_of_the_service_are_shown() -> None:
    assert {metric[1] for metric in metrics() if metric[0] == NAMESPACE} == set(get_args(Figure))


def test_what_an_alarm_hears_of_is_shown() -> None:
    simple = {(each["Namespace"], each["MetricName"]) for each in alarms().values() if "Namespace" in each}
    unshown = {("AWS/Lambda", "Invocations")}
    """An alarm for their absence: a graph of a scheduled function's invocations shows a line."""
    assert simple - {(metric[0], metric[1]) for metric in metrics()} <= unshown


def test_every_function_is_in_each_graph_of_functions() -> None:
    functions = of_type(translated(), "AWS::Lambda::Function").keys()
    for name in ("Errors", "Throttles", "ConcurrentExecutions", "Duration"):
        shown = {metric[3].strip("${}") for metric in metrics() if metric[:2] == ["AWS/Lambda", name]}
        assert shown == functions
