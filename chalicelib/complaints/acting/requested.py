"""An act that is requested, and what it is after the checks: an intent, or a proposal that is being approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chalicelib.complaints import fields
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.complaints.state import PendingProposal, ProposalOrigin
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


class Intent(msgspec.Struct, frozen=True):
    """An act that is permitted and whose fields are checked."""

    name: str
    act: Act
    given: CheckedFields
    actor: Actor
    at: Instant
    origin: ProposalOrigin | None = None
    """For an approved proposal: who made it, and what it is about."""
    took_part: list[list[str]] = []
    """For an approved proposal: see `Result.took_part`."""

    @property
    def role(self) -> str:
        """The role or party for which the act is done. An approved act is done for the proposer's role."""
        proposed = None if self.origin is None else self.origin.role
        return proposed or self.actor.stands_for or ""

    @property
    def event(self) -> str:
        return EVENT_OF_ACT[self.name]


class NotOpen(msgspec.Struct, frozen=True):
    """Why an act is not open to a person: in words, and what has to be otherwise."""

    text: str
    when: Condition = {}
    """The conditions of the act that fail."""
    after: tuple[str, ...] = ()
    """The events that have to happen before."""
    in_time: bool = True
    """False if the due times that the act could change are over."""
    lacking: tuple[str, ...] = ()
    """The fields that it needs and of which the case allows no value."""


class Approved(msgspec.Struct, frozen=True):
    """A proposal that is being approved. `fields`: the proposed values."""

    proposal: PendingProposal
    origin: ProposalOrigin
    fields: Mapping[str, Any]


PerformProposal = Callable[[Flow, Approved, Actor, Instant], None]
"""Performs an approved proposal. Takes the flow, the proposal, the approver and the time."""


class Requested(msgspec.Struct, frozen=True):
    """A request for a built-in act. `perform_proposal` puts an approved proposal into effect."""

    flow: Flow
    request: ActRequest
    asker: Asker
    now: Instant
    perform_proposal: PerformProposal

    def checked(self, *specs: FieldSpec) -> CheckedFields:
        """Raises `Problem("invalid")`."""
        return fields.check(list(specs), self.request.fields, now=self.now, since=None, root="fields")

    def add(self, grant: Grant, found: CheckedFields, **further: Any) -> str:
        """Adds the act's event, which changes no clock. Returns its id."""
        name = self.request.act
        return self.flow.add(
            EVENT_OF_ACT[name],
            Occurrence(self.now, self.asker.actor(grant), act=name),
            {**found.event_fields(), **further},
            secrets=found.private,
            changed=[],
        )
