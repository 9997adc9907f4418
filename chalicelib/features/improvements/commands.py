"""Commands on improvement actions: create one, hand it over, say that it is done, cancel it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.features.analysis import frequency
from chalicelib.features.improvements import action, counting, queries, telling
from chalicelib.features.improvements.action import Action, StoredAction
from chalicelib.features.improvements.queries import ImprovementCaller, caller_of, manager
from chalicelib.features.register.input import cleaned
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.worktime.zone import end_of_date
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.tenants.people import membership
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

MOST_ACTIVE = 200
"""Actions that an organisation tracks at a time."""
MOST_TITLE, MOST_REASON = 200, 1_000
"""Characters."""
LONGEST = 2 * 366 * DAY
"""Until the due time."""
_WRONG = "The improvement action cannot be taken as it is."
_Day = Annotated[str, msgspec.Meta(pattern="^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
_Person = Annotated[SeenText, msgspec.Meta(max_length=100)]


class NewImprovement(RequestDocument, frozen=True, kw_only=True):
    """`by` and `value`: the cause, as in the analysis. `owner`: a member. `due`: the last day."""

    title: Annotated[SeenText, msgspec.Meta(max_length=MOST_TITLE)]
    by: Annotated[SeenText, msgspec.Meta(max_length=200)]
    value: Annotated[str, msgspec.Meta(max_length=200)]
    owner: _Person
    due: _Day


class ImprovementAct(RequestDocument, frozen=True, kw_only=True):
    """`reason`: of a cancellation. `owner` and `due`: to hand the action over, or to give it another last day."""

    reason: Annotated[SeenText, msgspec.Meta(max_length=MOST_REASON)] | None = None
    owner: _Person | None = None
    due: _Day | None = None


class ImprovementCommand(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    sub: str
    now: Instant
    request: Request | None


class _ImprovementStep(NamedTuple):
    """The action after a command, the writes of its item, the event's type and fields, and the wording of a message."""

    action: Action
    writes: list[Write]
    event: str
    fields: dict[str, object]
    tells: str | None = None


ActName = Literal["done", "cancel", "hand_over"]
_Decide = Callable[[Wiring, ImprovementCommand, ImprovementCaller, StoredAction, ImprovementAct], _ImprovementStep]


def create(wiring: Wiring, command: ImprovementCommand, wanted: NewImprovement) -> Answer:
    """201 with the action. Raises `Problem`: `forbidden`, `invalid`, `conflict`. The caller binds the tenant."""

    def decide(caller: ImprovementCaller) -> _ImprovementStep:
        if len(action.in_progress(wiring.store, command.tenant)) >= MOST_ACTIVE:
            detail = Text("An organisation tracks at most {most} improvement actions at a time.", most=MOST_ACTIVE)
            raise Problem("conflict", detail)
        new = _new(wiring, command, wanted, caller)
        fields = {"by": new.by, "value": new.value, "owner": new.owner, "due": to_text(new.due), "before": _plain(new)}
        return _ImprovementStep(new, [action.put(command.tenant, new)], "improvement_opened", fields, telling.GIVEN)

    return _run(wiring, command, manager, decide, 201)


def act(wiring: Wiring, command: ImprovementCommand, action_id: str, act: str, given: ImprovementAct) -> Answer:
    """200 with the action. The owner of the action says that it is done; the other acts are for those who manage it.

    Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict` (an action that is not open).
    """
    name = _known(act)

    def decide(caller: ImprovementCaller) -> _ImprovementStep:
        stored = queries.visible(wiring.store, caller, command.tenant, action_id)
        if caller.manages is None and name != "done":
            raise Problem("forbidden", "Only those who manage the improvement actions may do this.")
        _check_fields(name, given)
        if stored.action.state != "open":
            raise Problem("conflict", "The improvement action is not open.")
        return ACTS[name](wiring, command, caller, stored, given)

    return _run(wiring, command, caller_of, decide, 200)


def _known(act: str) -> ActName:
    for name in ACTS:
        if name == act:
            return name
    raise Problem("not-found", Text("There is no such act. There are: {known}.", known=", ".join(ACTS)))


def _run(
    wiring: Wiring,
    command: ImprovementCommand,
    permitted: Callable[[Wiring, str, str, Instant], ImprovementCaller],
    decide: Callable[[ImprovementCaller], _ImprovementStep],
    status: int,
) -> Answer:
    def attempt() -> Answer:
        caller = permitted(known_policies.only_known(wiring), command.tenant, command.sub, command.now)
        key = None if command.request is None else command.request.record_key
        found = None if key is None else reads.find(wiring.store, key)
        if command.request is not None:
            known = idempotency_records.replay(found, command.request, wiring.real_clock())
            if known is not None:
                return known
        step = decide(caller)
        answer = Answer.of(status, action.view(wiring.sealer, command.tenant, step.action, command.now))
        writes = recorded(wiring, caller, step.action, step, command)
        if command.request is not None:
            writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
        wiring.store.commit(writes)
        return answer

    with known_policies.waiting():
        return retry_or_refuse(attempt, CONFLICT)


