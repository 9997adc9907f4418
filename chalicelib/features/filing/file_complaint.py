"""File a complaint: it is registered and gets a number, a receipt and deadlines."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec.structs import asdict, replace

from chalicelib.casework import commit, due_events, fact_lookups, loading
from chalicelib.casework.authorization import Credential, load_asker
from chalicelib.casework.numbers import take_number
from chalicelib.casework.views import deadline_views
from chalicelib.casework.views.complaint_views import similar_address
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints import filing
from chalicelib.complaints.acting import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, EventDraft
from chalicelib.complaints.filing import Arrival, Filing
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.complaints.runs import can_be_late, latest
from chalicelib.complaints.state import Complaint
from chalicelib.crypto import receipts
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.limits.plans import DEFAULT, PLANS
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Key, Store
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.publication.policy_version import version_at
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.limits.daily_filings import DailyFilings

_Name = Annotated[SeenText, msgspec.Meta(max_length=100)]


class ReceivedEarlier(RequestDocument, frozen=True, kw_only=True):
    """`at`: when the complaint arrived. `fields`: those that the policy's `intake.received` needs."""

    at: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)


class FileComplaint(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    credential: Credential
    filing: Filing
    request: Request | None
    now: Instant
    received: ReceivedEarlier | None = None
    place: str = ""
    """For a filing without signing in: the pseudonym of the source address, by which filings are limited."""
    source: str = ""
    """The same for all organisations together (`sources.pseudonym`)."""


class NewComplaint(RequestDocument, frozen=True, kw_only=True):
    """`facts`: values by the policy's dotted keys. `category`: a value, or a value by dimension."""

    channel: _Name
    facts: dict[str, FieldValue]
    severity: _Name | None = None
    category: _Name | dict[str, str] | None = None
    subject: _Name | None = None
    unit: _Name | None = None
    language: Literal["zh", "en"] | None = None
    """The language of emails to the complainant; by default the organisation's."""
    received: ReceivedEarlier | None = None
    """For a complaint that arrived earlier. Only staff may give it, if the policy allows it."""

    @property
    def filing(self) -> Filing:
        return Filing(**{name: value for name, value in asdict(self).items() if name != "received"})


class FiledComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """`similar`: for a member, the address of the complaints with a similar text."""

    number: str
    stage: str
    severity: str | None
    receipt: str
    deadlines: list[DeadlineView]
    similar: str | msgspec.UnsetType = msgspec.UNSET


class _Filed(msgspec.Struct, frozen=True, kw_only=True):
    """The stored answer. `receipt_key`: the id of the server key with which a replay makes the same receipt."""

    number: str
    stage: str
    severity: str | None
    receipt_key: str


def file_complaint(wiring: Wiring, command: FileComplaint) -> Answer:
    """201 with a `FiledComplaint`.

    Raises `Problem`: `invalid`, `forbidden`, `quota-exceeded`, `too-many-requests`, `conflict`.
    """
    request = command.request
    filing_key = request.key if request else secrets.token_urlsafe(24)
    entries = _read(wiring.store, command, request)
    asker = _asker(wiring.store, command, entries)  # before the replay: a removed member must not get the receipt
    if request is not None and (known := _replay(wiring, command, request, entries)):
        return known
    org = _organisation(entries, command.tenant)
    check_unit(org, command.filing.unit)
    policy, arrival = governing(wiring, command, org)
    commit.check_words(command.tenant, policy)  # before a number is taken
    actor = actor_for(policy, asker, command.filing.channel)
    new = with_repeat(wiring, command, policy, actor)
    accepted = filing.check(policy, new, command.now, arrival=arrival, by_staff=asker is not COMPLAINANT)
    _count_for_source(wiring.filings, command, org, policy, accepted)
    number = take_number(wiring.store, command.tenant, org, policy, command.now)
    receipt, key_id = receipts.issue(wiring.secrets, CaseRef(command.tenant, number), filing_key)
    stored = receipts.keyed_hash(wiring.secrets, CaseRef(command.tenant, number), receipt, key_id)
    flow = filing.register(policy, accepted, number=number, receipt=stored, actor=actor, now=command.now)
    complete = advance.advance(flow, command.now)  # what was late before it was filed
    due_events.tell_of_unstaffed_duties(wiring.store, command.tenant, flow, None)
    promised = _promised(flow, command.now, complete, public=asker is COMPLAINANT)
    complaint, writes = commit.writes(wiring.sealer, command.tenant, flow, command.now)
    writes.extend(
        fact_lookups.writes(wiring.secrets, command.tenant, policy.document.intake, accepted.all_values, number)
    )
    filed = _Filed(number=number, stage=complaint.stage, severity=complaint.severity, receipt_key=key_id)
    if request is not None:
        earlier = entries.get(request.record_key)
        writes.append(idempotency_records.put(request, Answer.of(201, filed), wiring.real_clock(), found=earlier))
    try:
        wiring.store.commit(writes)
    except CommitConflict:
        return _after_race(wiring, command, request)
    if not complete:
        _record_rest(wiring, command, policy, complaint)
    return Answer.of(201, _view(command, filed, receipt, promised))


def with_repeat(wiring: Wiring, command: FileComplaint, policy: Policy, actor: Actor) -> Filing:
    """The filing with what the service knows of it: who files, and which complaint about the matter it is."""
    filed = replace(command.filing, filed_by=actor.role or COMPLAINANT.kind)
    if policy.repeats is None:
        return filed
    from chalicelib.features.filing import earlier  # few policies count repeats

    return earlier.with_repeat(wiring.store, wiring.secrets, command.tenant, policy, filed, command.now)


def _count_for_source(
    filings: DailyFilings, command: FileComplaint, org: Organisation, policy: Policy, accepted: filing.CheckedFiling
) -> None:
    """A filing that names an e-mail address makes the service mail to it, so it is counted at all organisations.

    Those of members count too on the plan that anybody gets: a stranger is a member of their own organisation.
    """
    from chalicelib.complaints.applying import contact  # filings alone

    is_member = command.credential.sub is not None
    facts = policy.document.intake.facts
    mailed = any(fact_kinds.of(facts[name].kind).is_email_address for name in accepted.all_values if name in facts)
    mailed = mailed or contact.MAIL in contact.given(policy.document, accepted.given.private, 1)
    if command.source and mailed and not (is_member and org.limits != PLANS[DEFAULT]):
        filings.take_mailed(command.source, org.limits)
    if command.place and not is_member:
        filings.take(command.tenant, command.place, org.limits)


def _promised(flow: Flow, now: Instant, complete: bool, *, public: bool) -> list[DeadlineView]:
    """The deadlines of the filing, and what was late by then."""
    first = flow.drafts[0]
    is_late = can_be_late(first.fields, first.result.clocks, to_text(now))
    drafts = flow.drafts + _later_events(flow, now, complete) if is_late else [first]
    runs = latest([draft.result.clocks for draft in drafts])
    return deadline_views.views(flow.policy, runs, flow.complaint.number, public=public)


def _later_events(flow: Flow, now: Instant, complete: bool) -> list[EventDraft]:
    """What else was late before the filing, if it is too much for one transaction."""
    drafts: list[EventDraft] = []
    while not complete:
        flow = Flow(flow.policy, flow.complaint)
        complete = advance.advance(flow, now)
        drafts += flow.drafts
    return drafts


def _record_rest(wiring: Wiring, command: FileComplaint, policy: Policy, complaint: Complaint) -> None:
    """Records them. What fails here, a sweep records within a minute, with the same times."""
    complete = False
    try:
        while not complete:
            flow = Flow(policy, complaint)
            complete = advance.advance(flow, command.now)
            complaint = due_events.record(wiring.store, wiring.sealer, command.tenant, flow, command.now)
    except CommitConflict:  # a sweep was faster
        return


def governing(wiring: Wiring, command: FileComplaint, org: Organisation) -> tuple[Policy, Arrival | None]:
    """The policy of the complaint: the version in force at its arrival, if today's allows an earlier arrival."""
    today, given = wiring.compiled.get(command.tenant, org.policy_at(command.now)), command.received
    if given is None:
        return loading.on_unit_calendar(today, org, command.filing.unit), None
    from chalicelib.complaints import late_filing  # few complaints arrived earlier

    commit.check_words(command.tenant, today)  # its rules say whether it arrived too long ago
    by_staff = command.credential.sub is not None
    arrival = late_filing.check(today, given.at, given.fields, command.now, by_staff=by_staff)
    version = version_at(wiring.store, command.tenant, arrival.at)
    if version is None:
        place = Place("/received/at", "lies before the organisation's first policy")
        raise Problem("invalid", "The complaint cannot be registered as it is.", places=[place])
    return loading.on_unit_calendar(wiring.compiled.get(command.tenant, version), org, command.filing.unit), arrival


def _view(command: FileComplaint, filed: _Filed, receipt: str, promised: list[DeadlineView]) -> FiledComplaint:
    by_public = command.credential.sub is None
    return FiledComplaint(
        number=filed.number,
        stage=filed.stage,
        severity=filed.severity,
        receipt=receipt,
        deadlines=promised,
        similar=msgspec.UNSET if by_public else similar_address(CaseRef(command.tenant, filed.number)),
    )


def _read(store: Store, command: FileComplaint, request: Request | None) -> dict[Key, Entry]:
    requested = [organisation.key(command.tenant), *command.credential.keys(command.tenant)]
    return store.get([*requested, request.record_key] if request else requested)


def _organisation(entries: dict[Key, Entry], tenant: str) -> Organisation:
    return organisation.parse(entries[organisation.key(tenant)])


def _replay(wiring: Wiring, command: FileComplaint, request: Request, entries: dict[Key, Entry]) -> Answer | None:
    known = idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())
    return None if known is None else _complete(wiring, command, request.key, known)


