"""One step of `switch_all`: it switches the complaints of one page of the open complaints.

A complaint's switch and the job's count of it are one transaction, so that a crash or a second worker does not count a
complaint twice. A switch changes what is due next, and so the order of the list. Passes over the list are therefore
repeated until one of them switches no complaint.
"""

from __future__ import annotations

import copy
from collections import Counter
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.casework import due_events, snapshot
from chalicelib.casework.authorization import is_excluded, load_asker
from chalicelib.casework.loading import load
from chalicelib.casework.queue_row import QueueRow
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.switching import plan
from chalicelib.features.switching import switch_policy
from chalicelib.features.switching.switch_all import terms_of
from chalicelib.features.switching.switch_policy import PlannedSwitch, SwitchOrder
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job, RefusedComplaint
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import WAKE_STEPS, limited_work
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.people import membership

SHELVES = ("open", "pending", "supervision")
PAGE = 50
MOST_PASSES = 5
MOST_LISTED = 100
_RESET_PER_PASS = ("refused", "kept", "excluded")
"""Counts that start at zero in each pass."""
NO_OWNER = "The person who started it is no longer an owner."
_T = TypeVar("_T")


class _SwitchAllCursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The job's place: the passes done, the complaints switched in them and seen in this one, a position on a shelf.

    `after` is null at the start of a later shelf, and absent at the start of a pass.
    """

    passes: int | None = None
    switched: int | None = None
    seen: int | None = None
    after: dict[str, str] | msgspec.UnsetType | None = msgspec.UNSET
    shelf: int | None = None


def step(claim: Claim) -> None:
    """`driver.Step`."""
    switcher = _PageSwitcher(claim)
    cursor = switcher.cursor
    shelf = cursor.shelf or 0
    page = snapshot.listed(claim.wiring.store, claim.tenant, SHELVES[shelf], PAGE, cursor.after or None)
    owner = switcher.owner()
    if owner is None:
        switcher.save(cursor, state="stopped", reason=NO_OWNER)
        return
    cursor = replace(cursor, seen=(cursor.seen or 0) + len(page.entries))
    for row in snapshot.parse_rows(page.entries):
        switcher.switch_if_needed(row, owner)
    if page.after is not None:
        switcher.save(replace(cursor, after=dict(page.after)))
    elif shelf + 1 < len(SHELVES):
        switcher.save(replace(cursor, after=None, shelf=shelf + 1))
    else:
        switcher.end_pass(cursor.seen or 0)


class _PageSwitcher:
    """Switches the complaints of one page. `counts` and `listed` are saved at the end of the page."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.wiring = claim.wiring
        self.tenant = claim.tenant
        self.now = claim.now
        self.cursor = claim.job.at(_SwitchAllCursor)
        self.terms = terms_of(claim.job)
        self.dry_run = bool(claim.job.asked["dry_run"])
        self.counts: Counter[str] = Counter()
        self.listed = copy.deepcopy(claim.job.listed)

    @property
    def job(self) -> Job:
        return self.claim.job

    def owner(self) -> Asker | None:
        """The person who started the job; None if they are no longer an owner."""
        key = membership.key(self.tenant, self.job.by)
        entries = self.wiring.store.get([key])
        try:
            switch_policy.check_owner(entries, key)
        except Problem:
            return None
        return load_asker(self.wiring.store, self.tenant, entries, self.job.by, self.now)

    def switch_if_needed(self, row: QueueRow, owner: Asker) -> None:
        """Switch the complaint of a list row, unless the row shows that it has the new version already."""
        if row.policy != self.job.asked["to"]:
            self._switch(row.number, owner)

    def _switch(self, number: str, owner: Asker) -> None:
        new = self.wiring.compiled.get(self.tenant, self.job.asked["to"])
        order = SwitchOrder(
            tenant=self.tenant, new=new, terms=self.terms, sub=self.job.by, now=self.now, job=self.job.id
        )
        try:
            with limited_work(WAKE_STEPS):
                retry_or_refuse(
                    lambda: self._attempt(number, order, owner), "Others acted on the complaint at the same time."
                )
        except Problem as problem:
            self._refused(number, problem)

    def _attempt(self, number: str, order: SwitchOrder, owner: Asker) -> None:
        """Of a complaint that excludes the owner only that: another owner switches it."""
        case = load(self.wiring.store, self.wiring.compiled, CaseRef(self.tenant, number))
        if is_excluded(case.complaint, owner):
            self.counts["excluded"] += case.complaint.policy != order.new.version
            return
        if self.dry_run:
            complaint = due_events.preview(case, self.now).complaint
        else:
            flow = due_events.apply(self.wiring.store, self.wiring.sealer, self.tenant, case, self.now)
            complaint = due_events.record(self.wiring.store, self.wiring.sealer, self.tenant, flow, self.now)
        planned = switch_policy.plan_switch(self.wiring, order, complaint)
        if planned.plan.kept_reason == "current":
            return  # the list was not up to date
        if planned.plan.kept_reason is not None:
            self.counts["kept"] += 1
        elif self.dry_run:
            self._count_dry_run(number, planned)
        else:
            self._commit(planned)

    def _count_dry_run(self, number: str, planned: PlannedSwitch) -> None:
        """Counts as `_commit`, and refuses what that refuses."""
        if planned.plan.breaches:
            _add(self.listed.setdefault("breached", []), number)
        plan.refuse_breaches(planned.plan, self.terms)
        self.counts.update(_effects(planned))

    def _commit(self, planned: PlannedSwitch) -> None:
        plan.refuse_breaches(planned.plan, self.terms)
        counts = Counter(self.job.counts) + Counter(_effects(planned))
        self.claim.save(replace(self.job, counts=dict(counts)), planned.writes)

    def _refused(self, number: str, problem: Problem) -> None:
        self.counts["refused"] += 1
        pointers = [place.pointer for place in problem.places]
        detail = " ".join([problem.detail, "; ".join(f"{one.pointer} {one.detail}" for one in problem.places)]).rstrip()
        refused = RefusedComplaint(number=number, problem=problem.kind, detail=detail, pointers=pointers)
        _add(self.listed.setdefault("refused", []), refused)

    def end_pass(self, seen: int) -> None:
        """End the job, or start another pass if this one switched complaints: at most `MOST_PASSES` passes.

        `seen`: the complaints on the pages of this pass. Raises as `save`.
        """
        switched = self.job.counts.get("switched", 0)
        passes = (self.cursor.passes or 0) + 1
        again = not self.dry_run and switched > (self.cursor.switched or 0) and passes < MOST_PASSES
        if not again:
            self.save(_SwitchAllCursor(passes=passes, seen=seen), state="done")
            return
        self.counts = Counter({name: -self.job.counts.get(name, 0) for name in _RESET_PER_PASS})
        self.listed.pop("refused", None)
        self.save(_SwitchAllCursor(passes=passes, switched=switched))

    def save(self, cursor: _SwitchAllCursor, state: jobs.JobState = "running", reason: str | None = None) -> None:
        """Save the cursor, the counts and the lists. Raises `CommitConflict` or `ClaimLost` (see `Claim.save`)."""
        counts = {name: self.job.counts.get(name, 0) + self.counts[name] for name in {*self.job.counts, *self.counts}}
        done, of = self._progress(cursor.seen or 0, over=state == "done")
        after = replace(
            self.job,
            cursor=jobs.cursor(cursor),
            done=done,
            of=of,
            counts=counts,
            listed=self.listed,
            state=state,
            reason=reason,
        )
        self.claim.save(after)

    def _progress(self, seen: int, *, over: bool) -> tuple[int, int | None]:
        """Processed complaints, and their total: the count of the dry run, which can be out of date, or None."""
        done = max(self.job.done, seen)
        if over:
            return done, done
        return (done, None) if self.job.of is None else (min(done, self.job.of), self.job.of)


def _add(listed: list[_T], item: _T) -> None:
    """Add the item to `listed`, up to its maximum length. Further items are only counted, by the caller."""
    if len(listed) < MOST_LISTED:
        listed.append(item)


def _effects(planned: PlannedSwitch) -> dict[str, int]:
    """The counts of one switch: itself, its deadlines by effect (`deadlines_<effect>`), and breaches."""
    deadlines = Counter(change.effect for change in planned.plan.changes)
    breached = {"breached": 1} if planned.plan.breaches else {}
    return {"switched": 1, **{f"deadlines_{name}": count for name, count in deadlines.items()}, **breached}
