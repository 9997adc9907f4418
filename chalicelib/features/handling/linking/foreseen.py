"""What a link would do, for its dry run: which complaint goes on, when this one is closed, and why it is doubtful."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.casework.loading import Case
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.linking import OBJECTION_DAYS
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.rights.permits import LinkTarget
from chalicelib.features.handling.forms_of_acts import Words
from chalicelib.features.handling.linking import duplicates, link_targets
from chalicelib.features.handling.linking.close_duplicates import EndedTarget, Fate, close, fate, outcome
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording import field_words
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring

Doubt = Literal["ended", "unrelated"]


class WouldGoOn(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of the complaint that goes on after the link. `due`: null while it does not run."""

    clock: str
    run: int
    label: Words
    due: str | None


class WouldLink(msgspec.Struct, frozen=True, kw_only=True):
    """`to`: the complaint that goes on, with its present stage. `closes`: when this one is closed: `now`, as the other
    has ended; `later`, when the other ends; `alone`, by its own procedure, as the other ended without an outcome that
    holds for both. `goes_on`: its own deadlines until then. Nothing is copied but the values of the other's outcome.
    `doubts`: why it needs a reason and, before the first answer, a second person. `objection_days`: how long after the
    closing the complainant can object, which takes this one up again with its first due times."""

    to: str
    stage: str
    label: Words
    closes: Fate
    goes_on: list[WouldGoOn]
    doubts: list[Doubt]
    objection_days: int


def foresee(wiring: Wiring, ref: CaseRef, flow: Flow, case: Case, now: Instant) -> WouldLink | UnsetType:
    """Of a flow with the act, or with its proposal. If the other complaint has ended, the end of this one is added to a
    flow with the act. `case`: as `link_targets.add_to` gives it."""
    tenant = ref.tenant
    linked = [(seq, one) for seq, one in enumerate(flow.drafts, flow.before.seq + 1) if _links(one)]
    if not linked:
        return UNSET
    (seq, draft), *_ = linked
    number = duplicates.linked_to(draft)
    target = None if number is None else duplicates.target_of(tenant, number, case.entries)
    if target is None:
        return UNSET
    policy = wiring.compiled.get(tenant, target.policy)
    when = fate(policy, target)
    if when == "now" and draft.type == "linked":
        found = outcome(wiring.store, wiring.compiled, tenant, target.number)
        cause = event_id(flow.before.number, seq, draft.name)
        close(flow, EndedTarget(target, found, cause, now))
    stage = field_words.of_stage(policy.document, target.stage)
    return WouldLink(
        to=target.number,
        stage=target.stage,
        label=_words(stage),
        closes=when,
        goes_on=_going_on(flow),
        doubts=_doubts(link_targets.compared(wiring, ref, case, target)),
        objection_days=OBJECTION_DAYS,
    )


def _links(draft: EventDraft) -> bool:
    return duplicates.follows(draft) or (draft.type == "proposed" and duplicates.linked_to(draft) is not None)


def _doubts(target: LinkTarget) -> list[Doubt]:
    found: dict[Doubt, bool] = {"ended": target.ended, "unrelated": not target.related}
    return [name for name, holds in found.items() if holds]


def _going_on(flow: Flow) -> list[WouldGoOn]:
    return [
        WouldGoOn(
            clock=run.clock,
            run=run.n,
            label=_words(field_words.of_clock(flow.policy.document, run.clock, public=False)),
            due=None if run.due is None else to_text(run.due),
        )
        for run in flow.complaint.runs
        if run.open
    ]


def _words(label: Label) -> Words:
    return {"zh": label.zh, "en": label.en}
