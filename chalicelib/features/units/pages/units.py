"""The desk's page of the units: each with its parent and its calendar, and the form of a new one."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.features.units import add_unit
from chalicelib.features.units.add_unit import NewUnit, UnitChange
from chalicelib.kit.problem import Problem
from chalicelib.tenants.organisation import Unit
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import DESK, Desk, desk_form
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_SECTION, _NAME = "organisation", "units"
_UNITS = f"{DESK}/{_SECTION}/{_NAME}"


class UnitLine(msgspec.Struct, frozen=True, kw_only=True):
    """`depth`: how many units are above it."""

    id: str
    unit: Unit
    depth: int


def register(api: Api) -> None:
    @section_page(
        api,
        _SECTION,
        _NAME,
        "The units, their parents and calendars",
        group="people",
        shown_to=is_owner,
        query=ToldQuery,
    )
    def get_desk_units(call: Call) -> Reply:
        desk = section_desk(call, _SECTION)
        return _page(desk, kept_forms.find(call, call.query.form, _path(desk)) or kept_forms.NONE)

    @desk_form(api, _UNITS, "Add a unit")
    def post_desk_units(call: Call) -> Reply:
        desk, given = section_desk(call, _SECTION), Answers(call.body)
        said = {"id": given.one("id"), "name": given.one("name")}
        command = replace(owner_command(call), request=request_of(call, given, sub_of(call), said))
        try:
            add_unit.add_unit(call.wiring.store, call.wiring.real_clock, command, decode(said, NewUnit))
        except Problem as problem:
            return _refused(desk, problem, "")
        return _back(desk, "added")

    @desk_form(api, _UNITS + "/{unit}", "Choose the parent and the calendar of a unit")
    def post_desk_unit(call: Call) -> Reply:
        desk, given, unit = section_desk(call, _SECTION), Answers(call.body), call.params["unit"]
        change = UnitChange(calendar=given.one("calendar") or None, parent=given.one("parent") or None)
        try:
            add_unit.change_unit(call.wiring.store, call.wiring.real_clock, owner_command(call), unit, change)
        except Problem as problem:
            return _refused(desk, problem, f"-{unit}")
        return _back(desk, "changed")


def _path(desk: Desk) -> str:
    return _UNITS.format(tenant=desk.member.org.id)


def _back(desk: Desk, told: str) -> Reply:
    return see_other(desk.reader.link(_path(desk), told=told))


def _refused(desk: Desk, problem: Problem, of: str) -> Reply:
    """`of`: what the inputs of this form end with."""
    given, say = Answers(desk.call.body), partial(_faults, problem, of)
    kept = kept_forms.again(desk.call, _path(desk), given, say)
    return kept or _page(desk, KeptForm("", given, say(desk.reader)), status=422)


def _faults(problem: Problem, of: str, reader: Reader) -> list[InputFault]:
    """At the inputs. Raises the problem again if it is about something else."""
    if problem.kind in ("conflict", "quota-exceeded") and not problem.places:
        return [InputFault(f"id{of}", languages.say(problem.text, reader.language))]
    if problem.kind != "invalid" or not problem.places:
        raise problem
    return [_fault(reader, one.pointer.removeprefix("/"), one.text, of) for one in problem.places]


def _fault(reader: Reader, name: str, said: str, of: str) -> InputFault:
    label, detail = reader.text(f"units.{name}"), languages.say(said, reader.language)
    return InputFault(name + of, reader.text("file.wrong", label=label, detail=detail))


def _page(desk: Desk, kept: KeptForm, *, status: int = 200) -> Reply:
    org, document = desk.member.org, desk.member.policy.document
    values = {
        "lines": _in_order(org.units),
        "most": org.limits.units,
        "calendars": list(document.calendars),
        "demand": document.intake.unit,
        "typed": kept.answers,
        "faults": kept.faults,
        "key": str(uuid.uuid4()),
        "told": getattr(desk.call.query, "told", None),
    }
    return desk.page("units/units.html", values, status=status)


def _in_order(units: dict[str, Unit]) -> list[UnitLine]:
    """Each unit before those below it, by name. The command refuses circles."""
    found: list[UnitLine] = []

    def add(parent: str, depth: int) -> None:
        for name, unit in sorted(units.items(), key=lambda one: (one[1].name, one[0])):
            if unit.parent == parent:
                found.append(UnitLine(id=name, unit=unit, depth=depth))
                add(name, depth + 1)

    add("", 0)
    return found
