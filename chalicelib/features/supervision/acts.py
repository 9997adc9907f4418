"""The acts of those who handle a report, and which of them are open."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.supervision.events import Type
from chalicelib.features.supervision.report import Finding, Report
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem

Message = Annotated[SeenText, msgspec.Meta(max_length=4000)]


class ReportAct(RequestDocument, frozen=True, kw_only=True):
    """`text`: of a note, a reply or a finding. `person`: the supervisor (`sub`) who is admitted."""

    text: Message | None = None
    finding: Finding | None = None
    person: Annotated[SeenText, msgspec.Meta(max_length=100)] | None = None


class _Act(msgspec.Struct, frozen=True):
    event: Type
    takes: tuple[str, ...] = ()


_ACTS = {
    "take": _Act("taken"),
    "note": _Act("noted", ("text",)),
    "reply": _Act("replied", ("text",)),
    "close": _Act("closed", ("finding", "text")),
    "admit": _Act("admitted", ("person",)),
}


def open_acts(report: Report, *, operators: bool) -> list[str]:
    """`take` only until a handler has taken it; `admit` not for operators. A closed report waits for its reporter."""
    if report.state == "closed":
        return []
    absent = {"take" if report.state == "taken" else "", "admit" if operators else ""}
    return [name for name in _ACTS if name not in absent]


def event_of(report: Report, act: str, payload: ReportAct, *, operators: bool) -> Type:
    """The type of the act's event. Raises `Problem`: `act-not-open`, `invalid` with the place of each fault."""
    if act not in open_acts(report, operators=operators):
        raise Problem("act-not-open", "The report does not allow this act now.")
    takes = _ACTS[act].takes
    given = {name for name in payload.__struct_fields__ if getattr(payload, name) is not None}
    places = [Place(f"/{name}", "This key is required.") for name in takes if name not in given]
    places += [Place(f"/{name}", "This key is unknown here.") for name in sorted(given - {*takes})]
    if places:
        raise Problem("invalid", "The act cannot be recorded as it is.", places=places)
    return _ACTS[act].event
