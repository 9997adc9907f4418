"""What has happened, for the complainant: each step with its time and the values that it gave."""

from __future__ import annotations

from collections.abc import Set

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.complaints.runs import MISSED
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.derived.duties import is_for_complainants
from chalicelib.policy.language.publicity import Publicity
from chalicelib.policy.language.vocabulary import event_term
from chalicelib.web.pages.reader import Reader

_FILING = "registered"
"""The page shows everything filed in a list of its own."""
_FIRST_RUNG = 1


class ShownStep(msgspec.Struct, frozen=True):
    """`id`: of the event. `values`: label and text of each value that it gave and the complainant may see."""

    id: str
    at: str
    name: str
    values: list[tuple[str, str]]


def steps(case: CaseReading, publicity: Publicity | None, hidden: Set[str]) -> list[ShownStep]:
    """Newest first. `publicity`: that in force. `hidden`: ids of evidence."""
    inside = case.steps_inside()
    found = [
        ShownStep(
            id=event.id,
            at=case.time(event.at),
            name=_name_of(event, publicity, case),
            values=[]
            if event.type == _FILING
            else [*_missed(event, case), *case.values(event), *_not_reached(event, case.reader)],
        )
        for event in case.record.events
        if not (_is_hidden(event, case) or event.id in inside or event.fields.get("evidence") in hidden)
    ]
    return found[::-1]


def _is_hidden(event: EnvelopeView, case: CaseReading) -> bool:
    """Also the further rungs of a miss, which the warning about it tells, and a miss of work inside the office."""
    term = event_term(event.type)
    if event.type != MISSED:
        return term.routine or term.internal
    name = str(event.fields.get("clock"))
    clock = case.policy.clocks.get(name)
    is_own = clock is None or is_for_complainants(case.policy.document, name, clock.clock)
    return event.fields.get("rung") != _FIRST_RUNG or not is_own


def _missed(event: EnvelopeView, case: CaseReading) -> list[tuple[str, str]]:
    """The name of the deadline that was missed, for complainants."""
    clock = case.policy.clocks.get(str(event.fields.get("clock"))) if event.type == MISSED else None
    name = None if clock is None else clock.clock.public_name or clock.clock.name
    return [] if name is None else [(case.reader.text("times.missed"), case.reader.label(name.to_json()))]


def _name_of(event: EnvelopeView, publicity: Publicity | None, case: CaseReading) -> str:
    """What only users see is not called published."""
    if event.type == "published" and publicity is not None:
        part = publicity.results if event.fields.get("kind") == "result" else publicity.notices
        if part is not None and part.audience == "users":
            return case.reader.text("case.announced_one")
    if event.type == "confirmed":  # for the complainant, a confirmation approves of nothing yet
        return case.reader.text("case.confirmed")
    return case.event_name(event.type)


def _not_reached(event: EnvelopeView, reader: Reader) -> list[tuple[str, str]]:
    """What time did although the complainant was not reached says so."""
    is_theirs = event.fields.get("of") != "respondent"  # who is asked for evidence is not always the complainant
    is_by_time = is_theirs and event.actor.kind == "system" and event.fields.get(REACHED) is False
    return [(reader.text("case.reached"), reader.text("common.no"))] if is_by_time else []
