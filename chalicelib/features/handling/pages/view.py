"""What the complainant's page shows: state, deadlines, acts, messages, files, and events with the values they gave."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from chalicelib.casework import due_events, private_values
from chalicelib.casework.authorization import Credential
from chalicelib.casework.private_values import Record
from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views import complaint_views
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import DeadlinesView
from chalicelib.complaints.fields import FormField
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.evidence.pages.listing import ShownFile, WantedEvidence, never_sent, shown_files, wanted
from chalicelib.features.handling.pages.act_texts import ActText, act_text
from chalicelib.features.handling.pages.calendar_file import calendar_file
from chalicelib.features.handling.pages.proposals import ShownProposal, proposals
from chalicelib.features.messages.inbox.enclosing import read_inbox
from chalicelib.features.register import register
from chalicelib.features.register.acts import case_notices
from chalicelib.features.register.acts.case_notices import CaseNotice
from chalicelib.features.register.pages.view import ShownNotice
from chalicelib.features.register.pages.view import shown as shown_notice
from chalicelib.features.register.register import RegisterFilter
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import event_term
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.store import keys
from chalicelib.store.event_log import AfterRecord
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.deadlines import ShownDeadline, shown
from chalicelib.web.pages.organisation import TenantPage, tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.session import SessionScope
from chalicelib.web.pages.times import time_text
from chalicelib.wiring import Wiring

_PARTIES = ("complainant", "respondent")


def given_values(
    policy: Policy, event: EnvelopeView, private: Mapping[str, Any], reader: Reader
) -> list[tuple[str, str]]:
    """Only values that the policy labels, and no names of people. `private`: those that the complainant may see."""
    public = {**event.fields.get("facts", {}), **event.fields}
    given = [(name, value) for name, value in public.items() if _is_public(policy, name)]
    return [
        (reader.label(fact.name.to_json()), _text(policy, fact, value, reader))
        for name, value in [*given, *private.items()]
        if (fact := policy.document.definition(name)) is not None
        and fact.name is not None
        and fact_kinds.of(fact.kind).input is not None
    ]


def _is_public(policy: Policy, name: str) -> bool:
    """False for a text in an event: it names people to whom an act gives a role."""
    fact = policy.document.definition(name)
    return fact is not None and fact_kinds.of(fact.kind).is_public


def _text(policy: Policy, fact: Fact, value: Any, reader: Reader) -> str:
    if isinstance(value, list):
        return "、".join(_text(policy, fact, one, reader) for one in value)
    if isinstance(value, bool):
        answer = "yes" if value else "no"
        choice = fact.choices.get(answer)
        return reader.text(f"common.{answer}") if choice is None else reader.label(choice.to_json(), answer)
    if isinstance(value, str) and value in fact.choices:
        return reader.label(fact.choices[value].to_json(), value)
    if value in _PARTIES:  # a demand is to one of them, also if the policy names other choices
        return reader.text(f"role.{value}")
    is_instant = fact_kinds.of(fact.kind).moment == "instant"
    try:
        return time_text(policy.calendar, reader, value) if is_instant else str(value)
    except ValueError:  # an earlier version of the policy had another kind
        return str(value)


_MESSAGES = 20
_ANNOUNCED = 10


class ShownStep(msgspec.Struct, frozen=True):
    """`values`: label and text of each value that the event gave and the complainant may see."""

    at: str
    name: str
    values: list[tuple[str, str]]


class ShownMessage(msgspec.Struct, frozen=True):
    """`enclosed`: label and text of what an act wrote."""

    at: str
    text: str
    enclosed: list[tuple[str, str]]


class OpenAct(msgspec.Struct, frozen=True):
    """`fields`: as the form of the act has them."""

    name: str
    text: ActText
    fields: list[FormField]


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """`view`: as `GET /v1/t/{tenant}/complaints/{number}` has it."""

    tenant_page: TenantPage
    view: ComplaintView
    stage: str
    filed: str
    erased: str | None
    """When its private values and files were erased."""
    deadlines: list[ShownDeadline]
    has_due: bool
    unreachable: bool
    """True if no way is known to reach the complainant, and the policy asks for one."""
    acts: list[OpenAct]
    messages: list[ShownMessage]
    steps: list[ShownStep]
    files: list[ShownFile]
    takes_files: bool
    wanted: list[WantedEvidence]
    proposals: list[ShownProposal]
    announced: list[ShownNotice]
    """The newest results and notices that the organisation announces to its users, this reader included."""


def check_receipt(call: Call, number: str, receipt: str) -> None:
    """Raises `Problem("complaint-unknown")` if this is not the complaint's receipt."""
    complaint.check_visible(call.wiring, _request(call, number, receipt))


