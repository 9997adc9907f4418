"""The public routes for presets and the schemas of the policy language."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from chalicelib.policy import presets
from chalicelib.policy.reading import parsing
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"


@cache
def published(path: str) -> Any:
    """A validator of the schema that the route answers with."""
    schema = InProcess(START).call("GET", path).json
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.validator_for(schema)


@pytest.mark.parametrize("preset", presets.names())
def test_a_preset_as_written_conforms_to_the_published_schema(preset: str) -> None:
    published("/v1/policy-schema").validate(presets.document(preset))


@pytest.mark.parametrize("path", ["/v1/policy-schema", "/v1/policy-schema/expanded"])
@pytest.mark.parametrize("preset", presets.names())
def test_a_presets_full_form_conforms_to_both_published_schemas(preset: str, path: str) -> None:
    full = msgspec.to_builtins(parsing.parse(presets.document(preset)))

    published(path).validate(full)


@pytest.mark.parametrize("preset", presets.names())
def test_a_presets_example_names_one_of_its_channels(preset: str) -> None:
    found = InProcess(START).call("GET", f"/v1/presets/{preset}").json

    assert found["example"]["channel"] in found["channels"]


@pytest.mark.parametrize("preset", presets.names())
def test_a_presets_example_can_be_filed_by_those_who_are_named(preset: str) -> None:
    found = InProcess(START).call("GET", f"/v1/presets/{preset}").json
    organisation = sign_up(InProcess(START), preset)
    path, named = f"{organisation.path}/complaints", found["example_filed_by"]

    assert found["roles"].keys() & named
    for who in ("complainant", *found["roles"]):
        auth = None if who == "complainant" else organisation.auth(who)
        answer = organisation.world.call("POST", path, found["example"], auth=auth)
        assert answer.status == (201 if who in named else 422), answer.text


def test_an_unknown_preset_is_not_found() -> None:
    assert InProcess(START).call("GET", "/v1/presets/nobody").problem == "not-found"
