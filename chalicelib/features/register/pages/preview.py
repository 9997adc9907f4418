"""A notice of a complaint as the desk shows it to those who decide: the public's view, with the places to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import UNSET

from chalicelib.features.register.acts.case_notices import CaseNotice, FoundParticular, StepView
from chalicelib.features.register.notice_view import NoticeField
from chalicelib.features.register.pages.view import value_of
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.times import time_text, zoned_text


class MarkedPart(msgspec.Struct, frozen=True):
    """`found`: `certain` or `maybe` where the search found a particular, else empty. `kind`: what it found."""

    text: str
    found: str = ""
    kind: str = ""


class PreviewField(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: who wrote the text; empty for other values. `asks`: left out without the complainant's consent to it."""

    name: str
    label: str
    parts: list[MarkedPart]
    text: str
    is_text: bool
    by: str
    asks: bool


class PreviewStep(msgspec.Struct, frozen=True, kw_only=True):
    act: str
    at: str
    by: str
    reason: str


class NoticePreview(msgspec.Struct, frozen=True, kw_only=True):
    """`certain`, `doubtful`: how many places name a particular, or may name one."""

    number: str
    title: str
    state: str
    audience: str
    waits_for: list[str]
    earliest: str
    objection_until: str
    fields: list[PreviewField]
    before: list[tuple[str, str]]
    certain: int
    doubtful: int
    steps: list[PreviewStep]
    public: str
    """The path of the public's page; empty before the publication, and for users only."""


def of(desk: Desk, found: CaseNotice) -> NoticePreview:
    reader, calendar = desk.reader, desk.member.policy.calendar
    particulars = () if found.particulars is UNSET else tuple(found.particulars)
    steps = () if found.steps is UNSET else tuple(found.steps)
    authors = {} if found.sources is UNSET else {one.name: one.by for one in found.sources}
    names = _names(desk, [*authors.values(), *(one.by for one in steps)])
    is_public = found.state == "published" and found.audience == "public"
    return NoticePreview(
        number=desk.call.params["number"],
        title=reader.of_code("register.", found.kind),
        state=reader.text(f"desk_notices.state.{found.state}"),
        audience=reader.text(f"desk_notices.audience.{found.audience}"),
        waits_for=[reader.text(f"desk_notices.waits.{one}") for one in found.waits_for],
        earliest=zoned_text(calendar, reader, found.earliest),
        objection_until="" if found.objection_until is None else zoned_text(calendar, reader, found.objection_until),
        fields=[
            _field(desk, found, one, particulars, names.get(authors.get(one.name, ""), "")) for one in found.fields
        ],
        before=[(reader.label(one.label, one.name), value_of(one, reader)) for one in found.before or ()],
        certain=sum(one.certain for one in particulars),
        doubtful=sum(not one.certain for one in particulars),
        steps=[_step(desk, one, names) for one in steps],
        public=f"/t/{desk.member.org.id}/register/{found.id}" if is_public else "",
    )


def _field(
    desk: Desk, found: CaseNotice, one: NoticeField, particulars: Sequence[FoundParticular], by: str
) -> PreviewField:
    text, is_text = value_of(one, desk.reader), one.kind == "text"
    own = [each for each in particulars if each.field == one.name]
    return PreviewField(
        name=one.name,
        label=desk.reader.label(one.label, one.name),
        parts=list(_parts(desk, text, own)) if is_text else [MarkedPart(text)],
        text=text,
        is_text=is_text,
        by=by if is_text else "",
        asks=one.name in found.needs_consent and one.name not in found.consented,
    )


def _parts(desk: Desk, text: str, found: Sequence[FoundParticular]) -> Iterator[MarkedPart]:
    """The text in parts. Where places overlap, the first one is marked, and of those that begin alike a certain one."""
    at = 0
    for one in sorted(found, key=lambda each: (each.start, not each.certain, -each.end)):
        if one.start >= at:
            yield MarkedPart(text[at : one.start])
            kind = desk.reader.text(f"desk_notices.kind.{one.kind}")
            yield MarkedPart(text[one.start : one.end], "certain" if one.certain else "maybe", kind)
            at = one.end
    yield MarkedPart(text[at:])


def _step(desk: Desk, one: StepView, names: dict[str, str]) -> PreviewStep:
    reader = desk.reader
    party = one.on_behalf_of if one.on_behalf_of in ("complainant", "respondent") else None
    actor = names.get(one.by) or reader.of_code("role.", one.role or one.by)
    behalf = "" if party is None else reader.text("desk_notices.behalf", party=reader.of_code("role.", party))
    return PreviewStep(
        act=reader.text(f"desk_notices.act.{one.act}"),
        at=time_text(desk.member.policy.calendar, reader, one.at),
        by=actor + behalf,
        reason=one.reason or "",
    )


def _names(desk: Desk, subs: Iterable[str]) -> dict[str, str]:
    labels, wanted = labels_of(desk), sorted({*subs})
    people = people_by_sub(desk.call.wiring.store, desk.member.org.id, wanted) if wanted else ()
    return {one.sub: labels.person(one) for one in people}
