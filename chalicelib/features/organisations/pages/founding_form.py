"""The form of the sign-up: its inputs, and its faults."""

from __future__ import annotations

from chalicelib.kit.problem import Problem
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.faults import Fault
from chalicelib.web.pages.inputs import Input
from chalicelib.web.pages.reader import Reader

_LENGTHS = {"name": 100, "id": 40, "email": 254}
_COMPLETED_AS = {"name": "organization", "email": "email"}


def inputs(reader: Reader) -> list[Input]:
    return [
        Input(
            name=name,
            pointer=f"/{name}",
            label=reader.text(f"found.{name}"),
            kind="line",
            required=True,
            type="email" if name == "email" else "text",
            autocomplete=_COMPLETED_AS.get(name, "off"),
            most=most,
        )
        for name, most in _LENGTHS.items()
    ]


def faults(problem: Problem, given: Answers, reader: Reader) -> list[Fault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    if problem.kind == "tenant-taken":
        return [Fault("id", reader.text("found.taken"))]
    wrong = {place.pointer for place in problem.places}
    found = [
        Fault(
            one.name,
            reader.text(f"found.{one.name}_wrong")
            if given.one(one.name)
            else reader.text("file.missing", label=one.label),
        )
        for one in inputs(reader)
        if one.pointer in wrong
    ]
    if not found:
        raise problem
    return found
