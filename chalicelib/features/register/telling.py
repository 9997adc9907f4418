"""Tells people of a notice: those who must act on it, and the parties when it is published or withdrawn."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.consequences import Telling
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import event_id
from chalicelib.complaints.rights.exclusion import Recipients, selected_recipients
from chalicelib.complaints.rights.permits import COMPLAINANT, RESPONDENT
from chalicelib.features.register.making import Cause
from chalicelib.features.register.notice import Notice
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PeopleSelector
from chalicelib.policy.language.publicity import Notices
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries


def notices_of(policy: Policy) -> Notices | None:
    publicity = policy.document.publicity
    return None if publicity is None else publicity.notices


def approvers(part: Notices | None) -> list[str | PeopleSelector]:
    """Those who decide about a notice: the policy's approvers, or the owners."""
    return [OWNER] if part is None or part.approval is None else part.approval.by


def of_preparation(store: Store, cause: Cause, flow: Flow, prepared: Notice) -> None:
    """Tells those who must act on it. A text with a particular waits for an edit by an approver."""
    tenant, part = cause.committed.tenant, cause.part if isinstance(cause.part, Notices) else None
    right = prepared.objection
    parties = _asked(store, tenant, flow, prepared)
    decided = prepared.approval == "asked" or prepared.unsafe
    staff = selected_recipients(flow.complaint, approvers(part) if decided else [])
    due = {} if right is None else {"due": to_text(right.until)}
    about = Telling(cause.committed.event.id, max(cause.now, flow.complaint.at), {}, "notice_prepared")
    to = replace(staff, names=[*parties, *staff.names])
    consequences.tell(flow, to, about, about.event, notice=prepared.id, **due)
    _of_outside_respondent(store, tenant, flow, prepared, about)


def of_change(store: Store, tenant: str, flow: Flow, changed: Notice, at: Instant) -> None:
    """Asks the parties again: the complainant, and before the publication a respondent that may object."""
    asked = changed if changed.state == "prepared" else replace(changed, objection=None)
    parties, right = _asked(store, tenant, flow, asked), asked.objection
    due = {} if right is None else {"due": to_text(right.until)}
    about = Telling(f"{changed.number}/{changed.cause}", at, {}, "notice_changed")
    consequences.tell(flow, Recipients(parties, {}, []), about, about.event, notice=changed.id, **due)
    _of_outside_respondent(store, tenant, flow, asked, about)


def _of_outside_respondent(store: Store, tenant: str, flow: Flow, notice: Notice, about: Telling) -> None:
    """Asks those who handle the complaint to tell a respondent that the system does not reach: its time runs."""
    right = notice.objection
    if right is not None and right.by == RESPONDENT and not _respondent(store, tenant, flow):
        handlers = sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
        outside, due = "notice_for_outside_respondent", to_text(right.until)
        consequences.tell(flow, Recipients(handlers, {}, []), about, outside, notice=notice.id, due=due)


def of_objection(flow: Flow, part: Notices | None, notice: Notice, at: Instant) -> None:
    about = Telling(f"{notice.number}/{notice.cause}", at, {}, "notice_objected")
    consequences.tell(flow, selected_recipients(flow.complaint, approvers(part)), about, about.event, notice=notice.id)


def of_settlement(store: Store, tenant: str, flow: Flow, notice: Notice, at: Instant) -> None:
    """Tells the party that objected whether its objection is upheld. Then nothing is published."""
    right = notice.objection
    if right is None:
        return
    is_complainant = right.by == COMPLAINANT.kind
    to = [COMPLAINANT.kind] if is_complainant else _respondent(store, tenant, flow)
    upheld = "notice_objection_upheld" if notice.state == "rejected" else "notice_objection_dismissed"
    about = Telling(f"{notice.number}/{notice.cause}", at, {}, upheld)
    consequences.tell(flow, Recipients(to, {}, []), about, about.event, notice=notice.id)


def of_record(flow: Flow, notice: Notice, at: Instant, act: str) -> None:
    """Tells complainants that a member recorded an act on the notice on their behalf, so that they can contradict."""
    about = Telling(f"{notice.number}/{notice.cause}", at, {}, "notice_recorded_for_you")
    to = Recipients([COMPLAINANT.kind], {}, [])
    consequences.tell(flow, to, about, about.event, notice=notice.id, notice_act=act)


def of_particulars(flow: Flow, policy: Policy, notice: Notice, at: Instant) -> None:
    """Tells those who decide that a text must be edited after all."""
    about = Telling(f"{notice.number}/{notice.cause}", at, {}, "notice_prepared")
    to = selected_recipients(flow.complaint, approvers(notices_of(policy)))
    consequences.tell(flow, to, about, about.event, notice=notice.id)


def of_publication(store: Store, tenant: str, flow: Flow, notice: Notice, event: str) -> None:
    """Tells the parties that a notice was published or withdrawn. They were told of a result by its own event."""
    if notice.kind == "notice":
        to = Recipients(["complainant", *_respondent(store, tenant, flow)], {}, [])
        seq, at = flow.complaint.seq, flow.complaint.at
        consequences.tell(flow, to, Telling(event_id(notice.number, seq), at, {}, event), event, notice=notice.id)


def _asked(store: Store, tenant: str, flow: Flow, notice: Notice) -> list[str]:
    """The parties that may consent or object."""
    right = notice.objection
    consents = notice.consent != "none" or any(field.needs_consent for field in notice.fields)
    return [
        *(["complainant"] if consents or (right is not None and right.by == "complainant") else []),
        *(_respondent(store, tenant, flow) if right is not None and right.by == RESPONDENT else []),
    ]


def _respondent(store: Store, tenant: str, flow: Flow) -> list[str]:
    """The respondent, if a member of the complaint's unit can be told."""
    unit = flow.complaint.unit
    reached = unit is not None and any(one.may(RESPONDENT, unit) for one in queries.all_people(store, tenant))
    return [RESPONDENT] if reached else []
