"""A function writes to its own log group and to no other, and creates none: the stack does, with its retention."""

from __future__ import annotations

from functools import cache

import pytest

from infra.iam.deployed import FUNCTIONS, Deployed
from infra.iam.evaluate import IamRequest, decide
from tests.infra.stack.translated import of_type, translated

GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/redress-{function}-AbCdEf0123456"


@cache
def deployed() -> Deployed:
    return Deployed()


def function_of(policy: str) -> str:
    """The logical id of the function with this policy file."""
    functions = of_type(translated(), "AWS::Lambda::Function").items()
    [name] = [name for name, each in functions if each["Properties"]["Role"]["Fn::GetAtt"][0] == FUNCTIONS[policy]]
    return name


@pytest.mark.parametrize("policy", FUNCTIONS)
def test_a_function_writes_to_its_own_log_group_only(policy: str) -> None:
    own = function_of(policy)
    decided = {
        function: decide(
            deployed().function(policy),
            IamRequest("logs:PutLogEvents", f"{GROUP.format(function=function)}:log-stream:2026/11/27/[$LATEST]a", {}),
        )
        for function in map(function_of, FUNCTIONS)
    }
    assert {function for function, decision in decided.items() if decision == "Allowed"} == {own}


@pytest.mark.parametrize("policy", FUNCTIONS)
def test_no_function_creates_a_log_group(policy: str) -> None:
    """A group that a function created first would make the stack's own fail, and would keep its lines for ever."""
    group = GROUP.format(function=function_of(policy))
    assert decide(deployed().function(policy), IamRequest("logs:CreateLogGroup", group, {})) != "Allowed"
    assert decide(deployed().function(policy), IamRequest("logs:CreateLogStream", group, {})) == "Allowed"


def test_every_function_has_a_log_group_that_forgets() -> None:
    template = translated()
    groups = [each["Properties"] for each in of_type(template, "AWS::Logs::LogGroup").values()]
    kept = {each["LogGroupName"]["Fn::Sub"]: each["RetentionInDays"] for each in groups if "LogGroupName" in each}
    functions = of_type(template, "AWS::Lambda::Function")
    assert kept == dict.fromkeys((f"/aws/lambda/${{{name}}}" for name in functions), 90)
