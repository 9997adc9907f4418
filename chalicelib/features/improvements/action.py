"""The item of an improvement action, and its view.

Its texts are encrypted in the item. The events on the organisation's record hold no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Literal

import msgspec

from chalicelib.features.analysis import intervals
from chalicelib.features.analysis.frequency import Trend, trend
from chalicelib.features.analysis.intervals import Rate
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant, to_text
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.keys import improvements
from chalicelib.store.port import Entry, Key, Remove, Store, Write
from chalicelib.store.stored_form import Form

KIND = "improvement"
State = Literal["open", "done", "cancelled"]


class Counted(StoredPart, frozen=True, rename={"first": "from", "last": "to"}):
    """How often the cause occurred from the first to the last day, both included."""

    first: str
    last: str
    number: int

    @property
    def rate(self) -> Rate:
        return Rate(self.number, (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1)


class Action(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`by` and `value`: the cause, as in the analysis. `owner`: a member's `sub`. `term`: the time from the opening to
    the due time. `before`: the count at the opening; `after`: the latest one since it was done."""

    id: str
    title: str
    by: str
    value: str
    owner: str
    opened: Instant
    due: Instant
    term: Instant
    before: Counted
    state: State = "open"
    done: Instant | None = None
    after: Counted | None = None
    checks: int = 0
    """Periods since it was done that were counted."""
    reopened: int = 0
    """How often its cause returned."""
    late: bool = False
    """True if it was told that the action is overdue."""
    reason: str = ""
    over: bool = False
    """True if it was cancelled, or is not watched any more."""


FORM = Form(KIND, Action)


class StoredAction(msgspec.Struct, frozen=True):
    action: Action
    version: int


class ImprovementEffectView(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio`: the rate after, divided by the rate before, with its limits of 95 %; null where they are infinite.

    `trend`: `down` if the limits are below 1, `up` if they are above it, else `unclear`.
    """

    before: Counted
    after: Counted
    ratio: float | None
    low: float
    high: float | None
    trend: Trend


class ActionView(msgspec.Struct, frozen=True, kw_only=True):
    """`overdue`: not done at its due time. `reopened`: how often it was reopened because its cause returned. `effect`:
    null until the action is done and the first period after it is counted. `reason`: of a cancelled action."""

    id: str
    title: str
    by: str
    value: str
    owner: str
    state: State
    opened: str
    due: str
    overdue: bool
    done: str | None
    reopened: int
    before: Counted
    effect: ImprovementEffectView | None
    reason: str | None


def view(sealer: Sealer, tenant: str, action: Action, now: Instant) -> ActionView:
    return ActionView(
        id=action.id,
        title=opened_text(sealer, tenant, action.title),
        by=action.by,
        value=action.value,
        owner=action.owner,
        state=action.state,
        opened=to_text(action.opened),
        due=to_text(action.due),
        overdue=is_overdue(action, now),
        done=None if action.done is None else to_text(action.done),
        reopened=action.reopened,
        before=action.before,
        effect=None if action.after is None else effect(action.before, action.after),
        reason=opened_text(sealer, tenant, action.reason) if action.reason else None,
    )


def is_overdue(action: Action, now: Instant) -> bool:
    return action.state == "open" and action.due <= now


def effect(before: Counted, after: Counted) -> ImprovementEffectView:
    limits = intervals.ratio(after.rate, before.rate)
    then, now = (one.rate.events / one.rate.exposure for one in (before, after))
    return ImprovementEffectView(
        before=before,
        after=after,
        ratio=round(now / then, 3) if then else None,
        low=round(limits.low, 3),
        high=round(limits.high, 3) if isfinite(limits.high) else None,
        trend=trend(limits),
    )


def sealed_text(sealer: Sealer, tenant: str, text: str) -> str:
    return sealer.seal(tenant, keys.ORGANISATION, text.encode())


def opened_text(sealer: Sealer, tenant: str, sealed: str) -> str:
    return sealer.open(tenant, keys.ORGANISATION, sealed).decode()


def active_key(tenant: str, action_id: str) -> Key:
    """Of an action that is not over."""
    return improvements.action(tenant, action_id, over=False)


def key_of(tenant: str, action: Action) -> Key:
    return improvements.action(tenant, action.id, over=action.over)


def open_after(before: Mapping[str, str], after: Action) -> dict[str, str]:
    """The open actions with their owners, as the organisation has them, after a change of this one."""
    others = {id_: owner for id_, owner in before.items() if id_ != after.id}
    return {**others, after.id: after.owner} if after.state == "open" else others


def put(tenant: str, action: Action, before: int = 0) -> Write:
    return FORM.write(key_of(tenant, action), action, before)


def change(tenant: str, stored: StoredAction, after: Action) -> list[Write]:
    """An action that is over moves to the others that are."""
    before, version = stored.action, stored.version
    if after.over == before.over:
        return [put(tenant, after, version)]
    return [Remove(key_of(tenant, before), version), put(tenant, after)]


def find(store: Store, tenant: str, action_id: str, *, places: Sequence[bool] = (False, True)) -> StoredAction | None:
    """`places`: whether to look among those that are over."""
    found = store.get([improvements.action(tenant, action_id, over=over) for over in places]).values()
    return next((parse(entry) for entry in found if entry.kind == KIND), None)


def every(store: Store, tenant: str) -> Iterator[Action]:
    """Those in progress first, the oldest of them first."""
    return FORM.read_each(entries(store, tenant))


def entries(store: Store, tenant: str) -> Iterator[Entry]:
    return reads.items(store, improvements.partition(tenant))


def in_progress(store: Store, tenant: str) -> list[Action]:
    return list(FORM.read_each(reads.items(store, improvements.partition(tenant), improvements.ACTIVE)))


def page(
    store: Store, tenant: str, limit: int, after: Mapping[str, str] | None
) -> tuple[list[Action], Mapping[str, str] | None]:
    """In the order of `every`, with the position of the next page."""
    found = store.query(improvements.partition(tenant), limit=limit, after=after)
    return list(FORM.read_each(found.entries)), found.after


def parse(entry: Entry) -> StoredAction:
    return StoredAction(FORM.read(entry), entry.version or 0)
