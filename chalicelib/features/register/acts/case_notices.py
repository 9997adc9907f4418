"""The notices of a case, with a preview of the publication, for its parties and the organisation's members."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec

from chalicelib.casework import masking, private_values
from chalicelib.casework.private_values import Record
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint, load_visible_complaint
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.features.register import making, notice, publication
from chalicelib.features.register.acts.notice_acts import open_to
from chalicelib.features.register.acts.rights import NoticeCaller
from chalicelib.features.register.notice import Notice, NoticeTexts
from chalicelib.features.register.notice_view import NoticeField
from chalicelib.kit.instants import Instant, to_text
from chalicelib.particulars.patterns import Kind
from chalicelib.particulars.search import doubts, find
from chalicelib.particulars.terms import Terms
from chalicelib.policy.language.publicity import Audience
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class FoundParticular(msgspec.Struct, frozen=True, kw_only=True):
    """A particular in a text: its first character, and the one behind it, counted from 0.

    `certain`: false for a place that may name one. An approver checks it.
    """

    field: str
    start: int
    end: int
    kind: Kind
    certain: bool


class FieldSource(msgspec.Struct, frozen=True, kw_only=True):
    """`event`: gave the value; empty for a text that was written for the notice. `by`: the id of who did it."""

    name: str
    event: str
    by: str


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """`on_behalf_of`: the party whose act a member recorded, or the absent person whose deputy acted. `sha256`: of the
    text that it is about, for a consent, its lapse and an approval."""

    act: str
    at: str
    by: str
    role: str | None
    on_behalf_of: str | None
    reason: str | None
    sha256: str | None


class CaseNotice(msgspec.Struct, frozen=True, kw_only=True):
    """`fields`: what is published or, while something is missing, would be. `earliest`: when it can be published.

    `sha256`: of the names and values of `fields`; a consent or an approval that names it is for this text only.
    `before`: while the parties are asked about a changed text, what the complainant consented to or was asked about
    before.
    """

    id: str
    kind: str
    audience: Audience
    state: str
    waits_for: list[str]
    earliest: str
    objection_until: str | None
    fields: list[NoticeField]
    sha256: str
    before: list[NoticeField] | None
    needs_consent: list[str]
    """The fields that are left out until the complainant consents to them by name."""
    consented: list[str]
    acts: list[str]
    """Acts that are open to the caller."""
    particulars: list[FoundParticular] | msgspec.UnsetType = msgspec.UNSET
    """This and the following keys are for members of the organisation."""
    sources: list[FieldSource] | msgspec.UnsetType = msgspec.UNSET
    steps: list[StepView] | msgspec.UnsetType = msgspec.UNSET


class CaseNotices(msgspec.Struct, frozen=True, kw_only=True):
    notices: list[CaseNotice]


class Reading(msgspec.Struct, frozen=True):
    caller: NoticeCaller
    notice: Notice
    texts: NoticeTexts
    now: Instant


def list_notices(wiring: Wiring, request: ComplaintRequest) -> CaseNotices:
    """The notices that the caller may see, in the order of their events. A member's read of texts is logged."""
    visible = load_visible_complaint(wiring, request, [organisation.key(request.tenant)])
    record = cache(lambda: private_values.read_record(wiring.store, wiring.sealer, request.ref))
    return notices_of(wiring, request, visible, organisation.among(visible.case.entries, request.tenant), record)


def notices_of(
    wiring: Wiring,
    request: ComplaintRequest,
    visible: VisibleComplaint,
    org: Organisation,
    record: Callable[[], Record],
) -> CaseNotices:
    """As `list_notices`, of a complaint that was read. `record`: called only if a notice asks for it."""
    every = notice.FORM.read_each(notice.of(wiring.store, request.tenant, request.number))
    found = [one for one in every if is_visible(one, visible.asker)]
    readings = [_reading(wiring, request, visible, one) for one in found]
    if any(one.texts.fields for one in readings):
        disclosure = Disclosure(visible.case.policy, visible.case.complaint, {"content"})
        read_log.record_reads(wiring.store, request.tenant, request.context(visible.asker), [disclosure])
    units = {name: one.name for name, one in org.units.items()}

    def terms_of(one: Reading) -> Callable[[], Terms]:
        return cache(lambda: making.terms_of(one.caller.policy, record(), one.notice, units))

    return CaseNotices(notices=[view(one, terms_of(one)) for one in readings])


