"""The stack in CloudFormation: its state, and changes by change sets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from infra.deploy.operator import DeploymentStopped

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
"""The template creates roles, and `AWS::Serverless` is a macro."""
PAUSE = 5.0
"""Seconds between two looks at a running operation."""
LONGEST = 3600.0
"""Seconds after which an operation is no longer awaited. It goes on in CloudFormation."""
NO_CHANGES = ("didn't contain changes", "No updates are to be performed")
FAILED_CREATION = "ROLLBACK_COMPLETE"
"""All resources are removed; CloudFormation accepts only the deletion of the entry."""


class StackState(NamedTuple):
    status: str
    parameters: dict[str, str]
    outputs: dict[str, str]

    @property
    def running(self) -> bool:
        return self.status.endswith("IN_PROGRESS")

    @property
    def kept_parameters(self) -> dict[str, str]:
        """Those that the next deployment need not name. The entry of a failed creation is removed with its own."""
        return {} if self.status == FAILED_CREATION else self.parameters


class StackChange(NamedTuple):
    action: str
    resource: str
    kind: str
    replaced: str
    """`True`, `False` or `Conditional`."""


@dataclass(frozen=True, slots=True)
class DeployedStack:
    formation: Any
    """The boto3 client."""
    name: str
    pause: Callable[[float], None] = time.sleep

    def state(self) -> StackState | None:
        """None if there is no stack, or only a first change set of it."""
        from botocore.exceptions import ClientError

        try:
            [found] = self.formation.describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as error:
            if "does not exist" in error.response["Error"].get("Message", ""):
                return None
            raise
        if found["StackStatus"] == "REVIEW_IN_PROGRESS":
            return None
        return StackState(
            found["StackStatus"],
            {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", [])},
            {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])},
        )

    def plan(self, name: str, template_url: str, parameters: Sequence[Any], *, new: bool) -> list[StackChange]:
        """Creates the change set `name`. Empty if nothing changes. Raises `DeploymentStopped` if it is refused."""
        self.formation.create_change_set(
            StackName=self.name,
            ChangeSetName=name,
            ChangeSetType="CREATE" if new else "UPDATE",
            TemplateURL=template_url,
            Parameters=list(parameters),
            Capabilities=CAPABILITIES,
        )
        made = self._awaited(lambda: self._change_set(name), lambda seen: "_COMPLETE" in seen["Status"], "FAILED")
        if made["Status"] == "FAILED":
            self.formation.delete_change_set(StackName=self.name, ChangeSetName=name)
            if any(text in made.get("StatusReason", "") for text in NO_CHANGES):
                return []
            raise DeploymentStopped(f"CloudFormation refuses the change set: {made.get('StatusReason', '')}")
        return [_change(each["ResourceChange"]) for each in self._changes(name)]

    def execute(self, name: str) -> StackState:
        """Executes the change set and waits. Raises `DeploymentStopped`, with the reasons, if it fails."""
        self.formation.execute_change_set(StackName=self.name, ChangeSetName=name)
        return self._ended("CREATE_COMPLETE", "UPDATE_COMPLETE")

    def discard(self, name: str) -> None:
        self.formation.delete_change_set(StackName=self.name, ChangeSetName=name)

    def settled(self) -> StackState:
        """The state of a stack in which nothing runs. Raises `DeploymentStopped` for a failed one."""
        return self._ended("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")

    def taken_back(self) -> StackState:
        """Waits for a rollback. Raises `DeploymentStopped` if it fails."""
        return self._ended("UPDATE_ROLLBACK_COMPLETE", "UPDATE_COMPLETE")

    def _ended(self, *well: str) -> StackState:
        """Waits for the running operation. Raises `DeploymentStopped`, with the reasons, if it does not end well."""
        state: StackState | None = self._awaited(self.state, lambda seen: seen is None or not seen.running)
        if state is None or state.status not in well:
            reasons = "\n".join(f"  {each}" for each in self.failures())
            raise DeploymentStopped(f"the stack {self.name}: {'gone' if state is None else state.status}\n{reasons}")
        return state

    def remove_remains(self) -> None:
        """Of a failed creation, whose resources CloudFormation has removed (`ROLLBACK_COMPLETE`)."""
        self.formation.delete_stack(StackName=self.name)
        self._awaited(self.state, lambda seen: seen is None)

    def failures(self) -> list[str]:
        """The newest failed resources with their reasons, oldest first."""
        from botocore.exceptions import ClientError

        try:
            events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        except ClientError:
            return []
        failed = [each for each in events if each["ResourceStatus"].endswith("_FAILED")][:10]
        return [f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason', '')}" for each in reversed(failed)]

    def _change_set(self, name: str) -> Any:
        return self.formation.describe_change_set(StackName=self.name, ChangeSetName=name)

    def _changes(self, name: str) -> Iterator[Any]:
        token: dict[str, str] = {}
        while True:
            page = self.formation.describe_change_set(StackName=self.name, ChangeSetName=name, **token)
            yield from page["Changes"]
            if "NextToken" not in page:
                return
            token = {"NextToken": page["NextToken"]}

    def _awaited(self, look: Callable[[], Any], done: Callable[[Any], bool], failed: str = "") -> Any:
        for _ in range(int(LONGEST / PAUSE)):
            seen = look()
            if done(seen) or (failed and seen["Status"] == failed):
                return seen
            self.pause(PAUSE)
        raise DeploymentStopped(f"CloudFormation still works on {self.name}; look at the stack's events")


def _change(resource: Any) -> StackChange:
    return StackChange(
        resource["Action"],
        resource["LogicalResourceId"],
        resource["ResourceType"],
        resource.get("Replacement", "False"),
    )
