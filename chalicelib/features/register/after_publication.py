"""What happens to a published notice: its withdrawal, and its correction."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.complaints.envelope import Occurrence
from chalicelib.features.register import publication
from chalicelib.features.register.notice_view import Change, Correction, NoticeField, NoticeView, Withdrawal
from chalicelib.features.register.working import Working
from chalicelib.particulars.search import find

CONSENT_WITHDRAWN = "同意已撤回。Consent was withdrawn."


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
