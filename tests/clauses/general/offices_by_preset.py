"""The module in `offices` of each preset, and the steps and fields that tables name."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from tests.clauses.offices import bureau, company, estate, garage, hall, helpdesk, marketplace, regulator, workshop
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

START, IN_AUTUMN = "2026-11-27T09:00:00+08:00", "2026-09-23T09:00:00+08:00"
"""A Friday, and for P9 a Wednesday before the holidays."""
_MODULES: dict[str, ModuleType] = {
    "platform": marketplace,
    "auto-repair": garage,
    "auto-repair-forms": workshop,
    "government-service-centre": hall,
    "telecom-regulator": regulator,
    "corporate-standard": company,
    "property-management": estate,
    "customer-service": helpdesk,
    "food-drug-administration": bureau,
}


def office_of(preset: str, start: str | None = None) -> Organisation:
    module = _MODULES[preset]
    start = start or (IN_AUTUMN if module is bureau else START)
    office: Organisation = getattr(module, module.__name__.rpartition(".")[2] + "_in")(InProcess(start))
    return office


def play(office: Organisation, row: dict[str, Any]) -> str:
    """A complaint after the step `after` of the office's module, `with` these arguments, and `acts`.

    An act of `wait` is the time until which no person acts.
    """
    step = getattr(_MODULES[str(office.preset)], row["after"], Organisation.file)
    number: str = step(office, **row.get("with", {}))
    for who, act, fields in row.get("acts", []):
        if who == "wait":
            office.world.move_to(act)
        else:
            office.act(number, who, act, **filled(office, fields))
    return number


def filled(office: Organisation, fields: Any) -> dict[str, Any]:
    """`@role` is the person in the role, `@@role` the second one, and a name in capitals a constant of the module."""
    known = _value(office, fields)
    return {name: _value(office, value) for name, value in known.items()}


def _value(office: Organisation, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.startswith("@"):
        return office.subs[f"{value[2:]}_2" if value.startswith("@@") else value[1:]]
    is_constant = value.isidentifier() and value.isupper()
    return getattr(_MODULES[str(office.preset)], value) if is_constant else value
