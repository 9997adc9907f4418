"""What an act would do, in the words of a page before its last click: events, stage, messages, deadlines, approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from chalicelib.casework.loading import Case
from chalicelib.complaints.applying.flow import Flow, Savepoint
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.complaints.runs import Run, from_json
from chalicelib.complaints.units import scoring
from chalicelib.features.handling import told
from chalicelib.features.handling.close_duplicates import WouldLink
from chalicelib.features.handling.forms_of_acts import RoleName, Words, role_name
from chalicelib.features.handling.told import WouldTell
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Trigger, holds, matches
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.publicity import Notices
from chalicelib.policy.language.wording import field_words
from chalicelib.policy.language.wording.own_terms import event_label


class WouldEvent(msgspec.Struct, frozen=True, kw_only=True):
    type: str
    label: Words


class StageName(msgspec.Struct, frozen=True, kw_only=True):
    stage: str
    label: Words


class StageMove(msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}):
    before: StageName
    after: StageName


class WouldStart(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that begins. `due`: null while it does not run yet."""

    clock: str
    run: int
    label: Words
    due: str | None


class WouldStop(msgspec.Struct, frozen=True, kw_only=True):
    clock: str
    run: int
    label: Words
    state: str


class WouldMove(msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}):
    """A deadline that is due at another time. Null: it has no due time, because it is paused."""

    clock: str
    run: int
    label: Words
    before: str | None
    after: str | None


class WouldNeed(msgspec.Struct, frozen=True, kw_only=True):
    """The act would wait until one of these approves it."""

    by: list[RoleName]


class WouldDemand(msgspec.Struct, frozen=True, kw_only=True):
    """Files that are asked for. `until`: null if their time does not run yet."""

    of: RoleName
    kinds: list[str]
    until: str | None


