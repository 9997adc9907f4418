"""CloudFormation for tests: stacks and change sets in memory. botocore checks each call against the service's model."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

_MODEL = botocore.session.get_session().get_service_model("cloudformation")
_OPERATIONS = {xform_name(name): _MODEL.operation_model(name) for name in _MODEL.operation_names}
Read = Callable[[str], dict[str, Any]]
"""Reads the template at a URL."""


class Formation:
    """One account. `fails`: the reason for which the next execution fails, or empty."""

    def __init__(self, read: Read) -> None:
        self.stacks: dict[str, dict[str, Any]] = {}
        self.templates: dict[str, dict[str, Any]] = {}
        self.change_sets: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.fails = ""
        self._read = read

    def __getattr__(self, name: str) -> Callable[..., dict[str, Any]]:
        if name not in _OPERATIONS:
            raise AttributeError(name)

        def call(**parameters: Any) -> dict[str, Any]:
            report = ParamValidator().validate(parameters, _OPERATIONS[name].input_shape)
            assert not report.has_errors(), report.generate_report()
            self.calls.append(name)
            return getattr(self, f"_{name}")(parameters) or {}

        return call

    def _describe_stacks(self, asked: Any) -> dict[str, Any]:
        stack = self.stacks.get(asked["StackName"])
        if stack is None:
            message = f"Stack with id {asked['StackName']} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")
        return {"Stacks": [stack]}

    def _create_change_set(self, asked: Any) -> None:
        name, template = asked["StackName"], self._read(asked["TemplateURL"])
        new = asked["ChangeSetType"] == "CREATE"
        assert new == (name not in self.stacks), asked
        if new:
            self.stacks[name] = {"StackName": name, "StackStatus": "REVIEW_IN_PROGRESS"}
        values = self._values(name, template, asked["Parameters"])
        changed = (template, values) != (self.templates.get(name), _present(self.stacks[name]))
        self.change_sets[asked["ChangeSetName"]] = {
            "Status": "CREATE_COMPLETE" if changed else "FAILED",
            "StatusReason": "" if changed else "The submitted information didn't contain changes.",
            "Changes": [_change(each, template, new=new) for each in template["Resources"]],
            "template": template,
            "values": values,
            "new": new,
        }

    def _values(self, stack: str, template: Any, given: Any) -> dict[str, str]:
        present, declared = _present(self.stacks[stack]), template["Parameters"]
        values = {name: each["Default"] for name, each in declared.items() if "Default" in each}
        for each in given:
            name = each["ParameterKey"]
            assert name in declared, f"the template has no parameter {name}"
            values[name] = present[name] if each.get("UsePreviousValue") else each["ParameterValue"]
        assert values.keys() == declared.keys(), "a parameter has no value"
        return values

    def _describe_change_set(self, asked: Any) -> dict[str, Any]:
        found = self.change_sets[asked["ChangeSetName"]]
        at = int(asked.get("NextToken", 0))
        more = {"NextToken": str(at + 1)} if at + 1 < len(found["Changes"]) else {}
        return {**found, "Changes": found["Changes"][at : at + 1], **more}

    def _delete_change_set(self, asked: Any) -> None:
        del self.change_sets[asked["ChangeSetName"]]

    def _execute_change_set(self, asked: Any) -> None:
        name, made = asked["StackName"], self.change_sets.pop(asked["ChangeSetName"])
        ended = "ROLLBACK_COMPLETE" if self.fails else "COMPLETE"
        kind = "CREATE" if made["new"] else "UPDATE"
        self.stacks[name]["StackStatus"] = ended if self.fails and made["new"] else f"{kind}_{ended}"
        if not self.fails:
            self.templates[name] = made["template"]
            self.stacks[name]["Parameters"] = [
                {"ParameterKey": key, "ParameterValue": value} for key, value in made["values"].items()
            ]
            self.stacks[name]["Outputs"] = [
                {"OutputKey": key, "OutputValue": each["Value"]} for key, each in made["template"]["Outputs"].items()
            ]

    def _delete_stack(self, asked: Any) -> None:
        assert self.stacks.pop(asked["StackName"])["StackStatus"] == "ROLLBACK_COMPLETE"

    def _describe_stack_events(self, asked: Any) -> dict[str, Any]:
        failed = {"LogicalResourceId": "Queue", "ResourceStatus": "UPDATE_FAILED", "ResourceStatusReason": self.fails}
        return {"StackEvents": [failed] if self.fails else []}

    def _settle(self, asked: Any) -> None:
        self.stacks[asked["StackName"]]["StackStatus"] = "UPDATE_ROLLBACK_COMPLETE"

    _cancel_update_stack = _continue_update_rollback = _rollback_stack = _settle


def _present(stack: Any) -> dict[str, str]:
    return {each["ParameterKey"]: each["ParameterValue"] for each in stack.get("Parameters", [])}


def _change(name: str, template: Any, *, new: bool) -> dict[str, Any]:
    kind = template["Resources"][name]["Type"]
    how = {"Action": "Add"} if new else {"Action": "Modify", "Replacement": "False"}
    return {"ResourceChange": {"LogicalResourceId": name, "ResourceType": kind, **how}}


def reader(s3: Any, bucket: str) -> Read:
    def read(url: str) -> dict[str, Any]:
        key = url.partition(".amazonaws.com/")[2]
        loaded: dict[str, Any] = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        return loaded

    return read
