"""The checks of `undoes`: what an act undoes must be able to happen again before the acts that wait for it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.checks.document import check
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

INSPECT = {"by": "ann"}


def document(inspect_in: list[str], **acts: dict[str, Any]) -> dict[str, Any]:
    """The good policy, whose `decide` waits for an inspection. `acts`: further acts, by stage and name."""
    made = faulty("stages/open/decide/after", ["assigned", "inspected"])
    for stage in inspect_in:
        made["stages"][stage]["inspect"] = INSPECT
    for place, act in acts.items():
        stage, name = place.split("_", 1)
        made["stages"][stage][name] = act
    return made


def faults(made: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        check(made)
    except PolicyFault as found:
        return [(fault.pointer, fault.kind) for fault in found.faults]
    return []


ACCEPT = {"by": "ann", "to": "open", "needs": "conditions", "after": "inspected"}
RECUSE = {"by": ["ann", "bob"], "undoes": "inspected"}
NEVER = [("/stages/open/acts/decide/after", "never-before")]
STILL = [("/stages/open", "stands-still")]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (document(["registered"], registered_accept=ACCEPT), []),
        (document(["registered"], registered_accept={**ACCEPT, "undoes": "inspected"}), NEVER),
        (document(["registered", "open"], registered_accept={**ACCEPT, "undoes": "inspected"}), []),
        (document(["registered"], registered_accept=ACCEPT, registered_recuse=RECUSE), []),
        (document(["registered"], registered_accept=ACCEPT, open_recuse=RECUSE), STILL),
        (document(["open"], open_recuse=RECUSE), []),
        (document(["registered"], registered_recuse={**RECUSE, "to": "open"}), STILL),
    ],
    ids=["kept", "undone on the way", "done again", "in time", "excluded", "again after it", "excluded on the way"],
)
def test_what_is_undone_can_happen_again(made: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(made) == found


def test_an_act_that_undoes_its_own_event_still_brings_it() -> None:
    assert faults(document([], open_inspect={**INSPECT, "undoes": "inspected"})) == []
