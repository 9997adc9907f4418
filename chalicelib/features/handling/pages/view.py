"""What the complainant's page shows: what is late, what there is to answer, what comes next, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from chalicelib.casework.private_values import Record
from chalicelib.casework.record_views import EnvelopeView
from chalicelib.casework.views import complaint_queries as queries
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import for_complainants
from chalicelib.complaints.acting.talking import reminding
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.evidence.evidence_queries import names_in
from chalicelib.features.evidence.pages.listing import ShownFile, never_sent, shown_files
from chalicelib.features.handling.conversation.shown import INFORMED, WORDINGS, Conversation, conversation
from chalicelib.features.handling.pages.answering import Answering, answering
from chalicelib.features.handling.pages.calendar_file import calendar_file
from chalicelib.features.handling.pages.demands import ShownDemand, demands
from chalicelib.features.handling.pages.filed import filed
from chalicelib.features.handling.pages.late import LateDeadline, late
from chalicelib.features.handling.pages.meaning import ActText, act_text, meaning
from chalicelib.features.handling.pages.opened import MESSAGES, OpenedComplaint, opened, request_of
from chalicelib.features.handling.pages.progress import ShownStage, progress
from chalicelib.features.handling.pages.proposals import ShownProposal, proposals
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.features.handling.pages.timeline import ShownStep, steps
from chalicelib.features.handling.pages.times import CaseTimes, times
from chalicelib.features.messages.inbox.enclosing import read_inbox
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.features.register import register
from chalicelib.features.register.acts import case_notices
from chalicelib.features.register.acts.case_notices import CaseNotice
from chalicelib.features.register.pages.view import ShownNotice
from chalicelib.features.register.pages.view import shown as shown_notice
from chalicelib.features.register.register import RegisterFilter
from chalicelib.kit.instants import to_text
from chalicelib.store import event_log, keys
from chalicelib.store.event_log import AfterRecord
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.session import SessionScope
from chalicelib.wiring import Wiring

REMIND = "remind"
_ANNOUNCED = 10


class ShownMessage(msgspec.Struct, frozen=True):
    """`about`: the id of an event. `enclosed`: label and text of what an act wrote."""

    about: str
    at: str
    text: str
    enclosed: list[tuple[str, str]]


class OpenAct(msgspec.Struct, frozen=True):
    """`means`: sentences about what follows from it."""

    name: str
    text: ActText
    means: list[str]


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """`view`: as `GET /v1/t/{tenant}/complaints/{number}` has it."""

    tenant_page: TenantPage
    view: ComplaintView
    stage: str
    filed_at: str
    erased: str | None
    """When its private values and files were erased."""
    late: list[LateDeadline]
    remind: Literal["open", "used", "closed"]
    """Whether the complainant can send a reminder now; `used`: again on the next working day."""
    answering: Answering
    answers: list[OpenAct]
    demands: list[ShownDemand]
    progress: list[ShownStage]
    times: CaseTimes
    has_due: bool
    has_ended: bool
    unreachable: bool
    """True if no way is known to reach the complainant, and the policy asks for one."""
    talk: Conversation
    further: list[OpenAct]
    """Acts of the conversation that are open under every policy."""
    acts: list[OpenAct]
    """The open acts that are not among the answers."""
    messages: list[ShownMessage]
    steps: list[ShownStep]
    filed: list[tuple[str, str]]
    files: list[ShownFile]
    takes_files: bool
    proposals: list[ShownProposal]
    announced: list[ShownNotice]
    """The newest results and notices that the organisation announces to its users, this reader included."""


def read(call: Call, reader: Reader, number: str, receipt: str) -> CasePage:
    """Raises `Problem("complaint-unknown")` if this is not the complaint's receipt."""
    wiring = call.wiring
    tenant_page, request, visible = found = opened(call, number, receipt)
    record = found.record(wiring)
    view = queries.state_view(wiring.store, request, visible, record)
    reading, deadlines = found.reading(wiring, reader, record), found.deadlines(wiring, record)
    inbox = _inbox(wiring, request.tenant, number, record)
    evidence = item.among(record.stored.others)
    files = evidence_queries.files_of(visible.case, caller_of(visible.case, visible.asker), evidence).files
    names = names_in(record.private, files)
    own = for_complainants(reading.policy, deadlines)
    shown_times, answers = times(reading, own), answering(reading, deadlines, inbox)
    others = [name for name in view.acts if name not in answers.answers]
    return CasePage(
        tenant_page=tenant_page,
        view=view,
        stage=reading.stage_name(view.stage),
        filed_at=reading.time(view.registered_at),
        erased=None if view.erased_at is UNSET else reading.time(view.erased_at),
        late=late(reading, own),
        remind=_remind(reading),
        answering=answers,
        answers=_open_acts(reading, answers.answers),
        demands=demands(reading, deadlines),
        progress=progress(reading, own, is_awaited=answers.is_awaited),
        times=shown_times,
        has_due=any(one.due for one in (*shown_times.ahead, *shown_times.over)),
        has_ended=visible.case.has_ended,
        unreachable=bool(reading.policy.reach) and not reading.complaint.contact and not visible.case.has_ended,
        acts=_open_acts(reading, [name for name in others if name != REMIND]),
        talk=conversation(reading.record, files, reading.policy, reader, lambda event: _author(event, reading)),
        further=_open_acts(reading, [] if view.further_acts is UNSET else view.further_acts),
        messages=[_message(one, reading) for one in inbox if one.wording not in WORDINGS],
        steps=steps(reading, tenant_page.policy.document.publicity, never_sent(files)),
        filed=filed(reading, tenant_page.org.units, {} if view.facts is UNSET else view.facts),
        files=shown_files(files, reading.policy, reader, getattr(call.query, "sent", ""), names),
        takes_files=visible.case.takes_files,
        proposals=proposals(_notices(wiring, found, record), reader),
        announced=_announced(wiring, tenant_page, reader),
    )


