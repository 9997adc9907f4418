"""One step of a bulk: it collects complaints, or works on one slice of them.

A dry run collects the complaints first, in slices. The bulk itself works on the slices of its dry run, and acts on a
complaint only in the version that the dry run has seen. A repeated step finds what it did (`BulkAct.request`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker
from chalicelib.casework.composing.bulk_act import BulkAct
from chalicelib.features.bulk import lines, performing
from chalicelib.features.bulk.lines import SLICE, CaseLine
from chalicelib.features.bulk.order import MOST, BulkCursor, BulkFilter, Reasons, fields_of, has_kept
from chalicelib.features.worklists.desk_queue import TABS, Viewer
from chalicelib.features.worklists.staff_queue import kept, shown_rows
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.limits.exceeded import WAKE_STEPS, limited_work
from chalicelib.store.port import Page
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import NotMember

LOOKED_AT = 500
"""Rows of the shelf that one step looks at."""
MOST_REASONS = 50
"""Different reasons that are counted."""
LEFT = "The person who started it has left the organisation, or has lost a role since."
TOO_MANY = "More than 10,000 complaints match. Narrow the filter."


def step(claim: Claim) -> None:
    """`driver.Step`."""
    cursor, viewer = claim.job.at(BulkCursor), _viewer(claim)
    if viewer is None:
        _save(claim, cursor, state="stopped", reason=LEFT)
    elif cursor.collected:
        _work(claim, cursor)
    elif cursor.numbers:
        found = list(dict.fromkeys(cursor.numbers))
        _collect(claim, replace(cursor, collected=True, numbers=[]), found, slices=0)
    else:
        _look(claim, cursor, viewer)


def _viewer(claim: Claim) -> Viewer | None:
    """The person who started the job; None if they have lost a role, or are no member any more."""
    key = membership.key(claim.tenant, claim.job.by)
    entries = claim.wiring.store.get([key])
    try:
        person = membership.parse(entries.get(key))
    except NotMember:
        return None
    if not has_kept(person, claim.job.at(BulkCursor).grants):
        return None
    return Viewer(load_asker(claim.wiring.store, claim.tenant, entries, person.sub, claim.now), claim.now)


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
    rows = kept(shown_rows(page, viewer.asker), asked.criteria, viewer.asker.id)
    return [row.number for row in rows if TABS[asked.tab](row, viewer)]


def _collect(claim: Claim, cursor: BulkCursor, found: Sequence[str], *, slices: int) -> None:
    made = [found[first : first + SLICE] for first in range(0, len(found), SLICE)]
    writes = [
        lines.put(claim.tenant, claim.job, slices + position, [CaseLine(number=number) for number in numbers])
        for position, numbers in enumerate(made)
    ]
    cursor = replace(cursor, slices=slices + len(made))
    total = (claim.job.of or 0) + len(found)
    state: jobs.JobState = "done" if cursor.collected and not total else "running"
    claim.save(replace(claim.job, cursor=jobs.cursor(cursor), of=total, state=state), writes)


def _work(claim: Claim, cursor: BulkCursor) -> None:
    """Tries the act on one slice, or does it. The job has ended with its last slice."""
    wiring, job = claim.wiring, claim.job
    before = lines.read(wiring.store, claim.tenant, cursor.checked or job.id, cursor.slice)
    fields = fields_of(wiring.sealer, claim.tenant, job)
    asked = BulkAct(
        claim.tenant,
        job.by,
        str(job.asked["act"]),
        fields,
        job.id,
        claim.now,
        text_blocks=cursor.text_blocks,
        language=cursor.language,
    )
    after = [_line(claim, asked, line, is_trial=not cursor.checked) for line in before]
    counts = Counter(job.counts) + Counter(line.outcome for line in after)
    cursor = replace(cursor, slice=cursor.slice + 1, reasons=_counted(cursor.reasons, after))
    is_last = cursor.slice >= cursor.slices
    if is_last and (cursor.checked or not counts["possible"]):
        cursor = replace(cursor, sealed="")
    claim.save(
        replace(
            job,
            cursor=jobs.cursor(cursor),
            counts=dict(counts),
            done=job.done + len(after),
            state="done" if is_last else "running",
        ),
        [lines.put(claim.tenant, job, cursor.slice - 1, after)],
    )


def _line(claim: Claim, asked: BulkAct, line: CaseLine, *, is_trial: bool) -> CaseLine:
    with limited_work(WAKE_STEPS):
        if is_trial:
            return performing.tried(claim.wiring, asked, line.number)
        return performing.done(claim.wiring, asked, line)


def _counted(reasons: Reasons, found: Iterable[CaseLine]) -> Reasons:
    """With the reasons of these lines. Of too many different ones, those that came first."""
    counted = dict(reasons)
    for text in (line.text for line in found if line.text.en):
        if text.en in counted or len(counted) < MOST_REASONS:
            zh, number = counted.get(text.en, (text.zh, 0))
            counted[text.en] = zh, number + 1
    return counted


def _save(claim: Claim, cursor: BulkCursor, state: jobs.JobState, reason: str) -> None:
    claim.save(replace(claim.job, state=state, reason=reason, cursor=jobs.cursor(replace(cursor, sealed=""))))
