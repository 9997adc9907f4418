"""Tells the complainants of open complaints that a draft is open for their comments: a job, some numbers at a time.

The message of a complaint and the job's place are one transaction, so that a crash or a second worker does not tell
anyone twice. The job ends early when the draft changes: it is not open any more then.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, numbers, snapshot
from chalicelib.casework.loading import load
from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.complaints.envelope import EventFields
from chalicelib.complaints.state import Complaint
from chalicelib.features.policies import draft
from chalicelib.features.policies.telling import OPENED
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Write
from chalicelib.tenants.owner_command import OwnerCommand

JOB_KIND = "draft-opening"
NUMBERS = 50
"""Numbers in one step."""
_CHANGED = "The draft is no longer open for comments."


class _Cursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`months`: with the numbers that were assigned when the job began. Later complaints need no message."""

    months: list[Month] = []
    place: NumberPosition = NumberPosition()


def job_id(etag: str) -> str:
    """`etag`: of the draft's revision, whose opening is told once."""
    return f"{JOB_KIND}-{etag}"


def new(command: OwnerCommand, etag: str, about: str, said: EventFields) -> Write:
    """For the commit that opens the draft. `about`: the id of its event on the organisation's record. `said`: the
    placeholders of the message."""
    asked = {"draft": etag, "about": about, "said": said}
    job = Job(id=job_id(etag), kind=JOB_KIND, by=command.sub, started=command.now, asked=asked)
    return jobs.new(command.tenant, job)


def step(claim: Claim) -> None:
    """`driver.Step`."""
    store, tenant, cursor = claim.wiring.store, claim.tenant, claim.job.at(_Cursor)
    saved = draft.stored_draft(store.get(draft.draft_keys(tenant)), tenant)
    if saved is None or saved.draft.etag != claim.job.asked["draft"]:
        claim.save(replace(claim.job, state="stopped", reason=_CHANGED))
        return
    months = cursor.months or numbers.months(store, tenant)
    page, following = numbers.next_page(months, cursor.place, NUMBERS)
    for complaint in snapshot.read_complaints(store, tenant, page):
        if _is_open(claim.wiring.compiled.get(tenant, complaint.policy), complaint):
            _tell(claim, complaint.number, months)
    after = _Cursor(months=months, place=following or NumberPosition())
    claim.save(replace(claim.job, cursor=jobs.cursor(after), state="running" if following else "done"))


def _is_open(policy: Policy, complaint: Complaint) -> bool:
    return not policy.document.stages[complaint.stage].is_end


def _tell(claim: Claim, number: str, months: list[Month]) -> None:
    try:
        retry_or_refuse(lambda: _attempt(claim, number, months), "Others acted on the complaint at the same time.")
    except Problem:
        counts = {**claim.job.counts, "refused": claim.job.counts.get("refused", 0) + 1}
        claim.save(replace(claim.job, counts=counts, cursor=_behind(number, months)))


def _attempt(claim: Claim, number: str, months: list[Month]) -> None:
    wiring, tenant, now = claim.wiring, claim.tenant, claim.now
    case = load(wiring.store, wiring.compiled, CaseRef(tenant, number))
    flow = due_events.apply(wiring.store, wiring.sealer, tenant, case, now)
    if not _is_open(flow.policy, flow.complaint):
        return
    at = max(now, flow.complaint.at)
    asked = claim.job.asked
    said = asked.get("said", {})  # jobs of an earlier release have none
    flow.notify(["complainant"], about=asked["about"], at=at, wording=OPENED, due=None, **said)
    _, writes = commit.writes(wiring.sealer, tenant, flow, now)
    claim.save(replace(claim.job, done=claim.job.done + 1, cursor=_behind(number, months)), writes)


def _behind(number: str, months: list[Month]) -> msgspec.Raw:
    """The place behind the number."""
    name, _, last = number.partition("-")
    index = next(at for at, month in enumerate(months) if month.name == name)
    return jobs.cursor(_Cursor(months=months, place=NumberPosition(index, int(last))))
