"""What a notice waits for, and what its publication adds to the case's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence
from chalicelib.features.register.notice import Notice, NoticeTexts, PreparedField
from chalicelib.features.register.notice_view import NoticeField, NoticeView, Replacement
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
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


def is_ready(notice: Notice, now: Instant) -> bool:
    """Whether it may be published now."""
    return notice.state == "prepared" and not waits_for(notice, now)


def wakes_at(notice: Notice, now: Instant) -> Instant | None:
    """When it is published, if no act is needed before. Not before `now`: the sweep has been there."""
    at = max(earliest(notice), now)
    return at if is_ready(notice, at) else None


def proposed_fields(notice: Notice, texts: Mapping[str, str]) -> list[NoticeField]:
    """What is published if the complainant consents to all of it."""
    everything = replace(notice, consented=[field.name for field in notice.fields])
    return public_fields(everything, NoticeTexts(fields=dict(texts)))


def proposed(notice: Notice, texts: NoticeTexts) -> str:
    """The digest of what the parties are asked about."""
    return digest(proposed_fields(notice, texts.fields))


def public_fields(notice: Notice, texts: NoticeTexts) -> list[NoticeField]:
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


def _is_shown(notice: Notice, field: PreparedField) -> bool:
    return not field.needs_consent or field.name in notice.consented


def digest(fields: list[NoticeField]) -> str:
    return canonical.digest([[field.name, field.value] for field in fields])


def day_of(policy: Policy, at: Instant) -> date:
    return wall_clock(policy.calendar.zone, at).date()


def event_fields(notice: Notice, view: NoticeView) -> EventFields:
    """The fields of `published`. `steps`: the digest of who consented, approved and so on, if an act was needed."""
    found = {"notice": notice.id, "kind": notice.kind, "sha256": view.sha256}
    steps = msgspec.to_builtins(notice.steps)
    return {**found, "steps": canonical.digest(steps)} if steps else found


def publish(flow: Flow, notice: Notice, texts: NoticeTexts, at: Instant) -> Notice:
    """The published notice. Adds `published` to the case's record."""
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
    flow.add("published", Occurrence(at, SYSTEM), event_fields(notice, view))
    return replace(notice, state="published", public=view)


def replacing(made: Notice, others: Iterable[Notice]) -> tuple[Notice, list[Notice]]:
    """The published notice with the one whose place it takes, and the earlier ones, marked as replaced.

    A later result about the same complaint replaces the one before: a re-examination keeps or changes it (P1.6).
    """
    if made.public is None:
        return made, []
    mark = Replacement(by=made.id, on=made.public.published_on)
    earlier = [
        replace(one, public=replace(one.public, replaced=mark))
        for one in others
        if one.public is not None and one.public.replaced is None and one.state == "published"
        if (one.kind, one.on) == (made.kind, made.on) and one.cause < made.cause
    ]
    if earlier:
        made = replace(made, public=replace(made.public, replaces=earlier[-1].id))
    return made, earlier
