"""Consequences of an event other than those for the clocks: messages to people, and new tasks (P7.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence, event_id
from chalicelib.complaints.exclusion import RECUSED, Recipients, people, selected_recipients, to_repeat
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run, first_open
from chalicelib.instants import Instant, to_text
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.parts import PeopleSelector
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, HANDING_ON, PROGRESS, EventTerm, event_term


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
        notify(flow, to.names, about=telling.about, at=telling.at, wording=wording, **left_out, **values)


def _resolved(flow: Flow, to: Sequence[str | PeopleSelector], fields: EventFields) -> Iterator[str | PeopleSelector]:
    for one in to:
        role = one if isinstance(one, str) else one.role
        for name in _recipients(flow, role, fields):
            yield name if isinstance(one, str) else replace(one, role=name)


def _unless_over(flow: Flow, one: NotificationRule, at: Instant) -> NotificationRule:
    """Without wording and due time if this time is over: what arrived earlier can be late when it is registered."""
    run = None if one.due is None else first_open(flow.complaint.runs, one.due)
    over = run is not None and run.due is not None and run.due <= at
    return replace(one, wording=None, due=None) if over else one


def _message_fields(flow: Flow, one: NotificationRule, telling: Telling) -> EventFields:
    """The due time of the clock that the policy names for this message, the enclosed fields, and the task done."""
    progress = _progress(flow, one.wording or telling.event, telling.event)
    enclosed: EventFields = {"encloses": list(one.encloses)} if one.encloses else {}
    if telling.event == "task_done":
        return {"task": telling.fields["task"], **enclosed, **progress}
    run = None if one.due is None else first_open(flow.complaint.runs, one.due)
    return {**due_field(run), **enclosed, **progress}


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
    """False also for a link, which not every party sees."""
    return not (term.routine or term.internal or term.event == "linked")


def earliest(runs: Iterable[Run]) -> Run | None:
    """The run with the earliest due time, or None if none has one."""
    return min((run for run in runs if run.due is not None), key=lambda run: (run.due, run.calendar), default=None)


def due_field(run: Run | None) -> dict[str, str]:
    """The due time of the run for a message, and its calendar if it has another one; empty if the run has none."""
    if run is None or run.due is None:
        return {}
    return {"due": to_text(run.due), **({"calendar": run.calendar} if run.calendar else {})}


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


def notify(flow: Flow, to: Sequence[str], *, about: str, at: Instant, wording: str, **values: Any) -> None:
    """Adds `notified`. `to`: roles, `complainant`, or people as `@<sub>`. Delivery finds the people of a role.

    People whom a recusal excludes are left out. If they are the only recipients, no message is sent.
    `values` are the placeholders of the message text. `due` defaults to the earliest deadline, except for a task; with
    None, the message tells none.
    """
    to, left_out = _without_recused(flow, list(dict.fromkeys(to)), values)
    fields: EventFields = {**values, **left_out}
    repeat = to_repeat(flow.policy, flow.complaint) if wording in _HANDING_OVER else []
    if repeat:
        fields["repeat"] = repeat
    if not {"due", "task"} & values.keys():
        fields.update(due_field(earliest(flow.complaint.runs)))
    if fields.get("due", "") is None:
        del fields["due"]
    if flow.complaint.unit is not None:
        fields["unit"] = flow.complaint.unit
    for suited, names in _by_wording(flow, wording, to).items():
        # Such a message starts and stops no clock. Only the act `notify` does.
        told = {"to": names, "about": about, "wording": flow.complaint.wording(suited), **fields}
        if names:
            flow.add("notified", Occurrence(at, SYSTEM), told, changed=[])


def _by_wording(flow: Flow, wording: str, to: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The recipients by the wording that suits them."""
    if wording not in HANDING_ON:
        return {wording: to}
    from chalicelib.complaints.staffing import work  # few messages ask for work

    return work.by_wording(flow.policy, flow.complaint, wording, to)


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
    notify(flow, ["complainant"], about=about, at=at, wording="recorded_for_you", recorded=[recorded])


_HANDING_OVER = ("assigned", RECUSED)
"""Messages that say what other people must repeat."""


def _without_recused(flow: Flow, to: list[str], values: EventFields) -> tuple[list[str], EventFields]:
    """The recipients, and the people who are left out of each role. The owners stay: they find other people.

    If this leaves out a whole role, the owners are told of the acts that wait for it (`staffing.duties`), not here.
    """
    recused = people(flow.complaint.recused)
    if not recused:
        return to, {}
    found = [name for name in to if name[0] != "@" or name[1:] not in recused]
    before: dict[str, list[str]] = values.get("excluded", {})
    roles = [name for name in found if name[0] != "@" and name not in ("complainant", "owner")]
    if not roles:
        return found, {}
    excluded = {**before, **{role: sorted({*before.get(role, []), *recused}) for role in roles}}
    return found, {"excluded": excluded}


def after_messages(flow: Flow, step: Later) -> list[Later]:
    """The step, if it is still to be taken. Under the first edition it is taken at once."""
    if flow.policy.second_edition:
        return [step]
    step()
    return []


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
                messages += after_messages(flow, _propose_task(flow, name, task.approval, until, at))
            else:
                messages += after_messages(flow, open_task(flow, name, until, at))
    return messages


def open_task(flow: Flow, name: str, until: str | None, at: Instant, due_at: Instant | None = None) -> Later:
    """Adds `task_opened`, and returns its message.

    `until`: the stated due time, if any. `due_at`: for a recurring task, when it was due.
    """
    role = flow.policy.document.tasks[name].role
    fields = {"task": name, "role": role} | ({} if until is None else {"until": until})
    opened = flow.add("task_opened", Occurrence(at, SYSTEM, due_at=due_at), fields)
    values = {"task": name, **due_field(just_started(flow, opened))}
    return partial(notify, flow, [role], about=opened, at=at, wording="task_opened", **values)


def just_started(flow: Flow, opened: str) -> Run | None:
    """The run that the event with this id started for its task, or None."""
    return next((run for run in flow.complaint.runs if run.task == int(opened.rpartition("/")[2])), None)


OPEN_TASK = "open_task"
"""The act of a proposal to open a task."""


def _propose_task(flow: Flow, name: str, approvers: list[str], until: str | None, at: Instant) -> Later:
    """Proposes the task, and returns the message. It opens on approval (P3.7)."""
    fields: EventFields = {"act": OPEN_TASK, "approvers": approvers, "task": name}
    about = flow.add("proposed", Occurrence(at, SYSTEM), fields if until is None else {**fields, "until": until})
    return partial(notify, flow, approvers, about=about, at=at, wording="proposed")


def _is_proposed(flow: Flow, name: str) -> bool:
    return any(proposal.act == OPEN_TASK and proposal.task == name for proposal in flow.complaint.proposals.values())
