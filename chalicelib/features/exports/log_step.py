"""The phases of an export for process mining: events, objects and types of the OCEL file, then the traces of the XES.

The complaints are read three times, because each file has its parts in a fixed order and no step keeps them. Only
events recorded until the export began are taken, and a record only grows: so each object of an event is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from chalicelib.casework.numbers import NumberPosition, next_page
from chalicelib.complaints.envelope import Event, unit_after
from chalicelib.features.exports.export_job import ExportCursor
from chalicelib.features.exports.mining import event_attributes, objects, ocel, relations, shared_objects, xes
from chalicelib.features.exports.mining.logged import LoggedEvent, LoggedObject
from chalicelib.features.exports.mining.naming import Naming
from chalicelib.features.exports.mining.ocel import TypeTable
from chalicelib.features.exports.mining.pseudonyms import new_key, pseudonyms
from chalicelib.features.exports.multipart_writer import MultipartWriter
from chalicelib.jobs.claim import Claim
from chalicelib.kit.instants import to_text
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants import organisation

COMPLAINTS_PER_STEP = 100
"""One complaint is in memory at a time, besides the text of the others."""
UNITS_PER_STEP = 20
_READINGS = 3
FIRST = "events"


class LogCursor(ExportCursor, kw_only=True):
    """`key`: of the pseudonyms, encrypted. It is dropped with the last trace."""

    key: str = ""
    reading: int = 0
    """The number of complete readings of all complaints."""
    elements: Literal[0, 1] = 0
    """Whether the list that is being written has an element."""
    event_types: TypeTable = msgspec.field(default_factory=dict)
    object_types: TypeTable = msgspec.field(default_factory=dict)

    @property
    def progress(self) -> tuple[int, int]:
        """A complaint is done when it was read for the last time."""
        done = (self.reading * self.numbers + (self.passed if self.reading < _READINGS else 0)) // _READINGS
        return done, self.numbers


def _events(claim: Claim, cursor: LogCursor, writer: MultipartWriter) -> None:
    if cursor.streaming is None:
        cursor.key = claim.wiring.sealer.seal(claim.tenant, keys.ORGANISATION, new_key())
        writer.begin_file(ocel.NAME, compressed=True)
        writer.append(ocel.BEGIN_EVENTS)
    logged = _Log(claim, cursor)
    found = (one for number in _next_numbers(cursor) for one in logged.events(number))
    _add_elements(cursor, writer, (ocel.event(one, cursor.event_types) for one in found))
    _end_reading(cursor, "events_of_units")


def _events_of_units(claim: Claim, cursor: LogCursor, writer: MultipartWriter) -> None:
    logged = _Log(claim, cursor)
    names = _next_units(claim, cursor)
    found = (one for name in names for one in logged.events(keys.unit_number(name)))
    _add_elements(cursor, writer, (ocel.event(one, cursor.event_types) for one in found))
    if not names:
        writer.append(ocel.BEGIN_OBJECTS)
        cursor.phase, cursor.at, cursor.elements = "objects", 0, 0


def _objects(claim: Claim, cursor: LogCursor, writer: MultipartWriter) -> None:
    logged = _Log(claim, cursor)
    _add_objects(cursor, writer, (one for number in _next_numbers(cursor) for one in logged.objects(number)))
    _end_reading(cursor, "objects_of_units")


def _objects_of_units(claim: Claim, cursor: LogCursor, writer: MultipartWriter) -> None:
    """Ends the OCEL file when no unit is left."""
    logged = _Log(claim, cursor)
    names = _next_units(claim, cursor)
    _add_objects(cursor, writer, (one for name in names for one in logged.objects(keys.unit_number(name))))
    if not names:
        _add_objects(cursor, writer, shared_objects.read(claim.wiring.store, claim.tenant, logged.pseudonym))
        writer.append(ocel.end(cursor.event_types, cursor.object_types))
        writer.files.append(writer.finish_file(""))
        cursor.event_types, cursor.object_types = {}, {}
        cursor.phase = "traces"


def _traces(claim: Claim, cursor: LogCursor, writer: MultipartWriter) -> None:
    if cursor.streaming is None:
        writer.begin_file(xes.NAME, compressed=True)
        writer.append(xes.begin())
    logged = _Log(claim, cursor)
    found = ((logged.naming(number), logged.events(number)) for number in _next_numbers(cursor))
    writer.append(b"".join(xes.trace(names.complaint(names.record), events) for names, events in found if events))
    _end_reading(cursor, "directory")
    if cursor.phase == "directory":
        writer.append(xes.end())
        writer.files.append(writer.finish_file(""))
        cursor.key, cursor.at, cursor.directory = "", 0, cursor.size


class _Log:
    """Reads records as the log has them."""

    def __init__(self, claim: Claim, cursor: LogCursor) -> None:
        self._claim = claim
        self._until = to_text(claim.job.started)
        self.pseudonym = pseudonyms(claim.wiring.sealer.open(claim.tenant, keys.ORGANISATION, cursor.key))

    def naming(self, number: str) -> Naming:
        return Naming(self.pseudonym, number)

    def _read(self, number: str) -> list[Event]:
        found = event_log.read(self._claim.wiring.store, CaseRef(self._claim.tenant, number).pk)
        return [event for event in found if event.recorded_at <= self._until]

    def events(self, number: str) -> list[LoggedEvent]:
        found, names = self._read(number), self.naming(number)
        unit, logged = None, list[LoggedEvent]()
        for event in found:
            unit = None if keys.is_unit(number) else unit_after(event, unit)
            policy = self._claim.wiring.compiled.get(self._claim.tenant, event.policy)
            attributes, related = event_attributes.attributes(event, policy), relations.relations(event, names, unit)
            logged.append(
                LoggedEvent(names.event(event.seq), event_attributes.activity(event), event.at, attributes, related)
            )
        return logged

    def objects(self, number: str) -> list[LoggedObject]:
        make = objects.of_unit if keys.is_unit(number) else objects.of_complaint
        return make(self._read(number), self.naming(number))


def _next_numbers(cursor: LogCursor) -> list[str]:
    if cursor.place is None:
        return []
    numbers, cursor.place = next_page(cursor.months, cursor.place, COMPLAINTS_PER_STEP)
    return numbers


def _end_reading(cursor: LogCursor, phase: str) -> None:
    """Goes on to the phase when all complaints have been read."""
    if cursor.place is None:
        cursor.reading += 1
        cursor.place, cursor.phase, cursor.at = NumberPosition(), phase, 0


def _next_units(claim: Claim, cursor: LogCursor) -> Sequence[str]:
    """The names of the next units. The organisation as a whole is the first of all."""
    names = organisation.load(claim.wiring.store, claim.tenant).record_names
    found = names[cursor.at : cursor.at + UNITS_PER_STEP]
    cursor.at += len(found)
    return found


def _add_objects(cursor: LogCursor, writer: MultipartWriter, found: Iterable[LoggedObject]) -> None:
    _add_elements(cursor, writer, (ocel.object_(one, cursor.object_types) for one in found))


def _add_elements(cursor: LogCursor, writer: MultipartWriter, elements: Iterable[bytes]) -> None:
    body = b",".join(elements)
    if body:
        writer.append(b"," + body if cursor.elements else body)
        cursor.elements = 1


PHASES: dict[str, Callable[[Claim, LogCursor, MultipartWriter], None]] = {
    "events": _events,
    "events_of_units": _events_of_units,
    "objects": _objects,
    "objects_of_units": _objects_of_units,
    "traces": _traces,
}
