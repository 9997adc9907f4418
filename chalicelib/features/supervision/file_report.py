"""Command: report the office, or people in it. No account is needed (P1.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit
from chalicelib.crypto import receipts
from chalicelib.features.supervision import events, reference
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.events import REPORTER, Draft, Loaded
from chalicelib.features.supervision.people import independence, naming, ties
from chalicelib.features.supervision.report import About, Particulars, Report, To, puts
from chalicelib.kit.decoding import CaseNumber, RequestDocument, SeenText
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem
from chalicelib.ports import Secrets
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Write
from chalicelib.tenants import organisation, practice
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

Notice = Callable[[str, str, str, Instant], Write]
"""The write of a message to a handler: tenant, reader, id of the event, time. It has no content of the report."""


class NewReport(RequestDocument, frozen=True, kw_only=True):
    """`to`: who shall read it: supervisors of the organisation or, to keep it from all its members, the operators of
    the service. `complaint`: the number of the complaint that it concerns. `contact`: how to reach the reporter, if
    they wish."""

    about: About
    to: To
    text: Annotated[SeenText, msgspec.Meta(max_length=8000)]
    complaint: CaseNumber | None = None
    contact: Annotated[SeenText, msgspec.Meta(max_length=200)] | None = None


class FiledReport(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: the report's reference. `receipt`: shown only now. With it, the reporter reads the answers and adds to the
    report."""

    id: str
    receipt: str


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """`sub`: of a caller who has signed in. `place`: pseudonym of the source address, by which reports are limited."""

    tenant: str
    sub: str | None
    payload: NewReport
    request: Request
    place: str
    notice: Notice
    now: Instant


def file_report(wiring: Wiring, command: FileReport) -> Answer:
    """201 with a `FiledReport`, the same for all handlers. The id follows from the Idempotency-Key, so that a
    repetition needs no item of its own.

    Raises `Problem`: `practice`, `invalid`, `idempotency-key-reused`, `too-many-requests`, `conflict`, `unavailable`
    under a policy of which only a later release knows every word.
    """
    practice.refuse(command.tenant)  # the operators could get it
    about = command.payload.about
    if not (about.office or about.people or about.names):
        place = Place("/about", "must name the office, people or names")
        raise Problem("invalid", "The report cannot be taken as it is.", places=[place])
    for report_id in reference.of_request(wiring.secrets, command.request):
        if known := events.find(wiring.store, wiring.sealer, command.tenant, report_id):
            return _repeated(wiring, command, known)
    org = organisation.load(wiring.store, command.tenant)
    found = _particulars(wiring, command, org)
    if found.by is None:
        wiring.filings.take(command.tenant, command.place, org.limits)
    return _store(wiring, command, found)


def _repeated(wiring: Wiring, command: FileReport, known: Loaded) -> Answer:
    if known.particulars.body_hash != command.request.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    key_id = known.report.receipt.partition(".")[0]
    receipt, _ = _issue(wiring.secrets, command, known.report.id, key_id)
    return Answer.of(201, FiledReport(id=known.report.id, receipt=receipt), replayed=True)


def _issue(secrets: Secrets, command: FileReport, report_id: str, key_id: str | None = None) -> tuple[str, str]:
    return receipts.issue(secrets, CaseRef(command.tenant, report_id), command.request.key, key_id)


def _particulars(wiring: Wiring, command: FileReport, org: Organisation) -> Particulars:
    people = [one for one in queries.all_people(wiring.store, command.tenant) if one.active]
    in_force = wiring.compiled.get(command.tenant, org.policy_at(command.now))
    commit.check_words(command.tenant, in_force)  # who reads it is sealed with it
    policy = in_force.document
    roles = [] if policy.supervision is None else policy.supervision.by
    payload, members = command.payload, {one.sub for one in people}
    by = command.sub if command.sub in members else None
    supervisors = [one.sub for one in people if {*one.roles} & {*roles}]
    titles = ties.titles(policy.people, roles)
    called = sorted({text for role, texts in titles.items() if role in roles for text in texts})
    meant = ties.meant_by(payload.about.names, people, titles)
    named = sorted(meant.people | naming.named_in([payload.text], people, called))
    stays = payload.to == "supervisors" and meant.known
    owned = stays and meant.people.isdisjoint(supervisors)
    return Particulars(
        about=payload.about,
        to=payload.to,
        complaint=payload.complaint,
        contact=payload.contact,
        by=by,
        body_hash=command.request.body_hash,
        roles=roles,
        titles=called,
        supervisors=supervisors if stays else [],
        owners=[one.sub for one in people if one.may(OWNER)] if owned else [],
        excluded=list(dict.fromkeys([*([by] if by else []), *payload.about.people, *named])),
    )


def _store(wiring: Wiring, command: FileReport, found: Particulars) -> Answer:
    report_id, at = reference.of_request(wiring.secrets, command.request)[0], to_text(command.now)
    handled = independence.standing(wiring.store, command.tenant, found, command.now)
    custody = Custody(command.tenant, report_id, operators=handled.level == "operators")
    receipt, key_id = _issue(wiring.secrets, command, report_id)
    kept = receipts.keyed_hash(wiring.secrets, CaseRef(command.tenant, report_id), receipt, key_id)
    report = Report(id=report_id, at=at, changed=at, receipt=kept)
    report = replace(report, sealed=custody.seal(wiring.sealer, found))
    first = Draft("reported", REPORTER, command.payload.text)
    added = events.add(wiring.sealer, custody, report, first, command.now)
    writes: list[Write] = [*puts(custody, added.report), added.put]
    event_id = added.stored.event.id
    writes += [command.notice(command.tenant, sub, event_id, command.now) for sub in handled.roles]
    try:
        with custody.bound():
            wiring.store.commit(writes)
    except CommitConflict:
        known = events.find(wiring.store, wiring.sealer, command.tenant, report_id)
        if known is None:
            raise Problem("conflict", "The report was not taken. Repeat the request.") from None
        return _repeated(wiring, command, known)
    custody.tell_operators()
    return Answer.of(201, FiledReport(id=report_id, receipt=receipt))
