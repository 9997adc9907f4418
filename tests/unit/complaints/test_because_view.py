"""The struct of an explanation has each key that the schema of explanations describes, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from chalicelib.complaints.because_schema import because_schema
from chalicelib.complaints.because_view import (
    BecauseView,
    CalculationView,
    ClockRule,
    Closing,
    LastDay,
    PartView,
    Pause,
    Stretch,
    WorkedDay,
)
from chalicelib.policy.worktime.explaining.schema import because_schema as calculation_schema

CALCULATED, STATED = (each["properties"] for each in because_schema()["anyOf"])


def keys(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def required(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct) if field.required}


def test_an_explanation_has_the_keys_of_both_schemas() -> None:
    assert keys(BecauseView) == CALCULATED.keys() | STATED.keys()
    assert required(BecauseView) == set.intersection(*(set(each["required"]) for each in because_schema()["anyOf"]))


@pytest.mark.parametrize(
    ("struct", "schema"),
    [
        (CalculationView, calculation_schema()),
        (ClockRule, CALCULATED["rule"]),
        (Stretch, CALCULATED["stretches"]["items"]),
        (WorkedDay, CALCULATED["worked"]["items"]),
        (Pause, CALCULATED["pauses"]["items"]),
        (Closing, CALCULATED["closing"]),
        (LastDay, CALCULATED["last_day"]),
        (Closing, CALCULATED["counted_from"]),
        (PartView, CALCULATED["parts"]["items"]),
    ],
)
def test_a_part_of_an_explanation_has_the_keys_of_its_schema(
    struct: type[msgspec.Struct], schema: Mapping[str, Any]
) -> None:
    assert (keys(struct), required(struct)) == (schema["properties"].keys(), set(schema["required"]))
