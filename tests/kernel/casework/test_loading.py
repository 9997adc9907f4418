"""Loading a case: a wrong number and a number gap have one answer. A unit without events is not found."""

from __future__ import annotations

import msgspec
import pytest

from chalicelib.casework import loading, snapshot
from chalicelib.complaints.units.unit import new_unit
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.kernel.complaints.small_procedure import NUMBER, Case, policy

COMPLAINT, UNIT = CaseRef("acme", NUMBER), CaseRef("acme", keys.unit_number("north"))
EXAMPLE = policy({"tiers": [{"roles": "manager"}]})


@pytest.fixture
def world() -> Fakes:
    return fakes()


def entries(ref: CaseRef, kind: str, body: str) -> dict[Key, Entry]:
    key = keys.snapshot(keys.aggregate(ref.tenant, ref.number))
    return {key: Entry(key=key, kind=kind, body=body)}


def refused(world: Fakes, ref: CaseRef, found: dict[Key, Entry]) -> tuple[str, str]:
    with pytest.raises(Problem) as problem:
        loading.parse(world.wiring.compiled, ref, found)
    return problem.value.kind, problem.value.detail


def test_an_unknown_number_and_a_number_gap_get_the_answer_to_a_wrong_receipt(world: Fakes) -> None:
    unknown = ("complaint-unknown", "There is no such complaint, or the receipt is not its receipt.")
    assert [refused(world, COMPLAINT, found) for found in ({}, entries(COMPLAINT, "void", "{}"))] == [unknown] * 2


def test_a_unit_without_events_is_not_found(world: Fakes) -> None:
    assert refused(world, UNIT, {}) == ("not-found", "Nothing has happened about this unit.")


def test_a_complaint_is_loaded_with_the_other_items_of_the_read(world: Fakes) -> None:
    complaint = Case(EXAMPLE).complaint
    found = entries(COMPLAINT, snapshot.KIND, msgspec.json.encode(complaint).decode())
    case = loading.parse(world.wiring.compiled, COMPLAINT, found)
    assert (case.complaint, case.version, case.entries) == (complaint, complaint.seq, found)


def test_a_new_unit_is_in_its_only_stage(world: Fakes) -> None:
    unit = new_unit(UNIT.number, "north", EXAMPLE)
    found = entries(UNIT, snapshot.UNIT_KIND, msgspec.json.encode(unit).decode())
    case = loading.parse(world.wiring.compiled, UNIT, found)
    assert (case.complaint, case.complaint.stage, case.complaint.unit) == (unit, "active", "north")
