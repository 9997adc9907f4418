"""A matter of a ledger: a complaint with what the ledger's roles owe for it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.casework.snapshot import run_of_task
from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units import recurring
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Label

Named = dict[str, str]
"""A label in Chinese and English."""


class LedgerDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """An open deadline. `due`: null while it is paused."""

    clock: str
    name: Named | None
    due: str | None
    state: str


class LedgerTask(msgspec.Struct, frozen=True, kw_only=True):
    """An open task of the ledger's roles. `due`, `state`: null if it has no due time."""

    task: str
    name: Named
    role: str
    opened: str
    due: str | None
    state: str | None


class NextTask(msgspec.Struct, frozen=True, kw_only=True):
    """The task that the calendar opens next, if the complaint stays as it is."""

    task: str
    name: Named
    role: str
    opens: str


class ShownValue(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of the filing, or a flag in words. `text`: null if there is none, or if the reader may not see it."""

    value: str
    name: Named
    text: Named | None
    withheld: bool = False


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """`since`: when the complaint came to its stage. `acts`: those that one of the ledger's roles may do now."""

    number: str
    stage: str
    stage_name: Named | None
    since: str
    registered_at: str
    severity: str | None
    category: dict[str, str]
    unit: str | None
    flags: dict[str, str]
    deadlines: list[LedgerDeadline]
    tasks: list[LedgerTask]
    next: NextTask | None
    acts: list[str]
    shows: list[ShownValue] | msgspec.UnsetType = msgspec.UNSET
    """What the ledger shows of the complaint. A frozen ledger has none."""


class Listed(NamedTuple):
    """A matter with its complaint and the version of the policy under which this stands."""

    policy: Policy
    complaint: Complaint
    matter: Matter


def matter(policy: Policy, complaint: Complaint, roles: Sequence[str]) -> Matter:
    """`policy`: of the complaint's own version."""
    return Matter(
        number=complaint.number,
        stage=complaint.stage,
        stage_name=_named(policy.document.stages[complaint.stage].name),
        since=to_text(complaint.since),
        registered_at=to_text(complaint.registered_at),
        severity=complaint.severity,
        category=complaint.category,
        unit=complaint.unit,
        flags=complaint.flags,
        deadlines=sorted(_deadlines(policy, complaint), key=lambda one: (one.due or "~", one.clock)),
        tasks=list(_tasks(policy, complaint, roles)),
        next=_next(policy, complaint, roles),
        acts=_acts(policy, complaint, roles),
    )


def _named(label: Label | None) -> Named | None:
    return None if label is None else label.to_json()


def _deadlines(policy: Policy, complaint: Complaint) -> Iterator[LedgerDeadline]:
    for run in complaint.runs:
        if not run.task:
            known = policy.clocks.get(run.clock)
            yield LedgerDeadline(
                clock=run.clock,
                name=_named(known.clock.name) if known else None,
                due=None if run.due is None else to_text(run.due),
                state=run.state,
            )


def _tasks(policy: Policy, complaint: Complaint, roles: Sequence[str]) -> Iterator[LedgerTask]:
    for key, task in complaint.tasks.items():
        if task.role in roles:
            run = run_of_task(complaint, key)
            yield LedgerTask(
                task=task.task,
                name=policy.document.tasks[task.task].name.to_json(),
                role=task.role,
                opened=to_text(task.opened),
                due=None if run is None or run.due is None else to_text(run.due),
                state=None if run is None else run.state,
            )


def _next(policy: Policy, complaint: Complaint, roles: Sequence[str]) -> NextTask | None:
    known = policy.document.tasks
    coming = [(at, name) for name, at in recurring.openings(policy, complaint) if known[name].role in roles]
    if not coming:
        return None
    at, name = min(coming)
    return NextTask(task=name, name=known[name].name.to_json(), role=known[name].role, opens=to_text(at))


def _acts(policy: Policy, complaint: Complaint, roles: Sequence[str]) -> list[str]:
    """A person is not known here, so no act that is only for people who are assigned or of the unit."""
    keeper = Asker("staff", "", tuple(Grant(role) for role in roles))
    listed = policy.document.stages[complaint.stage].acts
    return [name for name in open_acts.open_to(policy, complaint, keeper) if name in listed]


class LedgerView(msgspec.Struct, frozen=True, kw_only=True):
    """`month`: of a frozen ledger, otherwise null. `as_of`: when it was read. `policy`: the version that defines it.
    `units`: those to which the reader is restricted, or null. `complete`: false if a frozen ledger leaves out matters
    beyond its limit."""

    ledger: str
    name: Named
    month: str | None
    as_of: str
    policy: str
    units: list[str] | None
    complete: bool
    matters: list[Matter]
    cursor: str | None
