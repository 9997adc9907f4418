"""The objects that take part in an event of a log."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.complaints.envelope import LINKED_AS, PARTIES, Event
from chalicelib.complaints.runs import CANCELLED, MISSED, PAUSED, RUNNING, StoredRun
from chalicelib.features.exports.mining import naming
from chalicelib.features.exports.mining.logged import Relation
from chalicelib.features.exports.mining.naming import Naming
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.policy.language.vocabulary import LINKING_EVENTS

_DEMAND_PARTS = {"evidence_received": "answers", "demand_lapsed": "lapses"}


def relations(event: Event, names: Naming, unit: str | None) -> list[Relation]:
    """`unit`: the complaint's unit. An object can have several parts in an event."""
    found = [
        *_standing(event, names, unit),
        *_people(event, names),
        *_runs(event, names),
        *_tasks_and_demands(event, names),
        *_others(event, names),
    ]
    return list(dict.fromkeys(found))


def _standing(event: Event, names: Naming, unit: str | None) -> Iterator[Relation]:
    if names.subject is not None:
        yield Relation(names.subject, "subject")
    if unit is not None:
        yield Relation(naming.unit(unit), "unit")
    yield Relation(naming.policy_version(event.policy), "policy")


def _people(event: Event, names: Naming) -> Iterator[Relation]:
    """A respondent with an account, and a deputy of one, is the respondent of this complaint only."""
    actor = event.actor
    is_party = actor["kind"] in PARTIES and names.is_of_complaint
    if is_party:
        yield Relation(names.person(actor["kind"]), "actor")
    elif actor["kind"] in PARTIES or actor["kind"] in ("staff", "owner"):
        yield Relation(names.person(actor["id"]), "actor")
    if actor.get("on_behalf_of") and not is_party:
        yield Relation(names.person(actor["on_behalf_of"]), "on_behalf_of")
    for people in (*event.result.get("assigned", {}).values(), *_assigned(event)):
        yield from (Relation(names.person(sub), "assigned") for sub in people)


def _assigned(event: Event) -> list[list[str]]:
    return list(event.fields.get("assigned", {}).values()) if event.type == "assigned" else []


def _runs(event: Event, names: Naming) -> Iterator[Relation]:
    for run in event.result.get("clocks", []):
        yield Relation(names.run(run["clock"], run["n"]), _run_part(run, event))
    if event.type in ("warned", "missed", "escalated") and "run" in event.fields:
        yield Relation(names.run(event.fields["clock"], event.fields["run"]), "deadline")


def _run_part(run: StoredRun, event: Event) -> str:
    """What the event does to a run that it changed. Of the misses of an escalation, the first is that of the run."""
    state = run.get("state", RUNNING)
    if run.get("ended") is not None:
        return "cancels" if state == CANCELLED else "ends"
    if state == MISSED and event.type == "missed" and event.fields.get("rung") == 1:
        return "misses"
    if state == PAUSED:
        return "pauses"
    return "starts" if run["seq"] == event.seq else "changes"


def _tasks_and_demands(event: Event, names: Naming) -> Iterator[Relation]:
    if event.type == "task_opened":
        yield Relation(names.task(names.event_id(event.seq)), "opens")
    elif event.type == "task_done":
        yield Relation(names.task(event.fields["opened"]), "completes")
    elif demands(event):
        yield Relation(names.demand(names.event_id(event.seq)), "makes")
    elif event.type in _DEMAND_PARTS and not event.result.get("partial"):
        yield Relation(names.demand(event.fields["demand"]), _DEMAND_PARTS[event.type])


def demands(event: Event) -> bool:
    """True if the event made a demand. Of several roles that demand together, only the last one's act does."""
    return event.type == "evidence_demanded" and not event.result.get("partial")


def _others(event: Event, names: Naming) -> Iterator[Relation]:
    if is_about_file(event):
        yield Relation(names.file(event.fields["evidence"]), "file")
    elif event.type == "linked":
        yield Relation(names.complaint(event.fields["to"]), link(event))
    elif event.type in LINKING_EVENTS:
        yield Relation(names.complaint(event.fields["from"]), "leaves")
    elif event.type == "scored":
        yield Relation(names.complaint(event.fields["complaint"]), "counts")


def link(event: Event) -> str:
    """What a link to another complaint says of this one."""
    return "repeats" if event.fields.get(LINKED_AS) == REPEAT else "follows"


def is_about_file(event: Event) -> bool:
    return (event.type.startswith("evidence_") or event.type == "erased") and "evidence" in event.fields
