"""One deployment: change set, confirmation, execution, smoke test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from infra.deploy import parameters, smoke
from infra.deploy.distribution import TARGET, Distribution, has_distribution
from infra.deploy.history import Deployment, DeploymentHistory
from infra.deploy.operator import DeployingOperator, DeploymentStopped
from infra.deploy.stack import FAILED_CREATION, DeployedStack, StackChange, StackState

PROTECTION = "Protection"
HOLDS_DATA = frozenset({"Table", "EvidenceBucket", "UserPool", "Key", "ServerKeys", "StatementKey"})
"""Resources whose replacement or removal parts the deployment from its data, although the data itself is retained."""
UNUSABLE = frozenset({"ROLLBACK_FAILED", "DELETE_FAILED", "CREATE_FAILED"})


@dataclass(frozen=True, slots=True)
class Deployer:
    stack: DeployedStack
    history: DeploymentHistory
    operator: DeployingOperator
    fetch: smoke.Fetch
    distribution: Distribution
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def deploy(self, key: str, url: str, template: Mapping[str, Any], given: Mapping[str, str]) -> None:
        """`key`, `url`: of the template. Raises `DeploymentStopped`."""
        declared = declared_in(template)
        before = self._usable()
        self._send_files(template, before)
        first = given
        if before is None and PROTECTION in declared:
            # What protects itself could not be removed again if the creation fails.
            first = {**given, PROTECTION: "off"}
        state = self._change(url, declared, first, before)
        if before is None and first is not given and given.get(PROTECTION, "on") == "on":
            self.operator.tell("The stack exists; now table and user pool are protected from deletion.")
            state = self._change(url, declared, {PROTECTION: "on"}, state, asked=False)
        if not has_distribution(before):
            self._send_files(template, state)
        self._tell_target(state)
        self.history.add(Deployment(self.now().isoformat(timespec="seconds"), key, state.parameters))
        if has_distribution(state):
            self.distribution.invalidate(state, self._name())
        self.check(state)
        self._check_files(template, state)

    def _send_files(self, template: Mapping[str, Any], state: StackState | None) -> None:
        """Before a change, so that no page names a file that is not there; after it, to a bucket that it created."""
        if state is not None and has_distribution(state):
            self.distribution.send(self.distribution.files_of(template), state)

    def _check_files(self, template: Mapping[str, Any], state: StackState) -> None:
        if has_distribution(state):
            paths = [each.path for each in self.distribution.files_of(template)]
            self._stop_for(smoke.file_failures(self.fetch, state.outputs[TARGET], paths), state.outputs[TARGET])

    def _tell_target(self, state: StackState) -> None:
        if target := state.outputs.get(TARGET) or state.outputs.get("DomainTarget"):
            self.operator.tell(f"A DNS alias of {state.parameters['DomainName']} must lead to {target}")

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
        self._stop_for(smoke.failures(self.fetch, address), address)

    def _stop_for(self, wrong: Sequence[str], address: str) -> None:
        if wrong:
            lines = "\n".join(f"  {each}" for each in wrong)
            raise DeploymentStopped(f"deployed, but the smoke test failed at {address}:\n{lines}")
        self.operator.tell(f"The smoke test passed at {address}")

    def _name(self) -> str:
        return f"deploy-{self.now():%Y%m%d-%H%M%S-%f}"

    def _change(
        self,
        url: str,
        declared: parameters.Declared,
        given: Mapping[str, str],
        before: StackState | None,
        *,
        asked: bool = True,
    ) -> StackState:
        name = self._name()
        sent = parameters.for_change_set(given, {} if before is None else before.parameters, declared)
        changes = self.stack.plan(name, url, sent, new=before is None)
        if not changes:
            self.operator.tell("Nothing changes in the stack.")
            return self.stack.settled()
        if asked:
            self._confirm(name, changes)
        return self.stack.execute(name)

    def _confirm(self, name: str, changes: Sequence[StackChange]) -> None:
        for line in shown(changes):
            self.operator.tell(line)
        parted = parting(changes)
        if parted:
            self.operator.tell(f"THIS PARTS THE DEPLOYMENT FROM ITS DATA: {', '.join(parted)}")
        agreed = self.operator.confirms(f"{len(changes)} changes.", f"part {self.stack.name}" if parted else "yes")
        if not agreed:
            self.stack.discard(name)
            raise DeploymentStopped("not confirmed; nothing was changed")


def shown(changes: Sequence[StackChange]) -> list[str]:
    return [
        f"{each.action:8} {each.resource} ({each.kind}){' - REPLACED' if each.replaced == 'True' else ''}"
        for each in sorted(changes)
    ]


def parting(changes: Sequence[StackChange]) -> list[str]:
    """The resources with data that the changes remove or replace."""
    return sorted(
        each.resource
        for each in changes
        if each.resource in HOLDS_DATA and (each.action == "Remove" or each.replaced in ("True", "Conditional"))
    )


def declared_in(template: Mapping[str, Any]) -> parameters.Declared:
    found: parameters.Declared = template.get("Parameters", {})
    return found
