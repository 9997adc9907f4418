"""Settings are read from the environment and checked once."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from chalicelib.kit.settings import Settings, SettingsError, variable

COMPLETE = {variable(field.name): "7" if field.type is int else f"<{field.name}>" for field in fields(Settings)}


def test_each_field_comes_from_its_variable() -> None:
    settings = Settings.from_environment(COMPLETE)
    assert settings.table == "<table>"
    assert settings.region == "<region>"


def test_everything_that_is_missing_is_named_at_once() -> None:
    lacking = {**COMPLETE, "REDRESS_BUCKET": ""}
    del lacking["REDRESS_TABLE"]
    with pytest.raises(SettingsError, match="REDRESS_BUCKET, REDRESS_TABLE"):
        Settings.from_environment(lacking)


def test_a_number_is_a_number() -> None:
    assert Settings.from_environment(COMPLETE).address_requests == 7


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", " 1"])
def test_what_is_no_number_is_named(text: str) -> None:
    with pytest.raises(SettingsError, match="REDRESS_ADDRESS_REQUESTS"):
        Settings.from_environment({**COMPLETE, "REDRESS_ADDRESS_REQUESTS": text})


def test_no_value_is_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({**COMPLETE, "REDRESS_TABLE": ""})
    assert "<" not in str(caught.value)
