"""A moment: one event of a record, with the case as it was before and after it."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.statistics.counting.series import Tuple

RunKey = tuple[str, int]
"""The clock and the number of the run."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """`common`: the values of the common dimensions after the event. `day`: its civil day in the policy's zone."""

    event: Event
    type: str
    """Of the event. Empty for an act that a role of several has yet to do: it counts only when all have."""
    at: Instant
    day: str
    policy: Policy
    common: Tuple
    stage_before: str
    tier: int
    severity_before: str | None
    runs_before: dict[RunKey, Run]
    """Open runs, as those after."""
    runs_after: dict[RunKey, Run]
    changed: list[Run]
    answered: bool
    """A reply, an offer or a decision came by then, since the filing or the last reopening."""

    @property
    def fields(self) -> dict[str, Any]:
        return self.event.fields

    @property
    def given(self) -> dict[str, Any]:
        """The values of the fields that its act asks for.

        What the service writes into an event is none: a policy's field may have the same name, such as `to`.
        """
        asked = self.policy.document.asked_of(self.event.act)
        return {name: value for name, value in self.fields.items() if name in asked}

    @property
    def stage(self) -> str:
        stage: str = self.event.result["stage"]
        return stage

    @property
    def role(self) -> str:
        """The actor's role, or the party for whom it was recorded; `system` for what time causes."""
        actor = self.event.actor
        behalf = actor.get("on_behalf_of")
        if behalf in ("complainant", "respondent"):
            return str(behalf)
        return str(actor.get("role") or actor["kind"])

    @property
    def by_staff(self) -> bool:
        return self.event.actor["kind"] in ("staff", "owner") and self.role not in ("complainant", "respondent")

    @property
    def by_answerer(self) -> bool:
        """A person other than the complainant did it: nothing that time or the service did by itself answers."""
        return self.event.actor["kind"] != "system" and self.role != "complainant"

    @property
    def is_act(self) -> bool:
        """True if it records an act on the case. A filing, a switch of version or a new receipt is none."""
        return bool(self.type) and self.event.act in EVENT_OF_ACT

    def named(self, clock: str) -> Tuple:
        """The deadline with its clause and whose duty it is, as the policy of the moment says."""
        known = self.policy.clocks.get(clock)
        return (clock, "", "") if known is None else (clock, known.clock.clause or "", known.duty)
