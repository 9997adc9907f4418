"""One step of switching all: one page of the list of open complaints, each by an ordinary command.

A complaint's switch and the job's count of it are one transaction, so that a crash or a second worker counts nothing
twice. The list moves while it is walked (a switch changes what is due next), so the walk is repeated until a pass
finds nothing to switch.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from chalicelib.casework import catch_up
from chalicelib.casework.case import case_in, read
from chalicelib.casework.commands import switch_policy as single
from chalicelib.casework.commands.switch_policy import Switched
from chalicelib.casework.jobs.switch_all import terms_of
from chalicelib.complaints.switching import plan
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict

SHELVES = ("open", "pending", "supervision")
PAGE = 50
MOST_PASSES = 5
MOST_LISTED = 100
ATTEMPTS = 3
_OF_A_PASS = ("refused", "kept")
"""What is counted anew in each pass."""


NO_OWNER = "Who asked for it is no owner any more."


def step(claim: Claim) -> None:
    """`driver.Step`."""
    walk = _Walk(claim)
    place = walk.place
    shelf = SHELVES[place.get("shelf", 0)]
    page = claim.wiring.store.listed(keys.shelf(claim.tenant, shelf), limit=PAGE, after=place.get("after"))
    if not walk.still_owner():
        walk.save(place, state="stopped", reason=NO_OWNER)
        return
    place = {**place, "seen": place.get("seen", 0) + len(page.entries)}
    for entry in page.entries:
        walk.visit(msgspec.json.decode(entry.row or "{}", type=dict[str, Any]))
    if page.after is not None:
        walk.save({**place, "after": dict(page.after)})
    elif place.get("shelf", 0) + 1 < len(SHELVES):
        walk.save({**place, "after": None, "shelf": place.get("shelf", 0) + 1})
    else:
        walk.end_pass(place["seen"])


class _Walk:
    """One page. `counts` and `listed` wait for the page's end."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.wiring = claim.wiring
        self.tenant = claim.tenant
        self.now = claim.now
        self.place = claim.job.at(dict[str, Any])
        self.terms = terms_of(claim.job)
        self.dry = bool(claim.job.asked["dry_run"])
        self.counts: Counter[str] = Counter()
        self.listed: dict[str, list[Any]] = {name: list(of_it) for name, of_it in claim.job.listed.items()}

    @property
    def job(self) -> Job:
        return self.claim.job

    def still_owner(self) -> bool:
        key = keys.membership(self.tenant, self.job.by)
        try:
            single.only_owners(self.wiring.store.get([key]), key)
        except Problem:
            return False
        return True

    def visit(self, row: dict[str, Any]) -> None:
        if row.get("policy") != self.job.asked["to"]:
            self._switch(row["number"])

    def _switch(self, number: str) -> None:
        new = self.wiring.compiled.get(self.wiring.store, self.tenant, self.job.asked["to"])
        for _ in range(ATTEMPTS):
            try:
                self._attempt(number, new)
            except Problem as problem:
                self._refused(number, problem.kind, problem.detail, [place.pointer for place in problem.places])
            except CommitConflict:
                self.claim.check()
                continue
            return
        self._refused(number, "conflict", "Others acted on the complaint at the same time.", [])

    def _attempt(self, number: str, new: Policy) -> None:
        case = case_in(self.wiring, self.tenant, number, read(self.wiring, self.tenant, number))
        if self.dry:
            complaint = catch_up.present(case, self.now).complaint
        else:
            flow = catch_up.advanced(self.wiring, self.tenant, case, self.now)
            complaint = single.recorded(self.wiring, self.tenant, flow, self.now)
        job = self.job
        done = single.switched(self.wiring, self.tenant, complaint, new, self.terms, job.by, self.now, job.id)
        if done.plan.kept == "current":
            return  # the list was behind
        if done.plan.kept is not None:
            self.counts["kept"] += 1
        elif self.dry:
            self._would(number, done)
        else:
            self._commit(done)

    def _would(self, number: str, done: Switched) -> None:
        self.counts.update(_effects(done))
        if done.plan.breaches:
            self._list("breached", number)

    def _commit(self, done: Switched) -> None:
        plan.refuse_breaches(done.plan, self.terms)
        after = msgspec.structs.replace(self.job, counts=dict(Counter(self.job.counts) + Counter(_effects(done))))
        self.claim.save(after, done.writes)

    def _refused(self, number: str, kind: str, detail: str, pointers: list[str]) -> None:
        self.counts["refused"] += 1
        self._list("refused", {"number": number, "problem": kind, "detail": detail, "pointers": pointers})

    def _list(self, name: str, what: Any) -> None:
        found = self.listed.setdefault(name, [])
        if len(found) < MOST_LISTED:
            found.append(what)

    def end_pass(self, seen: int) -> None:
        place = self.place
        switched = self.job.counts.get("switched", 0)
        passes = place.get("passes", 0) + 1
        again = not self.dry and switched > place.get("switched", 0) and passes < MOST_PASSES
        if not again:
            self.save({"passes": passes, "seen": seen}, state="done")
            return
        self.counts = Counter({name: -self.job.counts.get(name, 0) for name in _OF_A_PASS})
        self.listed.pop("refused", None)
        self.save({"passes": passes, "switched": switched})

    def save(self, place: dict[str, Any], state: jobs.JobState = "running", reason: str | None = None) -> None:
        """Raises `Lost`."""
        counts = {name: self.job.counts.get(name, 0) + self.counts[name] for name in {*self.job.counts, *self.counts}}
        done, of = self._progress(place.get("seen", 0), over=state == "done")
        after = msgspec.structs.replace(
            self.job,
            cursor=jobs.cursor(place),
            done=done,
            of=of,
            counts=counts,
            listed=self.listed,
            state=state,
            reason=reason,
        )
        self.claim.save(after)

    def _progress(self, seen: int, *, over: bool) -> tuple[int, int | None]:
        """Complaints that were looked at, of those that the dry run found: more or fewer may be open since."""
        done = max(self.job.done, seen)
        if over:
            return done, done
        return (done, None) if self.job.of is None else (min(done, self.job.of), self.job.of)


def _effects(done: Switched) -> dict[str, int]:
    """The switch, and its deadlines by what became of them."""
    found = Counter(change.effect for change in done.plan.changes)
    breached = {"breached": 1} if done.plan.breaches else {}
    return {"switched": 1, **{f"deadlines_{name}": count for name, count in found.items()}, **breached}