def _reading(wiring: Wiring, request: ComplaintRequest, visible: VisibleComplaint, found: Notice) -> Reading:
    policy = wiring.compiled.get(request.tenant, found.policy)
    caller = NoticeCaller(policy, visible.case.policy, visible.case.complaint, visible.asker)
    return Reading(caller, found, notice.opened(wiring.sealer, request.tenant, found), request.now)


def is_visible(found: Notice, asker: Asker) -> bool:
    """A respondent sees notices to which it may object, and public ones."""
    if asker.kind != RESPONDENT:
        return True
    published = found.public is not None and found.kind == "notice"
    return published or (found.objection is not None and found.objection.by == RESPONDENT)


def view(reading: Reading, terms: Callable[[], Terms]) -> CaseNotice:
    """`terms`: reads the case's record. Only called for staff and an unpublished text, or a former one."""
    found, right = reading.notice, reading.notice.objection
    fields = _fields(reading, terms)
    shown = CaseNotice(
        id=found.id,
        kind=found.kind,
        audience=found.audience,
        state=found.state,
        waits_for=_waits_for(reading),
        earliest=to_text(publication.earliest(found)),
        objection_until=None if right is None else to_text(right.until),
        fields=fields,
        sha256=publication.digest(fields),
        before=_before(reading, terms),
        needs_consent=[field.name for field in found.fields if field.needs_consent],
        consented=found.consented,
        acts=open_to(reading.caller, found, reading.now),
    )
    return _for_staff(shown, reading, terms) if reading.caller.asker.kind == "staff" else shown


def _waits_for(reading: Reading) -> list[str]:
    if reading.notice.pending is not None:
        return ["consent"]
    return list(publication.waits_for(reading.notice, reading.now)) if reading.notice.state == "prepared" else []


def _fields(reading: Reading, terms: Callable[[], Terms]) -> list[NoticeField]:
    found = reading.notice
    if found.public is not None and found.pending is None:
        return found.public.fields
    return publication.proposed_fields(found, _as_read(reading, reading.texts.fields, terms))


def _before(reading: Reading, terms: Callable[[], Terms]) -> list[NoticeField] | None:
    before = reading.texts.before
    return None if before is None else publication.proposed_fields(reading.notice, _as_read(reading, before, terms))


def _as_read(reading: Reading, texts: dict[str, str], terms: Callable[[], Terms]) -> dict[str, str]:
    """A respondent reads a text that is not published with masks in place of particulars."""
    if reading.caller.asker.kind != RESPONDENT:
        return texts
    return {name: masking.hide(text, terms()) for name, text in texts.items()}


def _for_staff(shown: CaseNotice, reading: Reading, terms: Callable[[], Terms]) -> CaseNotice:
    found, texts = reading.notice, reading.texts
    marked = texts.fields if found.state == "prepared" else {}
    return msgspec.structs.replace(
        shown,
        particulars=[one for name, text in marked.items() for one in _marked(name, text, terms())],
        sources=[FieldSource(name=field.name, event=field.source, by=field.by) for field in found.fields],
        steps=[
            StepView(
                act=step.act,
                at=to_text(step.at),
                by=step.by,
                role=step.role,
                on_behalf_of=step.on_behalf_of,
                reason=texts.reasons.get(str(number)),
                sha256=step.sha256 or None,
            )
            for number, step in enumerate(found.steps)
        ],
    )


def _marked(field: str, text: str, terms: Terms) -> list[FoundParticular]:
    """All places, in the order of the text."""
    found = [(one, True) for one in find(text, terms)] + [(one, False) for one in doubts(text, terms)]
    return [
        FoundParticular(field=field, start=one.start, end=one.end, kind=one.kind, certain=certain)
        for one, certain in sorted(found)
    ]
