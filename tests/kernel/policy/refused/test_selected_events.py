"""Wherever a policy selects events, a field that the event never has is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from chalicelib.kit.decoding import is_struct
from chalicelib.policy.checks.document import check
from chalicelib.policy.language.conditions import Trigger
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.publishing import full_form
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

Step = str | int
Place = tuple[Step, ...]


def everywhere() -> dict[str, Any]:
    """The good policy, with a selection in each part that can have one."""
    document = faulty("publicity", {"notices": {"on": "decided", "shows": "verdict"}})
    document["publicity"]["results"] = {"on": "decided", "shows": "verdict"}
    document["forms"] = {
        "sheet": {"zh": "单", "sections": [{"lines": [{"zh": "行", "shows": "verdict", "on": "decided"}]}]}
    }
    return document


FULL = full_form(check(everywhere()))


def selections(value: Any, place: Place = ()) -> Iterator[tuple[type, Place]]:
    """The place of each selection, and the part of the language that has it."""
    if isinstance(value, msgspec.Struct):
        members = [(name, getattr(value, name)) for name in value.__struct_fields__]
        for key, inner in members:
            for index, one in enumerate(inner if isinstance(inner, list) else []):
                if isinstance(one, Trigger):
                    yield type(value), (*place, key, index)
    else:
        members = (
            list(value.items())
            if isinstance(value, dict)
            else list(enumerate(value))
            if isinstance(value, list)
            else []
        )
    for key, inner in members:
        yield from selections(inner, (*place, key))


def parts(kind: Any, seen: set[type]) -> Iterator[type]:
    """The structs of the language that a value of this type can hold."""
    if is_struct(kind) and kind not in seen:
        seen.add(kind)
        yield kind
        for inner in get_type_hints(kind).values():
            yield from parts(inner, seen)
    for argument in get_args(kind):
        yield from parts(argument, seen)


FOUND = list(selections(check(everywhere())))


def test_the_policy_has_a_selection_in_every_part_that_can_have_one() -> None:
    selecting = {part for part in parts(PolicyDocument, set()) if list[Trigger] in get_type_hints(part).values()}

    assert {part for part, _ in FOUND} == selecting


@pytest.mark.parametrize("values", [["bar"], ["none"]])
@pytest.mark.parametrize("place", [place for _, place in FOUND], ids=lambda place: "/".join(map(str, place)))
def test_a_field_that_no_event_has_is_a_fault_at_each_selection(place: Place, values: list[str]) -> None:
    document = msgspec.json.decode(msgspec.json.encode(FULL))
    holder: Any = document
    for step in place:
        holder = holder[step]
    holder["fields"] = {"foo": values}

    with pytest.raises(PolicyFault) as caught:
        check(document)

    assert (*place, "fields", "foo") in [fault.path for fault in caught.value.faults]
