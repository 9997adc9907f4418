"""Budgets of store calls: an export writes the read logs of a step's complaints together."""

from __future__ import annotations

from collections import Counter

from tests.across.faults.office import Office, opened
from tests.clauses.organisation import Organisation


def calls_of_export(complaints: int) -> Counter[str]:
    """The calls of the request, of its job, and of the messages about it."""
    office: Office = opened()
    made: Organisation = office.organisation
    for _ in range(complaints):
        office.file(office.request("file"))
    office.world.settle()
    office.store.calls.clear()
    assert made.world.call("POST", f"{made.path}/exports", auth=made.auth("owner")).status == 202
    return Counter(call.name for call in office.store.calls)


def test_a_complaint_costs_an_export_no_call_for_its_read_log() -> None:
    """It costs one read of its state, and one query each of its record, messages, read log and notices."""
    few, many = calls_of_export(2), calls_of_export(12)

    assert many - few == {"get": 10, "query": 40}
