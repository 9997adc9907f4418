"""Views of deadlines: the clock, its due time and state, and the explanation (`because`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.deadlines.because_view import BecauseView, Words
from chalicelib.complaints.runs import Run, StoredRun, from_json
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import Duty
from chalicelib.store.keys import CaseRef

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. Times are UTC text. `duty`: whose duty it is. `actor`: who can end it.

    Complainants read the public label and actor of the policy, if it has some.
    """

    clock: str
    run: int
    started: str
    due: str | None
    state: str
    provisional: bool
    rung: int
    because: BecauseView
    duty: Duty
    label: Words | msgspec.UnsetType = msgspec.UNSET
    actor: Words | msgspec.UnsetType = msgspec.UNSET
    ended: str | msgspec.UnsetType = msgspec.UNSET


class DeadlinesView(msgspec.Struct, frozen=True):
    deadlines: list[DeadlineView]


def views(
    policy: Policy, clocks: Iterable[Run | StoredRun], number: str, *, public: bool = False
) -> list[DeadlineView]:
    """Views of runs, or of runs in the form that events hold, ordered by start."""
    runs = [clock if isinstance(clock, Run) else from_json(clock) for clock in clocks]
    ordered = sorted(runs, key=lambda run: (run.started, run.clock, run.n))
    return [view(policy, run, number, public=public) for run in ordered]


def for_complainants(policy: Policy, deadlines: Iterable[DeadlineView]) -> list[DeadlineView]:
    """Those that pages show to a complainant. A clock that the policy no longer has is among them."""
    from chalicelib.policy.language.derived.duties import is_for_complainants

    known = policy.clocks
    return [
        one
        for one in deadlines
        if one.clock not in known or is_for_complainants(policy.document, one.clock, known[one.clock].clock)
    ]


def views_by_version(
    compiled: CompiledPolicies, ref: CaseRef, runs: Iterable[tuple[Run, str]], *, public: bool = False
) -> list[DeadlineView]:
    """Views of runs with their policy versions: a complaint that was switched has runs of several versions."""
    ordered = sorted(runs, key=lambda pair: (pair[0].started, pair[0].clock, pair[0].n))
    return [view(compiled.get(ref.tenant, version), run, ref.number, public=public) for run, version in ordered]


def view(policy: Policy, run: Run, number: str, *, public: bool = False) -> DeadlineView:
    """`public`: as complainants read it."""
    from chalicelib.complaints.deadlines.because import explain  # many modules that most requests do not need
    from chalicelib.policy.language.derived.duties import actor_of, duty_of

    clock = policy.clocks[run.clock].clock
    label = clock.public_name if public and clock.public_name is not None else clock.name
    actor = actor_of(policy.document, run.clock, clock, public=public)
    return DeadlineView(
        clock=run.clock,
        run=run.n,
        started=to_text(run.started),
        due=None if run.due is None else to_text(run.due),
        state=run.state,
        provisional=run.provisional,
        rung=run.rung,
        because=explain(policy, run, number),
        duty=duty_of(policy.document, clock),
        label=msgspec.UNSET if label is None else label.to_json(),
        actor=msgspec.UNSET if actor is None else actor.to_json(),
        ended=msgspec.UNSET if run.ended is None else to_text(run.ended),
    )
