"""The acts on a notice: who does them, when they are open, which fields they have, and what they change.

A published notice is corrected or withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.features.register import publication, telling
from chalicelib.features.register.acts import asking_again
from chalicelib.features.register.acts.rights import NoticeCaller
from chalicelib.features.register.acts.working import Working
from chalicelib.features.register.input import refuse_unchecked
from chalicelib.features.register.notice import Notice
from chalicelib.features.register.notice_view import Change, Correction, NoticeField, NoticeView, Withdrawal
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.particulars.search import find


def withdraw(work: Working, reason: str) -> None:
    """Adds `unpublished` to the case's record. The notice keeps its place and the reason, without its fields."""
    view, day = _published(work), publication.day_of(work.policy, work.now).isoformat()
    ended = replace(view, state="withdrawn", fields=[], corrections=[], withdrawn=Withdrawal(on=day, reason=reason))
    work.notice = replace(work.notice, state="withdrawn", public=ended)
    work.flow.add(
        "unpublished",
        Occurrence(work.now, work.actor),
        {"notice": work.notice.id, "kind": work.notice.kind},
    )


def republish(work: Working, *, conceal: bool) -> None:
    """Adds `published` to the case's record, with the digest of the corrected fields, if anything changed."""
    view, day = _published(work), publication.day_of(work.policy, work.now).isoformat()
    fields = publication.public_fields(work.notice, work.texts)
    changes = _changes(view.fields, fields)
    if changes:
        corrections = [*view.corrections, Correction(on=day, changes=changes)]
        hidden = {one.name for one in changes if conceal or _names_somebody(work, corrections, one.name)}
        corrections = [_concealed(one, hidden, latest=one is corrections[-1]) for one in corrections]
        view = replace(view, fields=fields, corrections=corrections, sha256=publication.digest(fields))
        work.notice = replace(work.notice, public=view)
        added = publication.event_fields(work.notice, view)
        work.flow.add("published", Occurrence(work.now, work.actor), added)


def _published(work: Working) -> NoticeView:
    if work.notice.public is None:
        raise ValueError("the notice is not published")
    return work.notice.public


def _names_somebody(work: Working, corrections: list[Correction], field: str) -> bool:
    """Whether a former text of the field has a particular that the case's record has by now."""
    former = [one.was for correction in corrections for one in correction.changes if one.name == field]
    return any(isinstance(text, str) and find(text, work.terms()) for text in former)


def _changes(before: list[NoticeField], after: list[NoticeField]) -> list[Change]:
    was, now = ({field.name: field.value for field in fields} for fields in (before, after))
    return [
        Change(name=name, was=was.get(name), now=now.get(name))
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    ]


def _concealed(correction: Correction, names: set[str], *, latest: bool) -> Correction:
    """Without the former values of these fields. What an earlier correction brought is a former value too."""
    changes = [
        replace(one, was=None, now=one.now if latest else None) if one.name in names else one
        for one in correction.changes
    ]
    return replace(correction, changes=changes)


class NoticeAct(msgspec.Struct, frozen=True):
    """`who`: the caller as the actor of this act, or None. `needs`, `takes`: names of `NoticeInput`."""

    who: Callable[[NoticeCaller, Notice], Actor | None]
    is_open: Callable[[Notice, Instant], bool]
    do: Callable[[Working], None]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    names_text: bool = False
    """Whether it is an answer about one exact text, which `sha256` names."""


def _consent(work: Working) -> None:
    own = [field.name for field in work.notice.fields if field.needs_consent]
    chosen = own if work.given.fields is None else work.given.fields
    places = [Place(f"/fields/fields/{at}", "needs no consent") for at, name in enumerate(chosen) if name not in own]
    if places:
        raise Problem("invalid", "Consent names fields that need it.", places=places)
    given = "none" if work.notice.consent == "none" else "given"
    pending = work.notice.pending
    work.notice = replace(work.notice, consent=given, consented=sorted({*chosen}), pending=None)
    work.texts = replace(work.texts, before=None)
    if pending is not None:
        republish(work, conceal=pending)


def _withdraw_consent(work: Working) -> None:
    """A published notice loses the fields that need it or, if it needs consent as a whole, is withdrawn."""
    before = work.notice
    asked = "none" if before.consent == "none" else "asked"
    work.notice = replace(before, consent=asked, consented=[], pending=None)
    work.texts = replace(work.texts, before=None)
    if before.state == "published" and asked == "asked":
        reason = catalogue.texts("withdrawal_reasons")["consent_withdrawn"]
        withdraw(work, reason.zh + reason.en)
    elif before.state == "published":
        republish(work, conceal=True)