def recorded(
    wiring: Wiring, caller: ImprovementCaller, after: Action, step: _ImprovementStep, command: ImprovementCommand
) -> list[Write]:
    """The writes of the item, of the event on the organisation's record, and of the message."""
    fields = {"improvement": after.id, **step.fields}
    actor = caller.member.asker.actor(caller.grant)
    before = caller.member.org
    known = action.open_after(before.improvements, after)
    org, event = organisation.record_event(
        before, step.event, fields, command.sub, command.now, actor=actor, improvements=known
    )
    told = [] if step.tells is None else telling.tell(wiring, org, caller.member.policy, after, step.tells, command.now)
    return [*step.writes, organisation.change(org, before), event, *told]


def _new(wiring: Wiring, command: ImprovementCommand, wanted: NewImprovement, caller: ImprovementCaller) -> Action:
    tenant, now, org, policy = command.tenant, command.now, caller.member.org, caller.member.policy
    title = cleaned({"title": wanted.title}, "")["title"]
    _check_value(caller, wanted)
    _check_owner(wiring, tenant, wanted.owner)
    due = _due(caller, wanted.due, now)
    return Action(
        id=f"{org.seq + 1}",
        title=action.sealed_text(wiring.sealer, tenant, title),
        by=wanted.by,
        value=wanted.value,
        owner=wanted.owner,
        opened=now,
        due=due,
        term=due - now,
        before=counting.before(wiring, org, policy, wanted.by, wanted.value, now),
    )


def _plain(new: Action) -> object:
    return msgspec.to_builtins(new.before)


def _check_value(caller: ImprovementCaller, wanted: NewImprovement) -> None:
    """Raises `Problem("invalid")` for a cause that the policy in force does not have."""
    try:
        subject = frequency.subject_of(caller.member.policy, wanted.by)
    except Problem as problem:
        raise Problem("invalid", _WRONG, places=[Place("/by", one.detail) for one in problem.places]) from None
    known = frequency.values_of(caller.member.policy, caller.member.org, subject)
    if wanted.value not in known:
        wrong = Text("must be one of: {known}", known=", ".join(known))
        raise Problem("invalid", _WRONG, places=[Place("/value", wrong)])


def _check_owner(wiring: Wiring, tenant: str, sub: str) -> None:
    entry = reads.find(wiring.store, membership.key(tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if person is None or not person.active or person.is_party:
        raise Problem("invalid", _WRONG, places=[Place("/owner", "is no member of the organisation")])


def _due(caller: ImprovementCaller, day: str, now: Instant) -> Instant:
    try:
        due = end_of_date(caller.member.policy.calendar.zone, day)
    except ValueError:
        raise Problem("invalid", _WRONG, places=[Place("/due", "is no day of the calendar")]) from None
    if due <= now or due > now + LONGEST:
        raise Problem("invalid", _WRONG, places=[Place("/due", "must lie in the next two years")])
    return due


def _check_fields(name: ActName, given: ImprovementAct) -> None:
    allowed = {"done": (), "cancel": ("reason",), "hand_over": ("owner", "due")}[name]
    present = [field for field in ("reason", "owner", "due") if getattr(given, field) is not None]
    places = [Place(f"/{field}", "is not possible in this case") for field in present if field not in allowed]
    if allowed and not set(allowed) & set(present):
        places.append(Place(f"/{allowed[0]}", "is required in this case"))
    if places:
        raise Problem("invalid", _WRONG, places=places)


def _done(
    wiring: Wiring, command: ImprovementCommand, caller: ImprovementCaller, stored: StoredAction, given: ImprovementAct
) -> _ImprovementStep:
    after = replace(stored.action, state="done", done=command.now, after=None, checks=0, late=False)
    return _ImprovementStep(after, action.change(command.tenant, stored, after), "improvement_done", {})


def _cancel(
    wiring: Wiring, command: ImprovementCommand, caller: ImprovementCaller, stored: StoredAction, given: ImprovementAct
) -> _ImprovementStep:
    reason = cleaned({"reason": given.reason or ""}, "")["reason"]
    sealed = action.sealed_text(wiring.sealer, command.tenant, reason)
    after = replace(stored.action, state="cancelled", reason=sealed, over=True)
    return _ImprovementStep(after, action.change(command.tenant, stored, after), "improvement_cancelled", {})


def _hand_over(
    wiring: Wiring, command: ImprovementCommand, caller: ImprovementCaller, stored: StoredAction, given: ImprovementAct
) -> _ImprovementStep:
    owner, due = given.owner or stored.action.owner, stored.action.due
    if given.owner is not None:
        _check_owner(wiring, command.tenant, given.owner)
    if given.due is not None:
        due = _due(caller, given.due, command.now)
    after = replace(stored.action, owner=owner, due=due, late=False)
    writes = action.change(command.tenant, stored, after)
    return _ImprovementStep(after, writes, "improvement_changed", {"owner": owner, "due": to_text(due)}, telling.GIVEN)


ACTS: Mapping[ActName, _Decide] = {"done": _done, "cancel": _cancel, "hand_over": _hand_over}
