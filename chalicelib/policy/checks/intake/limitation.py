"""Checks the limitation: the way in which it is written, its limits, calendars and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake, Limitation, LimitationPart
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

MOST_PARTS = 4


def faults(path: Path, limitation: Limitation, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """At least one of the facts must be given with every filing; otherwise the result is unknown."""
    yield from clocks.calendar_faults((*path, "calendar"), limitation.calendar, document, names)
    ways = _ways(limitation)
    if len(ways) != 1 or (limitation.latest and limitation.within is None):
        yield Fault(path, "limitation-ways", count=len(ways))
        return
    if limitation.within is not None:
        place: Path = (*path, "latest")
        yield from clocks.limit_faults((*path, "within"), limitation.within)
        yield from _fact_faults(place, limitation.latest, document.intake.facts)
        if not limitation.latest:
            yield Fault(place, "limitation-from-nothing")
    else:
        place = (*path, *ways)
        yield from _part_faults(place, limitation.parts, document, names)
    yield from _missing(place, [*limitation.latest, *(part.start for part in limitation.parts)], document.intake)


def _ways(limitation: Limitation) -> list[str]:
    given = {
        "within": limitation.within,
        "later of": limitation.later_of,
        "earlier of": limitation.earlier_of,
    }
    return [way for way, value in given.items() if value]


def _part_faults(
    path: Path, parts: list[LimitationPart], document: PolicyDocument, names: DefinedNames
) -> Iterator[Fault]:
    if not 2 <= len(parts) <= MOST_PARTS:
        yield Fault(path, "limitation-parts", count=len(parts), most=MOST_PARTS)
    for index, part in enumerate(parts):
        wrong = list(clocks.limit_faults((*path, index, "within"), part.within))
        yield from wrong
        if not wrong and parse_limit(part.within).kind == "none":
            yield Fault((*path, index, "within"), "limitation-without-end")
        yield from clocks.calendar_faults((*path, index, "calendar"), part.calendar, document, names)
        yield from _fact_faults((*path, index, "start"), [part.start], document.intake.facts)


def _fact_faults(path: Path, used: list[str], facts: Mapping[str, Fact]) -> Iterator[Fault]:
    return undefined_names(path, used, clocks.public_times(facts), "no-public-time")


def _missing(path: Path, used: list[str], intake: Intake) -> Iterator[Fault]:
    known = [intake.facts[name] for name in used if name in intake.facts]
    if used and len(known) == len(used) and not any(_is_always_given(fact, intake) for fact in known):
        yield Fault(path, "limitation-may-be-missing", name=used[0])


def _is_always_given(fact: Fact, intake: Intake) -> bool:
    """Also if `required` names an unknown channel, which `checks.facts` reports."""
    if not isinstance(fact.required, list):
        return fact.is_always_given
    named, known = set(fact.required), set(intake.channels)
    return fact.given_by != "staff" and (known <= named or not named <= known)