class OpenedComplaint(NamedTuple):
    """A complaint for its complainant, and the organisation, as one read found them."""

    tenant_page: TenantPage
    request: ComplaintRequest
    visible: VisibleComplaint

    def state(self) -> ComplaintView:
        """The complaint's state with the acts open to the complainant, without facts."""
        flow = due_events.preview(self.visible.case, self.request.now)
        return complaint_views.state(flow.policy, flow.complaint, self.visible.asker)


def opened(call: Call, number: str, receipt: str) -> OpenedComplaint:
    """Raises as `check_receipt`."""
    request = _request(call, number, receipt)
    visible = complaint.load_visible_complaint(call.wiring, request, [tenant_page_key(call)])
    return OpenedComplaint(tenant_page_in(call, visible.case.entries), request, visible)


def _request(call: Call, number: str, receipt: str) -> ComplaintRequest:
    return ComplaintRequest(
        tenant=tenant_of(call),
        number=number,
        credential=Credential(receipt=receipt),
        now=call.now,
        route=f"page {call.route_id}",
    )


def read(call: Call, reader: Reader, number: str, receipt: str) -> CasePage:
    """Raises `Problem("complaint-unknown")` if this is not the complaint's receipt."""
    wiring, found = call.wiring, opened(call, number, receipt)
    tenant_page, request, visible = found
    case, calendar = visible.case, tenant_page.policy.calendar
    record = private_values.read_record(wiring.store, wiring.sealer, request.ref, evidence=True)
    view = complaint.state_view(wiring.store, request, visible, record)
    running = _running(complaint.deadlines_of(wiring.compiled, request, visible, record.events))
    after_record = msgspec.structs.replace(wiring, store=AfterRecord(wiring.store, record.stored))
    shown_record = complaint.record_view(wiring.store, request.ref, visible, request.context(visible.asker), record)
    evidence = item.among(record.stored.others)
    files = evidence_queries.files_of(case, caller_of(case, visible.asker), evidence).files
    return CasePage(
        tenant_page=tenant_page,
        view=view,
        stage=reader.label(view.stage_name, view.stage),
        filed=time_text(calendar, reader, view.registered_at),
        erased=None if view.erased_at is UNSET else time_text(calendar, reader, view.erased_at),
        deadlines=shown(running, calendar, reader),
        has_due=any(one["due"] for one in running),
        unreachable=bool(case.policy.reach) and not case.complaint.contact and not case.has_ended,
        acts=[
            OpenAct(name, act_text(tenant_page.policy.document, name, reader), view.forms.get(name, []))
            for name in view.acts
        ],
        messages=_messages(after_record, tenant_page, number, reader),
        steps=_steps(shown_record, tenant_page, reader, never_sent(files)),
        files=shown_files(files, tenant_page.policy, reader, getattr(call.query, "sent", "")),
        takes_files=case.takes_files,
        wanted=wanted(case, reader),
        proposals=proposals(_notices(wiring, found, record), reader),
        announced=_announced(wiring, tenant_page, reader),
    )