def _after_race(wiring: Wiring, command: FileComplaint, request: Request | None) -> Answer:
    """The response of the same request if it won the race. The hourly job explains the number that stays unused."""
    known = None if request is None else _replay(wiring, command, request, _read(wiring.store, command, request))
    if known is None:
        raise Problem("conflict", "The complaint was not registered. Repeat the request.")
    return known


def _asker(store: Store, command: FileComplaint, entries: dict[Key, Entry]) -> Asker:
    """A member, who files on the complainant's behalf; every other caller is the complainant."""
    if command.credential.sub is None:
        return COMPLAINANT
    return load_asker(store, command.tenant, entries, command.credential.sub, command.now)


def actor_for(policy: Policy, asker: Asker, channel: str) -> Actor:
    """The asker in the first role that files on this channel. Raises `Problem("invalid")` if only others do."""
    allowed = policy.document.intake.filed_by.get(channel)
    found = [grant for grant in asker.grants if allowed is None or grant.role in allowed]
    if not found:
        from chalicelib.complaints.acting import unmet  # only for this refusal

        place = Place("/channel", Text("must be one of: {known}", known=", ".join(channels_for(policy, asker))))
        refused = Problem("invalid", "The complaint cannot be registered as it is.", places=[place])
        raise unmet.in_words(refused, policy.document)
    first = min(found, key=lambda grant: [*policy.roles, grant.role].index(grant.role))
    return COMPLAINANT.actor() if asker is COMPLAINANT else asker.actor(first, on_behalf_of="complainant")


def channels_for(policy: Policy, asker: Asker) -> list[str]:
    """The channels on which the asker may file."""
    intake = policy.document.intake
    return [name for name in intake.channels if asker.roles & set(intake.filed_by.get(name, asker.roles))]


def check_unit(org: Organisation, unit: str | None) -> None:
    if unit not in (None, *org.units):
        raise Problem("invalid", "There is no such unit.", places=[Place("/unit", "is not one of the units")])


def _complete(wiring: Wiring, command: FileComplaint, filing_key: str, answer: Answer) -> Answer:
    """Adds to the stored response the receipt (computed again, same value) and the deadlines of the first event."""
    from chalicelib.features.filing import promised_deadlines  # only replays need it

    filed = msgspec.convert(answer.body, _Filed)
    ref = CaseRef(command.tenant, filed.number)
    receipt, _ = receipts.issue(wiring.secrets, ref, filing_key, filed.receipt_key)
    promised = promised_deadlines.promised_at_filing(wiring.store, wiring.compiled, ref)
    return Answer.of(answer.status, _view(command, filed, receipt, promised), replayed=answer.replayed)
