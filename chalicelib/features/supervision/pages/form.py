"""The form of a report about the office: its inputs, its request, and its faults."""

from __future__ import annotations

from typing import Any, get_args

from chalicelib.features.supervision.file_report import NewReport
from chalicelib.features.supervision.report import To
from chalicelib.kit.problem import Problem
from chalicelib.kit.web_addresses.folding import is_blank
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, InputFault, Option, fault_of, in_order, input_at
from chalicelib.web.pages.reader import Reader
from chalicelib.web.request_parts import decode

_OFFICE, _PEOPLE = "office", "people"
_LENGTHS = {"names": 1000, "text": 8000, "complaint": 13, "contact": 200}
_REQUIRED = ("to", "about", "text")


def inputs(reader: Reader) -> list[Input]:
    readers = [
        Option(one, reader.text(f"report.to_{one}"), reader.text(f"report.to_{one}_hint")) for one in get_args(To)
    ]
    about = [Option(one, reader.text(f"report.about_{one}")) for one in (_OFFICE, _PEOPLE)]
    choices = [_choice("to", readers, reader), _choice("about", about, reader)]
    return [*choices, *(_line(name, most, reader) for name, most in _LENGTHS.items())]


def _choice(name: str, options: list[Option], reader: Reader) -> Input:
    label = reader.text(f"report.{name}")
    return Input(name=name, pointer=f"/{name}", label=label, kind="one", required=True, options=options)


def _line(name: str, most: int, reader: Reader) -> Input:
    return Input(
        name=name,
        pointer=f"/{name}",
        label=reader.text(f"report.{name}"),
        kind="area" if name in ("text", "names") else "line",
        required=name in _REQUIRED,
        most=most,
    )


def request(given: Answers) -> NewReport:
    """Raises `Problem("invalid")` as the JSON route does. Names stand on lines of their own, or between commas."""
    names = [name.strip() for name in _separated(given.one("names")) if name.strip()]
    about = {"office": given.one("about") == _OFFICE, "names": names}
    body: dict[str, Any] = {"about": about, "text": given.one("text"), "to": given.one("to")}
    body |= {name: given.one(name) for name in ("complaint", "contact") if given.one(name)}
    found: NewReport = decode(body, NewReport)
    return found


def _separated(text: str) -> list[str]:
    for mark in ("、", "，", ",", "；", ";"):
        text = text.replace(mark, "\n")
    return text.splitlines()


def faults(problem: Problem | None, given: Answers, reader: Reader) -> list[InputFault]:
    """`problem`: of the request. Raises it again if it is about something else than the inputs."""
    asked = inputs(reader)
    by_pointer = {"/about/names" if one.name == "names" else one.pointer: one for one in asked}
    found = [InputFault(one.name, reader.text(f"report.{one.name}_missing")) for one in asked if _misses(one, given)]
    if problem is not None and not found:
        places = [(input_at(by_pointer, place), place) for place in problem.places]
        found = [
            fault_of(one, place, reader, is_empty=False, text=given.one(one.name))
            for one, place in places
            if one is not None
        ]
        if not found:
            raise problem
    return in_order(found, asked)


def _misses(one: Input, given: Answers) -> bool:
    if one.name == "names":
        return given.one("about") == _PEOPLE and is_blank(given.one("names"))
    return one.name in _REQUIRED and is_blank(given.one(one.name))