def _object(work: Working) -> None:
    right = work.notice.objection
    if right is not None:
        work.notice = replace(work.notice, objection=replace(right, state="open"))
        telling.of_objection(work.flow, telling.notices_of(work.policy), work.notice, work.now)


def _settle(work: Working) -> None:
    right, work.settles = work.notice.objection, True
    if work.given.upheld:
        work.notice = replace(work.notice, state="rejected")
    elif right is not None:
        work.notice = replace(work.notice, objection=replace(right, state="dismissed"))


def _edit(work: Working) -> None:
    before = work.texts.fields
    work.change_texts()
    asking_again.after_edit(work, before)


def _approve(work: Working) -> None:
    """An approver decides about the present texts, so these are searched again."""
    refuse_unchecked(work.texts.fields, work.terms(), "/notice", checked=work.given.checked)
    work.notice = replace(work.notice, approval="given", unsafe=[])


def _reject(work: Working) -> None:
    work.notice = replace(work.notice, state="rejected")


def _withdraw(work: Working) -> None:
    reason = work.given.reason or ""
    refuse_unchecked({"": reason}, work.terms(), "/fields/reason", checked=work.given.checked)
    withdraw(work, reason)


def _correct(work: Working) -> None:
    before = work.texts.fields
    work.change_texts()
    texts = {name: work.texts.fields[name] for name in work.given.texts or {}}
    refuse_unchecked(texts, work.terms(), "/fields/texts", checked=work.given.checked)
    if not asking_again.holds_correction(work, before):
        republish(work, conceal=bool(work.given.conceal))


def _is_prepared(notice: Notice, _now: Instant) -> bool:
    return notice.state == "prepared"


def _is_published(notice: Notice, _now: Instant) -> bool:
    return notice.state == "published"


def _asks_consent(notice: Notice, _now: Instant) -> bool:
    own = {field.name for field in notice.fields if field.needs_consent}
    if notice.state == "published":
        return notice.pending is not None
    return notice.state == "prepared" and (notice.consent == "asked" or not own <= {*notice.consented})


def _has_consent(notice: Notice, _now: Instant) -> bool:
    given = notice.consent == "given" or bool(notice.consented)
    return given and notice.state in ("prepared", "published")


def _takes_objection(notice: Notice, now: Instant) -> bool:
    right = notice.objection
    return notice.state == "prepared" and right is not None and right.state == "none" and now < right.until


def _has_objection(notice: Notice, _now: Instant) -> bool:
    return notice.state == "prepared" and notice.objection is not None and notice.objection.state == "open"


def _is_editable(notice: Notice, _now: Instant) -> bool:
    return notice.state == "prepared" and (notice.approval != "given" or bool(notice.unsafe))


def _asks_approval(notice: Notice, now: Instant) -> bool:
    return "approval" in publication.waits_for(notice, now) and notice.state == "prepared"


ACTS: Mapping[str, NoticeAct] = {
    "consent": NoticeAct(NoticeCaller.as_consenter, _asks_consent, _consent, (), ("fields", "sha256"), names_text=True),
    "withdraw_consent": NoticeAct(NoticeCaller.as_complainant, _has_consent, _withdraw_consent),
    "object": NoticeAct(NoticeCaller.as_objector, _takes_objection, _object, ("reason",)),
    "settle_objection": NoticeAct(NoticeCaller.as_approver, _has_objection, _settle, ("upheld", "reason")),
    "edit": NoticeAct(NoticeCaller.as_editor, _is_editable, _edit, ("texts",)),
    "approve": NoticeAct(
        NoticeCaller.as_other_approver, _asks_approval, _approve, takes=("checked", "sha256"), names_text=True
    ),
    "reject": NoticeAct(NoticeCaller.as_approver, _is_prepared, _reject, ("reason",)),
    "withdraw": NoticeAct(NoticeCaller.as_keeper, _is_published, _withdraw, ("reason",), ("checked",)),
    "correct": NoticeAct(NoticeCaller.as_keeper, _is_published, _correct, ("texts",), ("conceal", "checked")),
}


def open_to(caller: NoticeCaller, notice: Notice, now: Instant) -> list[str]:
    return [name for name, act in ACTS.items() if act.is_open(notice, now) and act.who(caller, notice) is not None]
