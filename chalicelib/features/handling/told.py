"""Who would be told of an act, by what way and under which subject: of the messages among its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.casework.record_views import STAFF
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import NO_HASH, Event, EventDraft, RecordPosition, chain_event, event_id
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling.forms_of_acts import Words, role_name
from chalicelib.features.messages import ways
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.subject_line import subject_line
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import ABOVE
from chalicelib.policy.language.wording.default_wording import ReaderKind


class WouldTell(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one recipient: the people of a `role` (of a parent unit, if it begins with `^`), a party, or a
    `person`. Parties read `staff` in place of a person. `ways`: those that reach the recipient. `subject`: of its
    mail."""

    role: str | UnsetType = UNSET
    person: str | UnsetType = UNSET
    label: Words | UnsetType = UNSET
    wording: str
    subject: Words
    ways: list[str]


def tells(flow: Flow, drafts: Sequence[EventDraft], caller: Asker) -> Iterator[WouldTell]:
    """One for each recipient of each message, in the order of the events."""
    for draft in drafts:
        if draft.type == "notified":
            event, subject = _as_event(flow, draft), _subject(flow, draft)
            notice = MessageSource(flow.policy, event, flow.complaint.number, subject)
            for recipient in draft.fields.get("to", []):
                yield _tell(flow, notice, recipient, caller)


def _as_event(flow: Flow, draft: EventDraft) -> Event:
    complaint, policy = flow.complaint, flow.policy
    position = RecordPosition(complaint.number, complaint.seq, NO_HASH, policy.version, policy.calendar.edition)
    return chain_event(draft, position, draft.at).event


def _subject(flow: Flow, notice: EventDraft) -> Event | None:
    """The event that the notice is about, if it is not recorded yet."""
    number, about = flow.before.number, notice.fields.get("about")
    for seq, draft in enumerate(flow.drafts, flow.before.seq + 1):
        if event_id(number, seq, draft.name) == about:
            return _as_event(flow, draft)
    return None


def _tell(flow: Flow, notice: MessageSource, recipient: str, caller: Asker) -> WouldTell:
    event, kind = notice.event, _reader(recipient)
    subject: Words = {"zh": subject_line(notice, kind, "zh"), "en": subject_line(notice, kind, "en")}
    person = recipient.removeprefix("@") if recipient.startswith("@") else None
    if person is not None and caller.kind != "staff":
        person = STAFF
    return WouldTell(
        role=UNSET if person is not None else recipient,
        person=UNSET if person is None else person,
        label=UNSET if person is not None else _label(flow.policy, recipient),
        wording=event.fields["wording"],
        subject=subject,
        ways=list(_ways(flow.complaint, event, recipient)),
    )


_PARTIES: Mapping[str, ReaderKind] = {"complainant": "complainant", "respondent": "respondent"}


def _reader(recipient: str) -> ReaderKind:
    return _PARTIES.get(recipient, "staff")


def _label(policy: Policy, recipient: str) -> Words:
    return role_name(policy, recipient.removeprefix(ABOVE)).label


def _ways(complaint: Complaint, event: Event, recipient: str) -> Iterator[str]:
    """Members have an address for each way, the complainant those that the record has."""
    for name, way in ways.of_notice(event).items():
        if not way.word or recipient != "complainant" or complaint.contact.get(way.word, 0):
            yield name
