"""Switch a policy: an owner moves an open complaint to a newer policy version, or previews the move (P1.9).

Due events are committed first, under the old version. The switch is a separate commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, loading
from chalicelib.casework.authorization import check_not_excluded, load_asker
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchedDeadline, SwitchMode, SwitchPlan, SwitchTerms
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer, TimeSource
from chalicelib.store import event_log
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef, InCase
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


_Version = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,8}$")]


class SwitchFields(RequestDocument, frozen=True, kw_only=True):
    """`to`: by default the version in force. `stages`: old to new. `category`: choices that the complaint lacks."""

    to: _Version | None = None
    mode: SwitchMode = "switch"
    stages: dict[str, str] = msgspec.field(default_factory=dict)
    accept_breaches: bool = False
    start_new_clocks: bool = False
    dry_run: bool = False
    category: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def terms(self) -> SwitchTerms:
        return SwitchTerms(
            mode=self.mode,
            stages=self.stages,
            accept_breaches=self.accept_breaches,
            start_new_clocks=self.start_new_clocks,
            category=self.category,
        )


class SwitchAct(RequestDocument, frozen=True, kw_only=True):
    fields: SwitchFields = msgspec.field(default_factory=SwitchFields)


class SwitchView(msgspec.Struct, frozen=True, kw_only=True):
    """`kept`: why the version stays (mode, unfavourable, current; for a dry run also breaches, since such a switch is
    refused without `accept_breaches`). `breaches`: clocks that the switch would miss at once."""

    number: str
    version: str
    policy_from: str = msgspec.field(name="from")
    to: str
    switched: bool
    kept: str | None
    stage: str
    deadlines: list[SwitchedDeadline]
    breaches: list[str]


class SwitchPolicy(InCase, frozen=True, kw_only=True):
    """`to`: the policy version; None for the version in force."""

    sub: str
    terms: SwitchTerms
    to: str | None
    dry_run: bool
    request: Request | None
    if_match: str | None
    now: Instant


class SwitchOrder(msgspec.Struct, frozen=True, kw_only=True):
    """A switch of one or more complaints: the new policy, the terms, the owner's `sub`, and the id of a bulk job."""

    tenant: str
    new: Policy
    terms: SwitchTerms
    sub: str
    now: Instant
    job: str | None = None


class PlannedSwitch(msgspec.Struct, frozen=True):
    """The complaint after the switch, the plan, and the writes (none if the complaint keeps its version)."""

    complaint: Complaint
    plan: SwitchPlan
    writes: Sequence[Write]


def switch(wiring: Wiring, command: SwitchPolicy) -> Answer:
    """200 with the changes, or for a dry run with the changes that it would make. A dry run of a switch that would be
    refused for its breaches shows them, and that the version stays.

    Raises `Problem`: `forbidden`, `complaint-unknown`, `act-not-open`, `invalid`, `not-found` (no such version),
    `stale`, `conflict`.
    """
    detail = "Others acted on the complaint at the same time. Look at it again and repeat."
    try:
        return retry_or_refuse(lambda: _attempt(wiring, command), detail)
    except Problem as problem:
        raise problem.below("/fields") from problem


def _attempt(wiring: Wiring, command: SwitchPolicy) -> Answer:
    person = membership.key(command.tenant, command.sub)
    record = [command.request.record_key] if command.request else []
    entries = read_entries(wiring.store, command.ref, [organisation.key(command.tenant), person, *record])
    check_owner(entries, person)
    if command.request and (known := _replay(wiring.real_clock, command.request, entries)):
        return known
    case = parse_complaint(wiring.compiled, command.ref, entries)
    asker = load_asker(wiring.store, command.tenant, entries, command.sub, command.now)
    check_not_excluded(case.complaint, asker)
    at = max(command.now, case.complaint.at)  # the time that will be recorded: another process's clock may be ahead
    to = command.to or organisation.among(entries, command.tenant).policy_at(at)
    new = effective_policy(wiring.store, wiring.compiled, command.tenant, to, at)
    complaint = _up_to_date(wiring.store, wiring.sealer, command, case, asker)
    order = SwitchOrder(tenant=command.tenant, new=new, terms=command.terms, sub=command.sub, now=command.now)
    planned = plan_switch(wiring, order, complaint)
    refused = switching.is_refused(planned.plan, command.terms)
    answer = Answer.of(200, _kept_for_breaches(complaint, planned) if refused else view(planned))
    writes = list(planned.writes)
    if writes and not command.dry_run:
        switching.refuse_breaches(planned.plan, command.terms)
        if command.request:
            earlier = entries.get(command.request.record_key)
            writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
        wiring.store.commit(writes)
    return answer