def _inbox(wiring: Wiring, tenant: str, number: str, record: Record) -> Sequence[MessageView]:
    after_record = msgspec.structs.replace(wiring, store=AfterRecord(wiring.store, record.stored))
    return read_inbox(after_record, tenant, keys.complainant(number), MESSAGES, None).messages


def _open_acts(reading: CaseReading, names: Sequence[str]) -> list[OpenAct]:
    return [
        OpenAct(name, act_text(reading.policy.document, name, reading.reader), meaning(reading, name)) for name in names
    ]


def _author(event: EnvelopeView, reading: CaseReading) -> str:
    """The reader themselves, or the office with the role of the person who wrote."""
    if event.type == INFORMED:
        role = reading.roles([] if event.actor.role is UNSET else [event.actor.role])
        return role or reading.reader.text("talk.office")
    return reading.reader.text("talk.you" if event.actor.kind == COMPLAINANT.kind else "talk.recorded")


def _remind(reading: CaseReading) -> Literal["open", "used", "closed"]:
    if REMIND not in reading.acts:
        return "closed"
    return "used" if reminding.is_used_up(reading.policy, reading.complaint, reading.now) else "open"


def _message(one: MessageView, reading: CaseReading) -> ShownMessage:
    reader = reading.reader
    enclosed = [(reader.label(each.label), reader.label(each.text)) for each in one.enclosed]
    return ShownMessage(one.about, reading.time(one.at), one.text[reader.language], enclosed)


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
    request, now = request_of(call, number, receipt), to_text(call.wiring.real_clock())
    url = call.wiring.address + SessionScope(number).path(tenant_of(call))
    visible = queries.load_visible_complaint(call.wiring, request)
    events = event_log.read(call.wiring.store, request.ref.pk)
    found = queries.deadlines_of(call.wiring.compiled, request, visible, events).deadlines
    own = for_complainants(visible.case.policy, found)
    running: list[dict[str, Any]] = msgspec.to_builtins([one for one in own if one.ended is UNSET])
    return calendar_file(running, number, url, now, reader)
