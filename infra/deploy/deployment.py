"""One deployment: change set, confirmation, execution, smoke test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from infra.deploy import parameters, smoke
from infra.deploy.history import Deployment, History
from infra.deploy.operator import DeploymentStopped, Operator
from infra.deploy.stack import FAILED_CREATION, Change, Stack, StackState

PROTECTION = "Protection"
HOLDS_DATA = frozenset({"Table", "EvidenceBucket", "UserPool", "Key", "ServerKeys", "StatementKey"})
"""Resources whose replacement or removal parts the deployment from its data, although the data itself is retained."""
UNUSABLE = frozenset({"ROLLBACK_FAILED", "DELETE_FAILED", "CREATE_FAILED"})


@dataclass(frozen=True, slots=True)
class Deployer:
    stack: Stack
    history: History
    operator: Operator
    fetch: smoke.Fetch
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def deploy(self, key: str, url: str, declared: parameters.Declared, given: Mapping[str, str]) -> None:
        """`key`, `url`: of the template. Raises `DeploymentStopped`."""
        before = self._usable()
        first = given
        if before is None and PROTECTION in declared:
            # What protects itself could not be removed again if the creation fails.
            first = {**given, PROTECTION: "off"}
        state = self._change(url, declared, first, before)
        if before is None and first is not given and given.get(PROTECTION, "on") == "on":
            self.operator.tell("The stack exists; now table and user pool are protected from deletion.")
            state = self._change(url, declared, {PROTECTION: "on"}, state, asked=False)
        if target := state.outputs.get("DomainTarget"):
            self.operator.tell(f"A DNS alias of {state.parameters['DomainName']} must lead to {target}")
        self.history.add(Deployment(self.now().isoformat(timespec="seconds"), key, state.parameters))
        self.check(state)

    def _usable(self) -> StackState | None:
        before = self.stack.state()
        if before is not None and before.status == FAILED_CREATION:
            if not self.operator.confirms(f"The creation of {self.stack.name} failed. Remove its entry?", "yes"):
                raise DeploymentStopped("not confirmed; nothing was changed")
            self.stack.remove_remains()
            return None
        if before is not None and (before.running or before.status in UNUSABLE):
            raise DeploymentStopped(
                f"the stack {self.stack.name} is {before.status} (docs/operations.md, Rolling back)"
            )
        return before

    def check(self, state: StackState) -> None:
        """The smoke test. Raises `DeploymentStopped` for a wrong answer."""
        address = state.outputs["EndpointURL"]
        if state.parameters.get("DefaultEndpoint") == "off":
            address = f"https://{state.parameters['DomainName']}/"
        wrong = smoke.failures(self.fetch, address)
        if wrong:
            lines = "\n".join(f"  {each}" for each in wrong)
            raise DeploymentStopped(f"deployed, but the smoke test failed at {address}:\n{lines}")
        self.operator.tell(f"The smoke test passed at {address}")

    def _change(
        self,
        url: str,
        declared: parameters.Declared,
        given: Mapping[str, str],
        before: StackState | None,
        *,
        asked: bool = True,
    ) -> StackState:
        name = f"deploy-{self.now():%Y%m%d-%H%M%S-%f}"
        sent = parameters.for_change_set(given, {} if before is None else before.parameters, declared)
        changes = self.stack.plan(name, url, sent, new=before is None)
        if not changes:
            self.operator.tell("Nothing changes in the stack.")
            return self.stack.settled()
        if asked:
            self._confirm(name, changes)
        return self.stack.execute(name)

    def _confirm(self, name: str, changes: Sequence[Change]) -> None:
        for line in shown(changes):
            self.operator.tell(line)
        parted = parting(changes)
        if parted:
            self.operator.tell(f"THIS PARTS THE DEPLOYMENT FROM ITS DATA: {', '.join(parted)}")
        agreed = self.operator.confirms(f"{len(changes)} changes.", f"part {self.stack.name}" if parted else "yes")
        if not agreed:
            self.stack.discard(name)
            raise DeploymentStopped("not confirmed; nothing was changed")


def shown(changes: Sequence[Change]) -> list[str]:
    return [
        f"{each.action:8} {each.resource} ({each.kind}){' - REPLACED' if each.replaced == 'True' else ''}"
        for each in sorted(changes)
    ]


def parting(changes: Sequence[Change]) -> list[str]:
    """The resources with data that the changes remove or replace."""
    return sorted(
        each.resource
        for each in changes
        if each.resource in HOLDS_DATA and (each.action == "Remove" or each.replaced in ("True", "Conditional"))
    )


def declared_in(template: Mapping[str, Any]) -> parameters.Declared:
    found: parameters.Declared = template.get("Parameters", {})
    return found