def _messages(wiring: Wiring, tenant_page: TenantPage, number: str, reader: Reader) -> list[ShownMessage]:
    calendar, complainant = tenant_page.policy.calendar, keys.complainant(number)
    return [
        ShownMessage(
            time_text(calendar, reader, one.at),
            one.text[reader.language],
            [(reader.label(each.label), reader.label(each.text)) for each in one.enclosed],
        )
        for one in read_inbox(wiring, tenant_page.org.id, complainant, _MESSAGES, None).messages
    ]


def answered(call: Call, tenant_page: TenantPage, found: ComplaintView, reader: Reader) -> ShownMessage | None:
    """The newest message that encloses something, such as an offer: what the complainant answers (P2.5)."""
    acts = call.wiring.compiled.get(tenant_of(call), found.policy).document.acts
    if not any(rule.encloses for act in acts for rule in act.tells):
        return None
    return next((one for one in _messages(call.wiring, tenant_page, found.number, reader) if one.enclosed), None)


def _announced(wiring: Wiring, tenant_page: TenantPage, reader: Reader) -> list[ShownNotice]:
    publicity = tenant_page.policy.document.publicity
    parts = () if publicity is None else (publicity.notices, publicity.results)
    if all(part is None or part.audience != "users" for part in parts):
        return []
    found = register.page(wiring.store, tenant_page.org.id, ("users",), RegisterFilter(limit=_ANNOUNCED), None)
    return [shown_notice(one, tenant_page, reader) for one in found.notices]


def _notices(wiring: Wiring, found: OpenedComplaint, record: Record) -> list[CaseNotice]:
    if found.tenant_page.policy.document.publicity is None:
        return []
    return case_notices.notices_of(wiring, found.request, found.visible, found.tenant_page.org, lambda: record).notices


def calendar_of(call: Call, reader: Reader, number: str, receipt: str) -> str:
    """The running deadlines as a calendar file. Raises as `check_receipt`."""
    request, now = _request(call, number, receipt), to_text(call.wiring.real_clock())
    url = call.wiring.address + SessionScope(number).path(tenant_of(call))
    return calendar_file(_running(complaint.deadlines(call.wiring, request)), number, url, now, reader)


def _running(found: DeadlinesView) -> list[dict[str, Any]]:
    deadlines: list[dict[str, Any]] = msgspec.to_builtins(found.deadlines)
    return [one for one in deadlines if one["state"] in ("running", "paused", "missed") and "ended" not in one]


def _name_of(event: EnvelopeView, tenant_page: TenantPage, reader: Reader) -> str:
    """What only users see is not called published."""
    publicity = tenant_page.policy.document.publicity
    if event.type == "published" and publicity is not None:
        part = publicity.results if event.fields.get("kind") == "result" else publicity.notices
        if part is not None and part.audience == "users":
            return reader.text("case.announced_one")
    return reader.label(event_label(tenant_page.policy.document, event.type).to_json())


def _steps(record: RecordView, tenant_page: TenantPage, reader: Reader, hidden: Set[str]) -> list[ShownStep]:
    """Newest first. `hidden`: ids of evidence."""
    found = [
        ShownStep(
            at=time_text(tenant_page.policy.calendar, reader, event.at),
            name=_name_of(event, tenant_page, reader),
            values=[
                *given_values(tenant_page.policy, event, record.values.get(event.id, {}), reader),
                *_not_reached(event, reader),
            ],
        )
        for event in record.events
        if not ((term := event_term(event.type)).routine or term.internal or event.fields.get("evidence") in hidden)
    ]
    return found[::-1]


def _not_reached(event: EnvelopeView, reader: Reader) -> list[tuple[str, str]]:
    """What time did although the complainant was not reached says so."""
    is_by_time = event.actor.kind == "system" and event.fields.get(REACHED) is False
    return [(reader.text("case.reached"), reader.text("common.no"))] if is_by_time else []
