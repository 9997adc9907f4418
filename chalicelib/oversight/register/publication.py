"""What a notice waits for, and what its publication adds to the case's record."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from chalicelib import canonical
from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.complaints.flow import Flow
from chalicelib.instants import Instant
from chalicelib.oversight.register.notice import Notice, Shown, Texts
from chalicelib.oversight.register.notice_view import NoticeField, NoticeView
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime.zone import wall_clock

Wait = Literal["consent", "objection", "approval", "text", "time"]


def waits_for(notice: Notice, now: Instant) -> list[Wait]:
    """`objection`: one is open. `text`: a text names a particular of the case. `time`: its time has not come."""
    found: dict[Wait, bool] = {
        "consent": notice.consent == "asked",
        "objection": notice.objection is not None and notice.objection.state == "open",
        "approval": notice.approval == "asked",
        "text": bool(notice.unsafe),
        "time": earliest(notice) > now,
    }
    return [name for name, waits in found.items() if waits]


def earliest(notice: Notice) -> Instant:
    """When it may be published at the earliest."""
    right = notice.objection
    return notice.not_before if right is None or right.state != "none" else max(notice.not_before, right.until)


def wakes_at(notice: Notice) -> Instant | None:
    """When it is published, if nobody has to act before that."""
    people = notice.state != "prepared" or set(waits_for(notice, 0)) - {"time"}
    return None if people else max(earliest(notice), notice.made)


def public_fields(notice: Notice, texts: Texts) -> list[NoticeField]:
    """Without the fields to which the complainant has not consented, and without texts that were not written."""
    return [
        NoticeField(
            name=field.name,
            kind=field.kind,
            label=field.label,
            value=texts.fields.get(field.name, "") if field.is_text else field.value,
            text=field.text,
        )
        for field in notice.fields
        if _is_shown(notice, field) and (not field.is_text or texts.fields.get(field.name))
    ]


def _is_shown(notice: Notice, field: Shown) -> bool:
    return not field.needs_consent or field.name in notice.consented


def digest(fields: list[NoticeField]) -> str:
    return canonical.digest([[field.name, field.value] for field in fields])


def day_of(policy: Policy, at: Instant) -> date:
    return wall_clock(policy.calendar.zone, at).date()


def publish(flow: Flow, notice: Notice, texts: Texts, at: Instant) -> Notice:
    """The published notice. Adds `published` to the case's record, and messages to the parties."""
    fields = public_fields(notice, texts)
    view = NoticeView(
        id=notice.id,
        kind=notice.kind,
        audience=notice.audience,
        state="published",
        published_on=day_of(flow.policy, at).isoformat(),
        fields=fields,
        corrections=[],
        withdrawn=None,
        sha256=digest(fields),
    )
    added = {"notice": notice.id, "kind": notice.kind, "sha256": view.sha256}
    about = flow.add("published", Occurrence(at, SYSTEM), added)
    if notice.kind == "notice":
        consequences.notify(flow, parties(flow), about=about, at=at, wording="published")
    return replace(notice, state="published", public=view)


def parties(flow: Flow) -> list[str]:
    """The complainant and, if it is one of the organisation's units, the respondent."""
    return ["complainant", *(["respondent"] if flow.complaint.unit is not None else [])]
