"""Consequences of an event other than those for the clocks: messages to people, new tasks (P7.2), exposed receipts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.applying.flow import Flow, says_due
from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.envelope import PARTIES, SYSTEM, EventFields, Occurrence, event_id
from chalicelib.complaints.rights.exclusion import Recipients, people, selected_recipients
from chalicelib.complaints.runs import Run, first_open
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.parts import EventTerm, PeopleSelector
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, PROGRESS, event_term


class Telling(msgspec.Struct, frozen=True):
    """An event of which people are told: its id, time, fields and type.

    A message that names no wording uses the one for the type.

    `case`: the values that conditions compare, if they are not those of the present state.
    """

    about: str
    at: Instant
    fields: EventFields
    event: str
    case: Mapping[str, str] | None = None


Later = Callable[[], None]
"""Adds what follows from an event, such as the message about a task, after the messages about the event itself."""


def apply_tells(flow: Flow, tells: Sequence[NotificationRule], telling: Telling, then: Iterable[Later] = ()) -> None:
    """Adds `notified` events for the policy's `tells` whose condition holds. `then`: the messages that follow."""
    facts = situation(flow.policy, flow.complaint) if telling.case is None else telling.case
    for rule in tells:
        if holds(rule.when, facts):
            one = _unless_over(flow, rule, telling.at)
            to = selected_recipients(flow.complaint, _resolved(flow, one.to, telling.fields))
            tell(flow, to, telling, one.wording or telling.event, **_message_fields(flow, one, telling))
    for message in then:
        message()


def tell(flow: Flow, to: Recipients, telling: Telling, wording: str, **values: Any) -> None:
    """Adds `notified`, if there is a recipient."""
    if to.names:
        left_out = {"excluded": to.excluded, "excluded_by": to.events} if to.excluded else {}
        flow.notify(to.names, about=telling.about, at=telling.at, wording=wording, **left_out, **values)


def _resolved(flow: Flow, to: Sequence[str | PeopleSelector], fields: EventFields) -> Iterator[str | PeopleSelector]:
    for one in to:
        role = one if isinstance(one, str) else one.role
        for name in _recipients(flow, role, fields):
            yield name if isinstance(one, str) else replace(one, role=name)


def _unless_over(flow: Flow, one: NotificationRule, at: Instant) -> NotificationRule:
    """Without wording and due time if this time is over: what arrived earlier can be late when it is registered.

    Without a wording that says the due time if this time waits for decisions on masks (`waiting.tell_begun` sends it),
    or if the clock does not run and the text cannot leave its time out.
    """
    if one.due is None:
        return one
    run = first_open(flow.complaint.runs, one.due)
    if run is None or (run.due is None and not run.held):
        return one if _leaves_out_due(flow.policy, one.wording or "") else replace(one, wording=None)
    if run.held:
        return replace(one, wording=None) if says_due(flow.policy, one.wording or "") else one
    return replace(one, wording=None, due=None) if run.due is not None and run.due <= at else one


def _leaves_out_due(policy: Policy, wording: str) -> bool:
    """Whether the policy's text can do without the due time: it stands in square brackets, in each language."""
    text = policy.document.wording.get(wording)
    return text is not None and "{due}" not in re.sub(r"\[[^\[\]]*\]", "", text.zh + text.en)


def _message_fields(flow: Flow, one: NotificationRule, telling: Telling) -> EventFields:
    """The due time of the clock that the policy names for this message, the enclosed fields, and the task done."""
    progress = _progress(flow, one.wording or telling.event, telling.event)
    enclosed: EventFields = {"encloses": list(one.encloses)} if one.encloses else {}
    if one.way not in (None, ["mail"]):
        enclosed["way"] = list(one.way or ())
    if telling.event == "task_done":
        return {"task": telling.fields["task"], **enclosed, **progress}
    run = None if one.due is None else first_open(flow.complaint.runs, one.due)
    held = {"due": None} if one.due is not None and (run is None or run.held or run.due is None) else {}
    return {**runs.due_field(run), **_said_deadline(flow, one, telling), **held, **enclosed, **progress}


def _said_deadline(flow: Flow, one: NotificationRule, telling: Telling) -> EventFields:
    """The run whose due time a text of the language says: the one that the event brings about, some to staff only."""
    wording = one.wording or telling.event
    if wording in flow.policy.document.wording:
        return {}
    if wording in runs.SAID_TO_STAFF and not PARTIES.isdisjoint(one.roles):
        return {"deadline": None}
    draft = next((draft for draft in reversed(flow.drafts) if draft.type == telling.event), None)
    changed = [] if draft is None else map(runs.from_json, draft.result.clocks)
    brought = runs.brought_about(wording, telling.fields, changed)
    return {"deadline": None if brought is None else brought.key}


