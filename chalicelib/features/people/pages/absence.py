"""The form of a member's absence: a deputy, and the first and the last day in the organisation's calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.people import appoint_deputy, person_views
from chalicelib.features.people.appoint_deputy import Appointed
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.worktime.zone import midnight, wall_clock
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ABSENCE = DESK + "/my-work/absence"
_FIRST_YEAR, _LAST_YEAR = 1970, 9999


class TypedAbsence(NamedTuple):
    """Days as a browser sends them (`2026-11-27`), or what was typed instead."""

    sub: str
    first: str
    last: str


Fault = Callable[[Reader], InputFault]


def register(api: Api) -> None:
    @desk_page(api, _ABSENCE, "The form of an absence")
    def get_desk_absence(call: Call) -> Reply:
        desk = desk_of(call)
        return _page(desk, of_appointment(desk, desk.person), [])

    @desk_form(api, _ABSENCE, "Appoint a deputy for an absence")
    def post_desk_absence(call: Call) -> Reply:
        desk, typed = desk_of(call), typed_in(Answers(call.body))
        faults = [say(desk.reader) for say in appoint(desk, typed)]
        return _page(desk, typed, faults, status=422) if faults else _to_my_work(desk, "absent")

    @desk_form(api, _ABSENCE + "/end", "End an absence")
    def post_desk_absence_end(call: Call) -> Reply:
        end(call)
        return _to_my_work(desk_of(call), "back")


def typed_in(given: Answers) -> TypedAbsence:
    return TypedAbsence(given.one("sub"), given.one("from"), given.one("until"))


def end(call: Call, absent: str = "") -> None:
    appoint_deputy.appoint_deputy(call.wiring.store, call.wiring.real_clock, owner_command(call), None, absent)


def _to_my_work(desk: Desk, told: str) -> Reply:
    return see_other(desk.reader.link(f"{desk.path}/my-work", told=told))


def of_appointment(desk: Desk, person: Membership) -> TypedAbsence:
    """Without a deputy: today, as the first day."""
    found, zone = appoint_deputy.named(person, desk.call.now), desk.member.policy.calendar.zone
    if found is None:
        return TypedAbsence("", wall_clock(zone, desk.call.now).date().isoformat(), "")
    first, last = (wall_clock(zone, at).date().isoformat() for at in (found.start, found.until - 1))
    return TypedAbsence(found.sub, first, last)


def appoint(desk: Desk, typed: TypedAbsence, absent: str = "") -> list[Fault]:
    """What is wrong, at its inputs. Appoints the deputy if there is nothing. `absent`: by default the reader."""
    return _missing(typed) or _refused(desk, typed, absent)


def _missing(typed: TypedAbsence) -> list[Fault]:
    """What is no choice and no day."""
    days = {"from": typed.first, "until": typed.last}
    codes = [] if typed.sub else [("sub", "absence.no_deputy")]
    codes += [(name, "absence.no_day") for name, day in days.items() if not _day(day)]
    return [partial(_coded, name, code) for name, code in codes]


def _coded(name: str, code: str, reader: Reader) -> InputFault:
    return InputFault(name, reader.text(code))


def _day(text: str) -> date | None:
    """None for what is no day, or none of which the calendar knows the beginning."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year < _LAST_YEAR else None


def _refused(desk: Desk, typed: TypedAbsence, absent: str) -> list[Fault]:
    """What the use case refuses."""
    wiring, command = desk.call.wiring, owner_command(desk.call)
    try:
        appoint_deputy.appoint_deputy(wiring.store, wiring.real_clock, command, _asked(desk, typed), absent)
    except Problem as problem:
        if problem.kind != "invalid":
            raise
        return [partial(_fault, place.pointer.removeprefix("/"), place.text) for place in problem.places]
    return []


def _asked(desk: Desk, typed: TypedAbsence) -> Appointed:
    """From the beginning of the first day until the end of the last one."""
    zone = desk.member.policy.calendar.zone
    first, after = date.fromisoformat(typed.first), date.fromisoformat(typed.last) + timedelta(1)
    start, until = (to_text(midnight(zone, day.toordinal())) for day in (first, after))
    return Appointed(sub=typed.sub, start=start, until=until)


def _fault(name: str, said: str, reader: Reader) -> InputFault:
    """`said`: why the deputy was refused. Of the days, all rules are said at once."""
    if name != "sub":
        return InputFault("until", reader.text("absence.wrong_days"))
    label, detail = reader.text("absence.deputy"), languages.say(said, reader.language)
    return InputFault("sub", reader.text("file.wrong", label=label, detail=detail))


def _page(desk: Desk, typed: TypedAbsence, faults: list[InputFault], *, status: int = 200) -> Reply:
    tenant, sub = tenant_of(desk.call), sub_of(desk.call)
    members, labels = list(queries.all_people(desk.call.wiring.store, tenant)), labels_of(desk)
    known = {one.sub for one in person_views.people_for(desk.person, members) if one.state == "active"} - {sub}
    people = sorted((labels.person(one), one.sub) for one in members if one.sub in known)
    values = {"people": [(sub, name) for name, sub in people], "typed": typed, "faults": faults}
    return desk.page("people/absence.html", values, status=status)
