"""A small procedure with clocks that count from elsewhere, and a complaint under it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import SYSTEM, EventDraft, Result
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import one_person, play
from tests.kernel.complaints.one_person import ANN
from tests.kernel.complaints.play import Life

BERLIN = "Europe/Berlin"
OFFICE = {"timezone": BERLIN, "hours": {"mon-fri": ["09:00-12:00", "13:00-17:00"]}}
PLANT = {"timezone": BERLIN, "hours": {"mon-sun": ["06:00-22:00"]}}
INTAKE = {
    "channels": ["a"],
    "unit": "optional",
    "facts": {
        "complained_on": {"en": "When they complained", "kind": "date"},
        "complained_at": {"en": "When they complained", "kind": "time"},
    },
    "received": {"within": "30 days", "needs": []},
}
FIELDS = {"until": {"en": "Until", "kind": "time"}, "call_at": {"en": "Call", "kind": "time"}}


def policy(clocks: dict[str, Any], acts: dict[str, Any] | None = None, **parts: Any) -> Policy:
    stages = {
        "registered": {
            "reply": {"by": "ann"},
            "close": {"by": "ann", "to": "over"},
            "park": {"by": "ann", "to": "waiting"},
            **(acts or {}),
        },
        "waiting": {"resume": {"by": "ann", "to": "registered"}, **(acts or {})},
        "over": {"reopen": {"by": "ann", "to": "registered"}},
    }
    own = {"intake": INTAKE, "fields": FIELDS, "stages": stages, "clocks": clocks, **parts}
    return one_person.policy(OFFICE, PLANT, **own)


def filed(under: Policy, at: str, **facts: str) -> Life:
    life = play.filed(under, Filing("a", facts=facts, unit="south"), from_text(at))
    life.wait(from_text(at))
    return life


def do(life: Life, act: str, at: str, **fields: str) -> str | None:
    given = {name: to_text(from_text(value)) if name != "clock" else value for name, value in fields.items()}
    return life.act(ActRequest(act, given), ANN, from_text(at))


def local(instant: Instant | None) -> str:
    """In Berlin's winter time."""
    return "" if instant is None else to_text(instant + 3_600_000)[:16]


def the_run(life: Life, clock: str) -> Run:
    return next(run for run in life.complaint.runs if run.clock == clock)


def due(life: Life, clock: str) -> str:
    return local(the_run(life, clock).due)


def moved(life: Life, unit: str, at: str, calendar: str) -> None:
    """The complaint belongs to another unit, and time goes on under that unit's calendar."""
    now = from_text(at)
    life.wait(now)
    life.policy = replace(life.policy, unit_calendar=calendar)
    after = replace(life.complaint, unit=unit, seq=life.complaint.seq + 1, at=now)
    result = Result(stage=after.stage, tier=after.tier, severity=None, flags=after.flags)
    draft = EventDraft(type="assigned", at=now, actor=SYSTEM, result=result)
    changed = {(run.clock, run.n): run for run in clocks.changed_runs(life.policy, after, draft, has_new_unit=True)}
    runs = [changed.get((run.clock, run.n), run) for run in after.runs]
    life.complaint = replace(after, runs=runs)