def _progress(flow: Flow, wording: str, event: str) -> EventFields:
    """What has happened since the last event of this type, in order; only for a wording that says it."""
    text = flow.policy.document.wording.get(wording)
    if text is None or f"{{{PROGRESS}}}" not in text.zh + text.en:
        return {}
    last = flow.before.seen.get(event, -1)
    seen = flow.complaint.seen
    happened = sorted((one for one in seen if seen[one] > last), key=lambda one: seen[one])
    return {PROGRESS: [one for one in happened if _tells_progress(event_term(one))]}


def _tells_progress(term: EventTerm) -> bool:
    """False also for links, of which only the complainant is told."""
    return not (term.routine or term.internal or term.event in ("linked", "unlinked"))


def _recipients(flow: Flow, to: str, fields: EventFields) -> list[str]:
    """Resolves a recipient of the policy.

    `field.<name>` stands for the role or the people in that field, `assigned` for the assigned people (as `@<sub>`),
    and `routed` for the role that the complaint is routed to.
    """
    if to.startswith("field."):
        chosen = fields.get(to.removeprefix("field."))
        return [chosen] if isinstance(chosen, str) else [f"@{sub}" for sub in chosen or ()]
    if to == "routed":
        routed = flow.complaint.flags.get("routed")
        return [] if routed is None else [routed]
    if to == "assigned":
        return sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
    return [to]


_RATED = "rated"
_RECORDED, _RECORDED_RATING = "recorded_for_you", "rating_recorded_for_you"


def tell_of_record(flow: Flow, first: int, at: Instant) -> None:
    """Tells complainants of an act that a member recorded on their behalf, so that they can contradict.

    `first`: the index of the act's first draft. A proposal is named by the proposed act.
    """
    done = flow.drafts[first]
    if done.actor.on_behalf_of != "complainant":
        return
    about = event_id(flow.before.number, flow.before.seq + first + 1, done.name)
    named = done.fields["act"] if done.type == "proposed" else done.act
    recorded = EVENT_OF_ACT.get(named or "", done.type)
    wording = _RECORDED_RATING if recorded == _RATED else _RECORDED
    flow.notify(["complainant"], about=about, at=at, wording=wording, recorded=[recorded])


def open_tasks(flow: Flow, event: str, fields: EventFields, at: Instant) -> list[Later]:
    """Opens or proposes the tasks that the event triggers, each once per complaint.

    Returns their messages, for after those about the event itself.
    """
    messages: list[Later] = []
    facts = situation(flow.policy, flow.complaint)
    for name, task in flow.policy.document.tasks.items():
        once = flow.complaint.opened.get(name, 0) == 0 and not _is_proposed(flow, name)
        concerned = not task.when or any(holds(when, facts) for when in task.when)
        if once and concerned and matches(task.on, event, banded(flow.policy, fields)):
            until = None if task.stated is None else fields.get(task.stated)
            if task.approval:
                messages.append(_propose_task(flow, name, task.approval, until, at))
            else:
                messages.append(open_task(flow, name, until, at))
    return messages


def open_task(flow: Flow, name: str, until: str | None, at: Instant, due_at: Instant | None = None) -> Later:
    """Adds `task_opened`, and returns its message.

    `until`: the stated due time, if any. `due_at`: for a recurring task, when it was due.
    """
    role = flow.policy.document.tasks[name].role
    fields = {"task": name, "role": role} | ({} if until is None else {"until": until})
    opened = flow.add("task_opened", Occurrence(at, SYSTEM, due_at=due_at), fields)
    values = {"task": name, **runs.due_field(just_started(flow, opened))}
    return partial(flow.notify, [role], about=opened, at=at, wording="task_opened", **values)


def just_started(flow: Flow, opened: str) -> Run | None:
    """The run that the event with this id started for its task, or None."""
    return next((run for run in flow.complaint.runs if run.task == int(opened.rpartition("/")[2])), None)


OPEN_TASK = "open_task"
"""The act of a proposal to open a task."""


def _propose_task(flow: Flow, name: str, approvers: list[str], until: str | None, at: Instant) -> Later:
    """Proposes the task, and returns the message. It opens on approval (P3.7)."""
    fields: EventFields = {"act": OPEN_TASK, "approvers": approvers, "task": name}
    about = flow.add("proposed", Occurrence(at, SYSTEM), fields if until is None else {**fields, "until": until})
    return partial(flow.notify, approvers, about=about, at=at, wording="proposed")


def _is_proposed(flow: Flow, name: str) -> bool:
    return any(proposal.act == OPEN_TASK and proposal.task == name for proposal in flow.complaint.proposals.values())


_EXPOSED = "receipt_exposed"


def mark_exposed_receipt(flow: Flow, to: list[str], at: Instant) -> None:
    """If the complaint excludes the member who knows its receipt: marks it, and asks `to` to replace it.

    It works until then.
    """
    holder = flow.complaint.receipt_with
    if holder in people(flow.complaint.recused):
        about = flow.add(_EXPOSED, Occurrence(at, SYSTEM), {"sub": holder}, changed=[])
        flow.notify(to, about=about, at=at, wording=_EXPOSED, due=None)
