"""Fields of a policy that have the name of a built-in one, in the acts that read it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints import small_procedure

CHOICE = {"kind": "choice", "choices": {"a": {"en": "A"}}}
EVIDENCE = {"evidence": {"photo": {"en": "Photo"}}, "unit": "optional"}
ANSWER = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "5 days"}
EXTEND, DEMAND = "extend", "demand_evidence"


def faults(act: str, field: str, kind: dict[str, Any]) -> list[str]:
    needs = ["clock", "until"] if act == EXTEND else [field]
    acts = {"decide": {"by": "agent", "to": "done"}, act: {"by": "manager", "needs": needs}}
    try:
        small_procedure.policy(
            {
                "tiers": [{"roles": "manager"}],
                "intake": EVIDENCE,
                "fields": {field: {"en": "X", **kind}},
                "stages": {"open": acts},
                "clocks": {"answer": ANSWER},
            }
        )
    except PolicyFault as found:
        return [one.kind for one in found.faults]
    return []


@pytest.mark.parametrize(
    ("act", "field", "kind"),
    [
        *((act, "until", kind) for act in (EXTEND, DEMAND) for kind in ({}, {"kind": "number"}, CHOICE)),
        *((EXTEND, "clock", kind) for kind in ({"kind": "number"}, {"kind": "date"}, CHOICE)),
    ],
)
def test_a_field_of_another_kind_is_a_fault(act: str, field: str, kind: dict[str, Any]) -> None:
    assert faults(act, field, kind) == ["redefined"]


@pytest.mark.parametrize(
    ("act", "field", "kind"),
    [
        *((act, "until", {"kind": kind}) for act in (EXTEND, DEMAND) for kind in ("time", "date")),
        (EXTEND, "clock", {}),  # its label
        ("notify", "person", {}),
        ("notify", "until", {"kind": "number"}),
    ],
)
def test_a_field_that_fits_is_none(act: str, field: str, kind: dict[str, Any]) -> None:
    assert faults(act, field, kind) == []
