"""Goes back: out of a stuck or failed change, or to the deployment before the newest."""

from __future__ import annotations

import json
from collections.abc import Callable

from infra.deploy.deployment import Deployer
from infra.deploy.operator import DeploymentStopped
from infra.deploy.stack import StackState
from infra.deploy.upload import url_of

TAKEN_BACK = "UPDATE_ROLLBACK_COMPLETE"
"""The history has no deployment that failed: its newest is the version that runs."""


def roll_back(deployer: Deployer) -> None:
    """Raises `DeploymentStopped`."""
    stack = deployer.stack
    state = stack.state()
    if state is None:
        raise DeploymentStopped(f"there is no stack {stack.name}")
    step = _STEPS.get(state.status)
    if step is not None:
        what, call = step
        if not deployer.operator.confirms(f"{stack.name} is {state.status}. {what}.", "yes"):
            raise DeploymentStopped("not confirmed; nothing was changed")
        call(deployer)
        return
    if state.running:
        raise DeploymentStopped(f"{stack.name} is {state.status}: wait for it")
    if state.status == TAKEN_BACK:
        raise DeploymentStopped(
            f"{stack.name} is {state.status}: CloudFormation took the last change back, and the version before it "
            "runs. To go back further, check out the wanted version and run make deploy"
        )
    _previous(deployer, state)


def _previous(deployer: Deployer, state: StackState) -> None:
    history = deployer.history
    wanted = history.previous()
    template = json.loads(history.s3.get_object(Bucket=history.bucket, Key=wanted.template)["Body"].read())
    deployer.operator.tell(f"Back to the deployment of {wanted.at}")
    given = {name: value for name, value in wanted.parameters.items() if state.parameters.get(name) != value}
    deployer.deploy(wanted.template, url_of(history.s3, history.bucket, wanted.template), template, given)


def _cancel(deployer: Deployer) -> None:
    deployer.stack.formation.cancel_update_stack(StackName=deployer.stack.name)
    _told(deployer)


def _go_on(deployer: Deployer) -> None:
    deployer.stack.formation.continue_update_rollback(StackName=deployer.stack.name)
    _told(deployer)


def _roll_back(deployer: Deployer) -> None:
    deployer.stack.formation.rollback_stack(StackName=deployer.stack.name)
    _told(deployer)


def _told(deployer: Deployer) -> None:
    state = deployer.stack.taken_back()
    deployer.operator.tell(f"{deployer.stack.name} is {state.status}")
    deployer.check(state)


_STEPS: dict[str, tuple[str, Callable[[Deployer], None]]] = {
    "UPDATE_IN_PROGRESS": ("The change is taken back", _cancel),
    "UPDATE_ROLLBACK_FAILED": ("The rollback goes on", _go_on),
    "UPDATE_FAILED": ("The change is taken back", _roll_back),
}
"""State of the stack → what happens, and how."""
