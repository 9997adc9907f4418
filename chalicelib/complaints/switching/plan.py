"""Switches an open complaint to a newer policy version (P1.9): first a plan, then the event `switched`.

Earlier events keep their version. Open tasks stay as they are, and so do proposals of acts that both versions define in
the same way; the switch voids the others. Tasks that the newer version would have opened earlier are not opened, and
past pauses do not change. A switch must name a choice for each category that the newer version requires and the
complaint lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.applying import voiding
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, Event, EventFields, Occurrence
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.switching import clocks
from chalicelib.complaints.switching import gaps as switching_gaps
from chalicelib.complaints.switching.clocks import ClockChange
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy


def _category_gaps(new: Policy, complaint: Complaint, given: Mapping[str, str]) -> Iterator[Place]:
    """Places below `/category`. A choice that the newer version knows is kept."""
    intake = new.document.intake
    lacking = [name for name in intake.required if complaint.category.get(name) not in intake.categories.get(name, {})]
    for name in given:
        if name not in lacking:
            yield Place(pointer("category", name), "the complaint needs no choice of this category")
    for name in lacking:
        known = ", ".join(intake.categories[name])
        if name not in given:
            why = Text("the newer version requires a choice: name one of {known} in this field", known=known)
            yield Place(pointer("category", name), why)
        elif given[name] not in intake.categories[name]:
            yield Place(pointer("category", name), Text("must be one of: {known}", known=known))


SwitchMode = Literal["keep", "switch", "switch_if_favourable"]


class SwitchTerms(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a switch. `stages` maps stages of the old version to stages of the new."""

    mode: SwitchMode = "switch"
    stages: Mapping[str, str] = msgspec.field(default_factory=dict)
    accept_breaches: bool = False
    """True if due times may lie in the past. Such runs are due at the switch, and so missed."""
    start_new_clocks: bool = False
    """True if clocks that only the new version has start from past events."""
    category: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Choices for categories that the new version requires and the complaint lacks."""


class SwitchedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """Due times before and after the switch; null while paused, or if there is none."""

    clock: str
    run: int
    before: str | None
    after: str | None
    effect: str


class SwitchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a switch. `kept_reason`: the reason why the complaint keeps its version, or None."""

    old: str
    new: str
    stage: str
    changes: list[ClockChange] = msgspec.field(default_factory=list)
    voided: list[str] = msgspec.field(default_factory=list)
    """The pending proposals whose act has another meaning under the new version."""
    kept_reason: Literal["mode", "unfavourable", "current"] | None = None

    @property
    def runs(self) -> list[Run]:
        return [change.run for change in self.changes]

    @property
    def breaches(self) -> list[str]:
        return [change.run.clock for change in self.changes if change.breach]


def plan(
    old: Policy, new: Policy, complaint: Complaint, terms: SwitchTerms, record: Sequence[Event], now: Instant
) -> SwitchPlan:
    """Plans the switch at `now`. `record`: the events so far; only needed to start new clocks.

    Raises `Problem("act-not-open")` for an archived complaint, and `Problem("invalid")` with a place in the terms for
    each part that the new version lacks.
    """
    if new.version == old.version:
        return SwitchPlan(old=old.version, new=new.version, stage=complaint.stage, kept_reason="current")
    if terms.mode == "keep":
        return SwitchPlan(old=old.version, new=new.version, stage=complaint.stage, kept_reason="mode")
    _check(old, new, complaint)
    stage = terms.stages.get(complaint.stage, complaint.stage)
    gaps = switching_gaps.gaps(old, new, complaint, stage, terms.stages)
    gaps.extend(_category_gaps(new, complaint, terms.category))
    if gaps:
        raise Problem("invalid", "The newer version lacks what this complaint needs.", places=gaps)
    moved = replace(complaint, stage=stage, category={**complaint.category, **terms.category})
    changes = clocks.switched_runs(old, new, moved, now)
    if terms.start_new_clocks:
        changes.extend(clocks.new_runs(old, new, moved, record, terms.stages, now))
    voided = voiding.voided_by_switch(old, new, complaint, stage)
    found = SwitchPlan(old=old.version, new=new.version, stage=stage, changes=changes, voided=voided)
    if terms.mode == "switch_if_favourable" and not favourable(found):
        return SwitchPlan(
            old=old.version, new=new.version, stage=complaint.stage, changes=changes, kept_reason="unfavourable"
        )
    return found


def _check(old: Policy, new: Policy, complaint: Complaint) -> None:
    if int(new.version) < int(old.version):
        place = Place("/to", Text("is older than the complaint's version {version}", version=old.version))
        raise Problem("invalid", "A complaint is switched to a newer version.", places=[place])
    if old.document.stages[complaint.stage].shelf == "archived":
        raise Problem("act-not-open", "An archived complaint keeps its version.", extra={"acts": []})


def favourable(found: SwitchPlan) -> bool:
    """True if the switch favours the complainant: no running deadline becomes later or is cancelled."""
    return not any(change.effect in ("later", "ended") for change in found.changes)


def is_refused(found: SwitchPlan, terms: SwitchTerms) -> bool:
    """True if the switch would miss deadlines at once, and the terms do not accept that."""
    return found.kept_reason is None and bool(found.breaches) and not terms.accept_breaches


def refuse_breaches(found: SwitchPlan, terms: SwitchTerms) -> None:
    """Raises `Problem("invalid")` for due times in the past, unless the terms accept them."""
    if is_refused(found, terms):
        raise Problem(
            "invalid",
            "Deadlines would lie in the past under the newer version.",
            places=[Place("/accept_breaches", "must be true: these would be missed at once")],
            extra={"breaches": found.breaches},
        )


def perform(
    flow: Flow, found: SwitchPlan, terms: SwitchTerms, actor: Actor, now: Instant, job: str | None = None
) -> None:
    """Adds `switched` and its notices. The flow is under the new version. `job`: the bulk job, if any."""
    fields: EventFields = {
        "from": found.old,
        "to": found.new,
        "calendar": flow.policy.calendar.edition,
        "mode": terms.mode,
        "stages": {flow.complaint.stage: found.stage} if flow.complaint.stage != found.stage else {},
        "accept_breaches": terms.accept_breaches,
        "start_new_clocks": terms.start_new_clocks,
        **({"category": dict(terms.category)} if terms.category else {}),
        "deadlines": [msgspec.to_builtins(deadline_view(change)) for change in found.changes],
    }
    if job is not None:
        fields["job"] = job
    about = flow.add(
        "switched",
        Occurrence(now, actor, act="switch"),
        fields,
        changed=found.runs,
        stage=found.stage,
        voided=found.voided,
        overseers=list(flow.policy.overseers),
        undisclosed=flow.complaint.undisclosed and flow.policy.discloses_late,
    )
    assigned = sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
    flow.notify(["complainant", *assigned], about=about, at=now, wording="switched", **_due_ahead(flow, now))
    flow.tell_moves()
    if flow.policy.telephoned is not None:
        from chalicelib.complaints.acting import attempts  # few policies have messages by telephone

        attempts.settle(flow, now)


def _due_ahead(flow: Flow, now: Instant) -> EventFields:
    ahead = [run for run in flow.complaint.runs if run.due is not None and run.due > now]
    return runs.due_field(runs.earliest(ahead)) or {"due": None}


def deadline_view(change: ClockChange) -> SwitchedDeadline:
    return SwitchedDeadline(
        clock=change.run.clock,
        run=change.run.n,
        before=None if change.before is None else to_text(change.before),
        after=None if change.after is None else to_text(change.after),
        effect=change.effect,
    )
