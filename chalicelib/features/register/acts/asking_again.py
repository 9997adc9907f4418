"""What a change of a notice's text does to what people said about the former text.

A consent is given for one exact text. It lapses with the first change, and a change back does not revive it: the party
was told that it does not count, and is asked anew. So does the approval, and the time to object begins again.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from chalicelib.features.register import making, publication, telling
from chalicelib.features.register.acts.working import Working
from chalicelib.features.register.notice import Notice, NoticeStep, NoticeTexts, ObjectionRight

LAPSED = "consent_lapsed"


def after_edit(work: Working, before: Mapping[str, str]) -> None:
    """Of a notice that is not published. `before`: the former texts."""
    changed = _changed(work, before)
    if not changed:
        return
    notice = work.notice
    if notice.consent == "given" or changed & {*notice.consented}:
        _note_lapse(work, before)
    elif _last_answer(notice) != LAPSED:
        work.texts = replace(work.texts, before=dict(before))
    work.notice = replace(
        work.notice,
        changed=True,
        consent="none" if notice.consent == "none" else "asked",
        consented=[] if notice.consent == "given" else [name for name in notice.consented if name not in changed],
        approval="none" if notice.approval == "none" else "asked",
        objection=_right_again(work),
    )
    work.asks_again = True


def holds_correction(work: Working, before: Mapping[str, str]) -> bool:
    """Whether a correction waits for consent. Until then the register shows the text that the complainant consented to.

    `before`: the former texts. A correction back to the published text takes back one that waits.
    """
    notice, texts = work.notice, work.texts
    if notice.consent == "none" and not _changed(work, before) & {*notice.consented}:
        return False
    if notice.public is not None and publication.public_fields(notice, texts) == notice.public.fields:
        work.notice, work.texts = replace(notice, pending=None), replace(texts, before=None)
    else:
        earlier = dict(before) if notice.pending is None else texts.before
        work.texts = replace(texts, before=earlier)
        work.notice = replace(notice, changed=True, pending=bool(work.given.conceal))
        work.asks_again = True
    return True


def _changed(work: Working, before: Mapping[str, str]) -> set[str]:
    return {name for name, text in work.texts.fields.items() if text != before.get(name)}


def _note_lapse(work: Working, before: Mapping[str, str]) -> None:
    former = publication.proposed(work.notice, NoticeTexts(fields=dict(before)))
    step = NoticeStep(act=LAPSED, at=work.now, by=work.actor.id, role=work.actor.role, sha256=former)
    work.notice = replace(work.notice, steps=[*work.notice.steps, step])
    work.texts = replace(work.texts, before=dict(before))


def _last_answer(notice: Notice) -> str:
    answers = [step.act for step in notice.steps if step.act in ("consent", "withdraw_consent", LAPSED)]
    return answers[-1] if answers else ""


def _right_again(work: Working) -> ObjectionRight | None:
    """An objection that is not decided stays as it is: the approvers decide about the present text."""
    right, part = work.notice.objection, telling.notices_of(work.policy)
    if right is None or right.state == "open" or part is None or part.objection is None:
        return right
    return replace(right, state="none", until=making.end(work.policy, part.objection.within, work.now))
