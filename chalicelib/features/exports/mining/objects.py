"""The objects of a record in a log: the complaint with its runs, tasks, demands, files and parties, or a unit's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.complaints.envelope import PARTIES, Event, unit_after
from chalicelib.complaints.runs import CANCELLED, MET, MISSED
from chalicelib.features.exports.mining import event_attributes, logged, naming, relations
from chalicelib.features.exports.mining.logged import Attribute, LoggedObject, Relation, TimedAttribute
from chalicelib.features.exports.mining.naming import Naming

COMPLAINT, RUN, TASK, DEMAND, FILE = "complaint", "clock_run", "task", "demand", "file"
UNIT, POLICY, PERSON = "unit", "policy_version", "person"
_STATE_OF_FILE = {
    "evidence_declared": "declared",
    "evidence_uploaded": "uploaded",
    "evidence_sealed": "sealed",
    "evidence_refused": "refused",
    "evidence_expired": "expired",
    "erased": "erased",
}
_OUTCOMES = (MET, MISSED, CANCELLED)
"""States of a run that say what has become of it. A missed one stays missed when it ends."""
_STATE_OF_DEMAND = {"evidence_received": "answered", "demand_lapsed": "lapsed"}


class _RecordObjects:
    """The objects of one record, with the values that each has had."""

    def __init__(self, names: Naming) -> None:
        self.names = names
        self._objects: dict[str, LoggedObject] = {}
        self._latest: dict[tuple[str, str], str] = {}

    def add(self, id_: str, type_: str, time: str, attributes: Iterable[Attribute]) -> LoggedObject:
        """Adds the object when it is first seen, and the values that have changed."""
        found = self._objects.setdefault(id_, LoggedObject(id_, type_, [], []))
        for one in attributes:
            if self._latest.get((id_, one.name)) != one.text:
                self._latest[id_, one.name] = one.text
                _set(found.attributes, TimedAttribute(one, time))
        return found

    def relate(self, id_: str, qualifier: str, target: str) -> None:
        """Both objects have been added, or are not of this record."""
        relation = Relation(target, qualifier)
        if relation not in self._objects[id_].relations:
            self._objects[id_].relations.append(relation)

    def all(self) -> list[LoggedObject]:
        return list(self._objects.values())


def _set(values: list[TimedAttribute], value: TimedAttribute) -> None:
    """Adds a value. An attribute has one at a time: the last one of several events of the same time."""
    same = [one for one in values if (one.attribute.name, one.time) == (value.attribute.name, value.time)]
    for one in same:
        values.remove(one)
    values.append(value)


def of_complaint(events: Iterable[Event], names: Naming) -> list[LoggedObject]:
    """A complaint without events has none."""
    found, whole = _RecordObjects(names), names.complaint(names.record)
    for event in events:
        found.add(whole, COMPLAINT, event.at, _of_case(event))
        found.relate(whole, "policy", naming.policy_version(event.policy))
        if (unit := unit_after(event, None)) is not None:
            found.relate(whole, "unit", naming.unit(unit))
        if event.type == "linked":
            found.relate(whole, relations.link(event), names.complaint(event.fields["to"]))
        _add_parts(found, event, whole)
        for party in sorted({event.actor["kind"], event.actor.get("on_behalf_of")} & PARTIES):
            found.add(names.person(party), PERSON, event.at, [logged.word("kind", party)])
            found.relate(whole, party, names.person(party))
    return found.all()


def of_unit(events: Iterable[Event], names: Naming) -> list[LoggedObject]:
    """The runs and tasks of a unit or of the organisation as a whole. The unit itself is not among them."""
    found = _RecordObjects(names)
    for event in events:
        _add_parts(found, event, None)
    return found.all()


def _of_case(event: Event) -> Iterator[Attribute]:
    if event.type == "registered":
        yield logged.word("channel", event.fields["channel"])
    for name, choice in event_attributes.categories(event).items():
        yield logged.word(f"category.{name}", choice)
    yield from event_attributes.of_state(event.result)


def _add_parts(found: _RecordObjects, event: Event, whole: str | None) -> None:
    for id_, type_, attributes in (*_runs(event, found.names), *_tasks(event, found.names), *_rest(event, found.names)):
        found.add(id_, type_, event.at, attributes)
        if whole is not None:
            found.relate(whole, type_, id_)


def _runs(event: Event, names: Naming) -> Iterator[tuple[str, str, list[Attribute]]]:
    for run in event.result.get("clocks", []):
        attributes = [
            logged.word("clock", run["clock"]),
            logged.number("number", run["n"]),
            logged.word("limit", run["limit"]),
            logged.word("state", run.get("state", "running")),
            logged.time("started", run["started"]),
            *(logged.time(name, run[name]) for name in ("due", "ended") if run.get(name) is not None),
            *(logged.word("outcome", state) for state in [run.get("state")] if state in _OUTCOMES),
        ]
        yield names.run(run["clock"], run["n"]), RUN, attributes


def _tasks(event: Event, names: Naming) -> Iterator[tuple[str, str, list[Attribute]]]:
    if event.type == "task_opened":
        attributes = [
            logged.word("task", event.fields["task"]),
            logged.word("role", event.fields["role"]),
            logged.word("state", "open"),
        ]
        yield names.task(names.event_id(event.seq)), TASK, attributes
    elif event.type == "task_done":
        yield names.task(event.fields["opened"]), TASK, [logged.word("state", "done")]


def _rest(event: Event, names: Naming) -> Iterator[tuple[str, str, list[Attribute]]]:
    if relations.demands(event):
        attributes = [logged.word("of", event.fields["of"]), logged.word("state", "open")]
        yield names.demand(names.event_id(event.seq)), DEMAND, attributes
    elif event.type in _STATE_OF_DEMAND and not event.result.get("partial"):
        state = logged.word("state", _STATE_OF_DEMAND[event.type])
        yield names.demand(event.fields["demand"]), DEMAND, [state]
    elif relations.is_about_file(event) and event.type in _STATE_OF_FILE:
        kind = [logged.word("kind", event.fields["kind"])] if "kind" in event.fields else []
        state = logged.word("state", _STATE_OF_FILE[event.type])
        yield names.file(event.fields["evidence"]), FILE, [*kind, state]