def check_owner(entries: Mapping[Key, Entry], person: Key) -> None:
    """Raises `Problem("forbidden")` unless the member is an owner. `person`: the key of the membership in `entries`."""
    if not membership.parse(entries.get(person)).may(OWNER):
        raise Problem("forbidden", "Only the organisation's owners may switch complaints to another version.")


def _replay(real_clock: TimeSource, request: Request, entries: Mapping[Key, Entry]) -> Answer | None:
    return idempotency_records.replay(entries.get(request.record_key), request, real_clock())


def effective_policy(store: Store, compiled: CompiledPolicies, tenant: str, version: str, now: Instant) -> Policy:
    """The policy version. Raises `Problem`: `not-found`, or `invalid` if it is not in effect yet."""
    published = policy_version.read_version(store, tenant, version)
    if from_text(published.effective_at) > now:
        place = Place("/to", Text("takes effect at {effective_at}", effective_at=published.effective_at))
        raise Problem("invalid", "This version is not in effect yet.", places=[place])
    return compiled.get(tenant, version)


def _up_to_date(store: Store, sealer: Sealer, command: SwitchPolicy, case: Case, asker: Asker) -> Complaint:
    """The complaint with its due events, committed unless this is a dry run.

    Raises `Problem("stale")` if the complaint has another version than `if_match`.
    """
    if command.if_match is not None and command.if_match != str(case.version):
        from chalicelib.casework.views import changes  # few requests are too late

        raise changes.stale(store, command.ref, case, asker, command.if_match)
    if command.dry_run:
        return due_events.preview(case, command.now).complaint
    flow = due_events.apply(store, sealer, command.tenant, case, command.now)
    return due_events.record(store, sealer, command.tenant, flow, command.now)


def plan_switch(wiring: Wiring, order: SwitchOrder, complaint: Complaint) -> PlannedSwitch:
    """Plan the switch of a complaint without due events. Writes nothing. Raises `Problem` as `switching.plan`."""
    old = loading.policy_for(wiring.compiled, order.tenant, complaint.policy, complaint.unit)
    new = loading.policy_for(wiring.compiled, order.tenant, order.new.version, complaint.unit)
    at = max(order.now, complaint.at)
    pk = CaseRef(order.tenant, complaint.number).pk
    record = list(event_log.read(wiring.store, pk)) if order.terms.start_new_clocks else []
    plan = switching.plan(old, new, complaint, order.terms, record, at)
    if plan.kept_reason:
        return PlannedSwitch(complaint, plan, [])
    flow = Flow(new, complaint)
    switching.perform(flow, plan, order.terms, Actor("owner", order.sub, OWNER), at, order.job)
    due_events.tell_of_unstaffed_duties(wiring.store, order.tenant, flow, None)
    after, writes = commit.writes(wiring.sealer, order.tenant, flow, order.now)
    return PlannedSwitch(after, plan, writes)


def _kept_for_breaches(complaint: Complaint, planned: PlannedSwitch) -> SwitchView:
    return replace(view(planned), version=str(complaint.seq), stage=complaint.stage, switched=False, kept="breaches")


def view(planned: PlannedSwitch) -> SwitchView:
    """`version` is the complaint's version after the switch, also for a dry run."""
    plan = planned.plan
    return SwitchView(
        number=planned.complaint.number,
        version=str(planned.complaint.seq),
        policy_from=plan.old,
        to=plan.new,
        switched=plan.kept_reason is None,
        kept=plan.kept_reason,
        stage=plan.stage,
        deadlines=[switching.deadline_view(change) for change in plan.changes],
        breaches=plan.breaches,
    )
