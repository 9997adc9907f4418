"""One step of a bulk: it collects complaints, or works on one slice of them.

A dry run collects the complaints first, in slices. The bulk itself works on the slices of its dry run, and acts on a
complaint only in the version that the dry run has seen. A repeated step finds what it did (`BulkAct.request`). A job
that is stopped goes on to the last slice, but only lists what is left as not done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker
from chalicelib.casework.composing.bulk_act import BulkAct
from chalicelib.casework.due_days import calendar_in_force
from chalicelib.features.bulk import lines, performing
from chalicelib.features.bulk.lines import LEFT_OVER, SLICE, CaseLine
from chalicelib.features.bulk.order import MOST, BulkCursor, BulkFilter, Reasons, fields_of, has_kept
from chalicelib.features.worklists.desk_queue import TABS, Viewer
from chalicelib.features.worklists.staff_queue import kept, shown_rows
from chalicelib.jobs import cancellation
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import Instant
from chalicelib.limits.exceeded import WAKE_STEPS, limited_work
from chalicelib.store.port import Entry, Key, Page, Write
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership, NotMember

LOOKED_AT = 500
"""Rows of the shelf that one step looks at."""
MOST_REASONS = 50
"""Different reasons that are counted."""
LEFT = "The person who started it has left the organisation, or has lost a role since."
REVOKED = "The key of the program account that started it was revoked, or the account has ended."
TOO_MANY = "More than 10,000 complaints match. Narrow the filter."


def step(claim: Claim) -> None:
    """`driver.Step`."""
    cursor, job = claim.job.at(BulkCursor), claim.job
    person_key = membership.caller_key(claim.tenant, job.by)
    entries = claim.wiring.store.get([person_key, cancellation.key(claim.tenant, job.id)])
    person = _person(entries.get(person_key), cursor)
    lost = _lost_key(entries.get(person_key), cursor, claim.now) or ("" if person else LEFT)
    why = cursor.stopped or cancellation.why_cancelled(claim.tenant, job, entries) or lost
    cursor = _stopped(cursor, why) if why else cursor
    if cursor.collected:
        _work(claim, cursor)
    elif cursor.numbers:
        found = list(dict.fromkeys(cursor.numbers))
        _collect(claim, replace(cursor, collected=True, numbers=[]), found, slices=0)
    elif why or person is None:
        _collect(claim, replace(cursor, collected=True), [], slices=cursor.slices)
    else:
        calendar = calendar_in_force(claim.wiring, claim.tenant, claim.now)
        asker = load_asker(claim.wiring.store, claim.tenant, entries, person.sub, claim.now)
        _look(claim, cursor, Viewer(asker, claim.now, calendar))


def _person(entry: Entry | None, cursor: BulkCursor) -> Membership | None:
    """Who started the job; None if they have lost a role, or are no member any more."""
    try:
        person = membership.parse(entry)
    except NotMember:
        return None
    return person if has_kept(person, cursor.grants) else None


def _lost_key(entry: Entry | None, cursor: BulkCursor, now: Instant) -> str:
    """Why a program account's job ends: its key is not valid any more. Empty for a person's, and if it is valid."""
    if not cursor.key:
        return ""
    from chalicelib.tenants.people import program_accounts  # few bulks are asked for by programs

    account = None if entry is None else program_accounts.read(entry)
    return "" if account is not None and account.lives(cursor.key, now) else REVOKED


def _stopped(cursor: BulkCursor, why: str) -> BulkCursor:
    return replace(cursor, stopped=why, sealed="")


def _look(claim: Claim, cursor: BulkCursor, viewer: Viewer) -> None:
    """Collects from one page of the shelf. The order of the shelf changes meanwhile, so a complaint can come again."""
    asked = msgspec.convert(claim.job.asked["filter"], BulkFilter)
    page = snapshot.listed(claim.wiring.store, claim.tenant, asked.shelf, LOOKED_AT, cursor.after)
    known = {line.number for line in lines.read_all(claim.wiring.store, claim.tenant, claim.job.id)}
    found = [number for number in _matching(page, asked, viewer) if number not in known]
    if len(known) + len(found) > MOST:
        raise PermanentFailure(TOO_MANY)
    after = None if page.after is None else dict(page.after)
    _collect(claim, replace(cursor, after=after, collected=after is None), found, slices=cursor.slices)


def _matching(page: Page, asked: BulkFilter, viewer: Viewer) -> list[str]:
    """As the queue shows them: on the tab, with the filters."""
    rows = kept(shown_rows(page, viewer.asker), asked.criteria, viewer.look)
    return [row.number for row in rows if TABS[asked.tab](row, viewer)]


def _collect(claim: Claim, cursor: BulkCursor, found: Sequence[str], *, slices: int) -> None:
    made = [found[first : first + SLICE] for first in range(0, len(found), SLICE)]
    writes = [
        lines.put(claim.tenant, claim.job, slices + position, [CaseLine(number=number) for number in numbers])
        for position, numbers in enumerate(made)
    ]
    cursor = replace(cursor, slices=slices + len(made))
    total = (claim.job.of or 0) + len(found)
    _save(claim, cursor, replace(claim.job, of=total), writes, over=cursor.collected and not total)


def _work(claim: Claim, cursor: BulkCursor) -> None:
    """Tries the act on one slice, or does it. The job has ended with its last slice."""
    job = claim.job
    before = lines.read(claim.wiring.store, claim.tenant, cursor.checked or job.id, cursor.slice)
    asked = _asked(claim, cursor)
    after = [] if cursor.stopped else [*_found(claim, asked, before, is_trial=not cursor.checked)]
    if len(after) < len(before):
        after += _left_over(claim, asked, before[len(after) :])
        cursor = _stopped(cursor, cursor.stopped or _cancelled(claim))
    counts = Counter(job.counts) + Counter(line.outcome for line in after)
    first = cursor.first or next((line.number for line in after if line.outcome == "possible"), "")
    cursor = replace(cursor, slice=cursor.slice + 1, reasons=_counted(cursor.reasons, after), first=first)
    is_last = cursor.slice >= cursor.slices
    if is_last and (cursor.checked or not counts["possible"]):
        cursor = replace(cursor, sealed="")
    changed = replace(job, counts=dict(counts), done=job.done + len(after))
    _save(claim, cursor, changed, [lines.put(claim.tenant, job, cursor.slice - 1, after)], over=is_last)


def _asked(claim: Claim, cursor: BulkCursor) -> BulkAct:
    """Without fields once the job is stopped."""
    job = claim.job
    return BulkAct(
        claim.tenant,
        job.by,
        str(job.asked["act"]),
        {} if cursor.stopped else fields_of(claim.wiring.sealer, claim.tenant, job),
        job.id,
        claim.now,
        text_blocks=cursor.text_blocks,
        language=cursor.language,
    )


def _found(claim: Claim, asked: BulkAct, before: Iterable[CaseLine], *, is_trial: bool) -> Iterator[CaseLine]:
    """What becomes of each, until the job is cancelled. A dry run changes nothing, so it ends its slice."""
    for line in before:
        if not is_trial and line.outcome in LEFT_OVER and _cancelled(claim):
            return
        with limited_work(WAKE_STEPS):
            yield (
                performing.tried(claim.wiring, asked, line.number)
                if is_trial
                else performing.done(claim.wiring, asked, line)
            )


def _cancelled(claim: Claim) -> str:
    """Why; empty if the job goes on."""
    wanted = cancellation.key(claim.tenant, claim.job.id)
    return cancellation.why_cancelled(claim.tenant, claim.job, claim.wiring.store.get([wanted]))


def _left_over(claim: Claim, asked: BulkAct, rest: Sequence[CaseLine]) -> list[CaseLine]:
    """The lines of complaints on which a stopped job does not act. An earlier try of the step can have acted on some,
    before it died."""
    records = {line.number: asked.request(line.number).record_key for line in rest if line.outcome in LEFT_OVER}
    acted: Mapping[Key, Entry] = {}
    if claim.job.tries > 1 and records:
        acted = claim.wiring.store.get(list(records.values()))
    return [
        replace(line, outcome="done" if records[line.number] in acted else "not_done")
        if line.number in records
        else line
        for line in rest
    ]


def _counted(reasons: Reasons, found: Iterable[CaseLine]) -> Reasons:
    """With the reasons of these lines. Of too many different ones, those that came first."""
    counted = dict(reasons)
    for text in (line.text for line in found if line.text.en):
        if text.en in counted or len(counted) < MOST_REASONS:
            zh, number = counted.get(text.en, (text.zh, 0))
            counted[text.en] = zh, number + 1
    return counted


def _save(claim: Claim, cursor: BulkCursor, changed: Job, writes: Sequence[Write], *, over: bool) -> None:
    """`over`: this was the last step."""
    state: jobs.JobState = "running" if not over else "stopped" if cursor.stopped else "done"
    reason = cursor.stopped if state == "stopped" else None
    claim.save(replace(changed, state=state, reason=reason, cursor=jobs.cursor(cursor)), writes)
