"""The masks of a record, as acts ask for them, and the clocks that wait for decisions on them.

Clocks of the respondent (`Policy.of_respondent`) do not run while masks in what they read wait for a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.deadlines import clocks, counting
from chalicelib.complaints.envelope import Secrets
from chalicelib.complaints.runs import PAUSED, Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy

MaskState = Literal["pending", "released", "confirmed"]
STATE_AFTER: Mapping[str, MaskState] = {"unmasked": "released", "mask_confirmed": "confirmed"}
"""By the type of the event that decided on a mask."""


class Mask(msgspec.Struct, frozen=True):
    """A particular in a text that the respondent reads."""

    text: str
    state: MaskState


class Masking(msgspec.Struct, frozen=True):
    """The masks by name, and whether texts that an act would add have further particulars."""

    masks: Mapping[str, Mask]
    finds: Callable[[Secrets], bool] = lambda _added: False

    def is_pending(self, added: Secrets) -> bool:
        return self.is_left or self.finds(added)

    @property
    def is_left(self) -> bool:
        """Whether texts on record have masks that wait for a decision."""
        return any(mask.state == "pending" for mask in self.masks.values())


def held(policy: Policy, before: Complaint, masking: Masking, changed: Sequence[Run], added: Secrets) -> Sequence[Run]:
    """The changed runs, of which those of the respondent that begin are paused if masks are pending."""
    begun = {run.clock for run in changed if run.clock in policy.of_respondent and _begins(run, before)}
    if not begun or not masking.is_pending(added):
        return changed
    return [_held(run) if run.clock in begun and _begins(run, before) else run for run in changed]


def _begins(run: Run, before: Complaint) -> bool:
    return run.open and run.n > before.counts.get(run.clock, 0)


def _held(run: Run) -> Run:
    return replace(run, state=PAUSED, held=True, due=None, next=None, warns=[], pauses=[[run.started, None]])


def begun(policy: Policy, complaint: Complaint, at: Instant) -> list[Run]:
    """The runs that waited, from their start at `at`. A stated due time moves by the time that they waited."""
    return [_begun(policy, complaint, run, at) for run in complaint.runs if run.held]


def _begun(policy: Policy, complaint: Complaint, run: Run, at: Instant) -> Run:
    fresh = replace(
        run,
        held=False,
        started=at,
        moved=[],
        pauses=[[at, None]],
        stated=None if run.stated is None else run.stated + at - run.started,
    )
    clock = policy.clocks[run.clock]
    return clocks.adjust(policy, clock, counting.placed(policy, clock, fresh), complaint, at)
