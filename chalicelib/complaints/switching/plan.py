"""Switching an open complaint to a newer policy version (P1.9): worked out first, then recorded as `switched`.

Events before it keep their version. Tasks and proposals that are open stay as they are; what the newer version would
have opened earlier is not opened in arrears, and pauses that happened stay as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import Actor, Event, Occurrence
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.switching import clocks
from chalicelib.complaints.switching import gaps as switching_gaps
from chalicelib.complaints.switching.clocks import ClockChange
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Place, Problem

SwitchMode = Literal["keep", "switch", "switch_if_favourable"]


class SwitchTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody wants complaints to be switched. `stages`: from stages of the old version to those of the new."""

    mode: SwitchMode = "switch"
    stages: Mapping[str, str] = msgspec.field(default_factory=dict)
    accept_breaches: bool = False
    """Whether due times may lie in the past: they are then due at the change, and missed (design §4 rule 8)."""
    start_new_clocks: bool = False
    """Whether clocks that only the new version has start from events that have happened already."""


class SwitchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a switch would do. `kept`: why the complaint keeps its version, where it does."""

    old: str
    new: str
    stage: str
    changes: list[ClockChange] = msgspec.field(default_factory=list)
    kept: Literal["mode", "unfavourable", "current"] | None = None

    @property
    def runs(self) -> list[Run]:
        return [change.run for change in self.changes]

    @property
    def breaches(self) -> list[str]:
        return [change.run.clock for change in self.changes if change.breach]


def plan(
    old: Policy, new: Policy, complaint: Complaint, terms: SwitchTerms, record: Sequence[Event], now: Instant
) -> SwitchPlan:
    """What the switch would do at `now`. `record`: the events so far, needed only to start new clocks.

    Raises `Problem`: `act-not-open` (archived), `invalid` with the place of each thing that the new version lacks.
    """
    if new.version == old.version:
        return SwitchPlan(old=old.version, new=new.version, stage=complaint.stage, kept="current")
    if terms.mode == "keep":
        return SwitchPlan(old=old.version, new=new.version, stage=complaint.stage, kept="mode")
    _check(old, new, complaint)
    stage = terms.stages.get(complaint.stage, complaint.stage)
    gaps = switching_gaps.gaps(old, new, complaint, stage, terms.stages)
    if gaps:
        raise Problem("invalid", "The newer version lacks what this complaint needs.", places=gaps)
    changes = clocks.switched_runs(old, new, replace(complaint, stage=stage), now)
    if terms.start_new_clocks:
        moved = replace(complaint, stage=stage)
        changes.extend(clocks.new_runs(old, new, moved, record, terms.stages, now))
    found = SwitchPlan(old=old.version, new=new.version, stage=stage, changes=changes)
    if terms.mode == "switch_if_favourable" and not favourable(found):
        return SwitchPlan(old=old.version, new=new.version, stage=complaint.stage, changes=changes, kept="unfavourable")
    return found


def _check(old: Policy, new: Policy, complaint: Complaint) -> None:
    if int(new.version) < int(old.version):
        place = Place("/fields/to", f"is older than the complaint's version {old.version}")
        raise Problem("invalid", "A complaint is switched to a newer version.", places=[place])
    if old.document.stages[complaint.stage].shelf == "archived":
        raise Problem("act-not-open", "An archived complaint keeps its version.", extra={"acts": []})


def favourable(found: SwitchPlan) -> bool:
    """It favours the complainant: no deadline that still counts gets later or is lost."""
    return not any(change.effect in ("later", "ended") for change in found.changes)


def refuse_breaches(found: SwitchPlan, terms: SwitchTerms) -> None:
    """Raises `Problem("invalid")` for due times in the past that are not accepted; a dry run only shows them."""
    if found.breaches and not terms.accept_breaches:
        raise Problem(
            "invalid",
            "Deadlines would lie in the past under the newer version.",
            places=[Place("/fields/accept_breaches", "must be true: these would be missed at once")],
            extra={"breaches": found.breaches},
        )


def perform(
    flow: Flow, found: SwitchPlan, terms: SwitchTerms, actor: Actor, now: Instant, job: str | None = None
) -> None:
    """Add `switched` and who is told. The flow is under the new version; `job`: the bulk job that does it."""
    fields: dict[str, Any] = {
        "from": found.old,
        "to": found.new,
        "calendar": flow.policy.calendar.edition,
        "mode": terms.mode,
        "stages": {flow.complaint.stage: found.stage} if flow.complaint.stage != found.stage else {},
        "accept_breaches": terms.accept_breaches,
        "start_new_clocks": terms.start_new_clocks,
        "deadlines": [deadline_view(change) for change in found.changes],
    }
    if job is not None:
        fields["job"] = job
    about = flow.add("switched", Occurrence(now, actor, act="switch"), fields, changed=found.runs, stage=found.stage)
    assigned = sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
    consequences.notify(flow, ["complainant", *assigned], about=about, at=now, wording="switched")


def deadline_view(change: ClockChange) -> dict[str, Any]:
    """One deadline before and after; null while it is paused, or where there is none."""
    return {
        "clock": change.run.clock,
        "run": change.run.n,
        "before": None if change.before is None else to_text(change.before),
        "after": None if change.after is None else to_text(change.after),
        "effect": change.effect,
    }