class WouldPublish(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that is prepared, or the result of the case that is announced."""

    kind: Literal["notice", "result"]
    audience: Literal["public", "users"]


class WouldCount(msgspec.Struct, frozen=True, kw_only=True):
    """Points that count against the unit, unless the complaint has counted already."""

    unit: str
    points: int


class Would(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: of the act. `due`: those that time has caused by now; they are recorded first, whether the act is done
    or refused. Everything else compares the complaint after `due` with the complaint after the act. `link`: of a
    duplicate; if the other complaint has ended, all speaks of the closing too, which follows at once."""

    events: list[WouldEvent]
    due: list[WouldEvent]
    stage: StageMove
    tier: int
    severity: str | None
    closes: bool
    tells: list[WouldTell]
    starts: list[WouldStart]
    stops: list[WouldStop]
    moves: list[WouldMove]
    approval: WouldNeed | UnsetType = UNSET
    files: list[WouldDemand] | UnsetType = UNSET
    notices: list[WouldPublish] | UnsetType = UNSET
    points: WouldCount | UnsetType = UNSET
    link: WouldLink | UnsetType = UNSET


class ForeseenAct(NamedTuple):
    """`savepoint`: after the due events, which are in `due`, and before the act. `case`: at that point."""

    flow: Flow
    savepoint: Savepoint
    due: Sequence[EventDraft]
    case: Case
    caller: Asker

    @property
    def policy(self) -> Policy:
        return self.flow.policy

    @property
    def drafts(self) -> Sequence[EventDraft]:
        """Of the act."""
        return self.flow.drafts[self.savepoint.drafts :]


def would(found: ForeseenAct) -> Would:
    before, after, policy = found.savepoint.complaint, found.flow.complaint, found.policy
    runs = _Runs(policy, before.runs, _changed(found.drafts), public=found.caller.kind == COMPLAINANT.kind)
    return Would(
        events=_events(policy, found.drafts),
        due=_events(policy, found.due),
        stage=StageMove(before=_stage(policy, before.stage), after=_stage(policy, after.stage)),
        tier=after.tier,
        severity=after.severity,
        closes=not found.case.has_ended and replace(found.case, complaint=after).has_ended,
        tells=list(told.tells(found.flow, found.drafts, found.caller)),
        starts=list(runs.started()),
        stops=list(runs.stopped()),
        moves=list(runs.moved()),
        approval=next((_approval(policy, one) for one in found.drafts if _is_proposed(one)), UNSET),
        files=[_demand(policy, one) for one in found.drafts if one.type == "evidence_demanded"] or UNSET,
        notices=list(_notices(found)) or UNSET,
        points=_points(found) if found.caller.kind == "staff" else UNSET,
    )


def words(label: Label) -> Words:
    return {"zh": label.zh, "en": label.en}


def _events(policy: Policy, drafts: Sequence[EventDraft]) -> list[WouldEvent]:
    return [WouldEvent(type=one.type, label=words(event_label(policy.document, one.type))) for one in drafts]


def _stage(policy: Policy, name: str) -> StageName:
    return StageName(stage=name, label=words(field_words.of_stage(policy.document, name)))


def _changed(drafts: Sequence[EventDraft]) -> list[Run]:
    """The last state of each run that the drafts changed."""
    found: dict[str, Run] = {}
    for draft in drafts:
        for raw in draft.result.clocks:
            run = from_json(raw)
            found[run.key] = run
    return list(found.values())


class _Runs:
    """Runs before and after an act. `public`: named as complainants read them."""

    def __init__(self, policy: Policy, before: Sequence[Run], changed: Sequence[Run], *, public: bool) -> None:
        self._policy, self._public = policy, public
        self._before: Mapping[str, Run] = {run.key: run for run in before}
        self._changed = changed

    def _label(self, run: Run) -> Words:
        return words(field_words.of_clock(self._policy.document, run.clock, public=self._public))

    def _known(self) -> Iterator[tuple[Run, Run]]:
        return ((self._before[run.key], run) for run in self._changed if run.key in self._before)

    def started(self) -> Iterator[WouldStart]:
        for run in self._changed:
            if run.key not in self._before and run.open:
                yield WouldStart(clock=run.clock, run=run.n, label=self._label(run), due=_time(run.due))

    def stopped(self) -> Iterator[WouldStop]:
        for was, run in self._known():
            if was.open and not run.open:
                yield WouldStop(clock=run.clock, run=run.n, label=self._label(run), state=run.state)

    def moved(self) -> Iterator[WouldMove]:
        for was, run in self._known():
            if run.open and was.due != run.due:
                times = {"before": _time(was.due), "after": _time(run.due)}
                yield WouldMove(clock=run.clock, run=run.n, label=self._label(run), **times)


def _time(at: Instant | None) -> str | None:
    return None if at is None else to_text(at)


def _is_proposed(draft: EventDraft) -> bool:
    """Whether the act itself waits. A task that it opens can wait for an approval too."""
    return draft.type == "proposed" and "task" not in draft.fields


def _approval(policy: Policy, proposed: EventDraft) -> WouldNeed:
    return WouldNeed(by=[role_name(policy, role) for role in proposed.fields["approvers"]])


def _demand(policy: Policy, demanded: EventDraft) -> WouldDemand:
    fields: Mapping[str, Any] = demanded.fields
    of, kinds = role_name(policy, fields["of"]), list(fields.get("kinds", []))
    return WouldDemand(of=of, kinds=kinds, until=fields.get("until"))


def _notices(found: ForeseenAct) -> Iterator[WouldPublish]:
    publicity = found.policy.document.publicity
    if publicity is None:
        return
    case = situation(found.policy, found.flow.complaint)
    for part in (publicity.notices, publicity.results):
        if part is None or not any(_is_on(part.on, one) for one in found.drafts):
            continue
        if not isinstance(part, Notices):
            yield WouldPublish(kind="result", audience=part.audience)
        elif holds(part.when, case):
            yield WouldPublish(kind="notice", audience=part.audience)


def _is_on(triggers: Sequence[Trigger], draft: EventDraft) -> bool:
    return not draft.result.partial and matches(triggers, draft.type, draft.fields)


def _points(found: ForeseenAct) -> WouldCount | UnsetType:
    after = found.flow.complaint
    for one in found.drafts:
        result = msgspec.to_builtins(one.result)
        points = scoring.judged_points(found.policy, after, one.type, one.fields, result)
        if points and after.unit is not None:
            return WouldCount(unit=after.unit, points=points)
    return UNSET
