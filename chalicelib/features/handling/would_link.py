"""What a link as a duplicate would mean: which complaint goes on, and when this one is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import event_id
from chalicelib.features.handling import close_duplicates, duplicates
from chalicelib.features.handling.close_duplicates import EndedTarget, Fate
from chalicelib.features.handling.forms_of_acts import Words
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording import field_words
from chalicelib.store.port import Entry, Key

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


class WouldGoOn(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of the complaint that goes on after the link. `due`: null while it does not run."""

    clock: str
    run: int
    label: Words
    due: str | None


class WouldLink(msgspec.Struct, frozen=True, kw_only=True):
    """`to`: the complaint that goes on, with its present stage. `closes`: when this one is closed: `now`, as the other
    has ended; `later`, when the other ends; `alone`, by its own procedure, as the other ended without an outcome that
    holds for both. `goes_on`: its own deadlines until then. Nothing is copied but the values of the other's outcome."""

    to: str
    stage: str
    label: Words
    closes: Fate
    goes_on: list[WouldGoOn]


def foresee(
    wiring: Wiring, tenant: str, flow: Flow, entries: Mapping[Key, Entry], now: Instant
) -> WouldLink | UnsetType:
    """Of a flow with the act. If the other complaint has ended, the end of this one is added to the flow."""
    linked = [(seq, one) for seq, one in enumerate(flow.drafts, flow.before.seq + 1) if duplicates.follows(one)]
    if not linked:
        return UNSET
    (seq, draft), *_ = linked
    target = duplicates.target_of(tenant, draft.fields["to"], entries)
    if target is None:
        return UNSET
    policy = wiring.compiled.get(tenant, target.policy)
    fate = close_duplicates.fate(policy, target)
    if fate == "now":
        outcome = close_duplicates.outcome(wiring.store, wiring.compiled, tenant, target.number)
        cause = event_id(flow.before.number, seq, draft.name)
        close_duplicates.close(flow, EndedTarget(target, outcome, cause, now))
    stage = field_words.of_stage(policy.document, target.stage)
    return WouldLink(to=target.number, stage=target.stage, label=_words(stage), closes=fate, goes_on=_going_on(flow))


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
