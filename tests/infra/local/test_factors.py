"""Budgets are lifted on the local stack only, where the environment restores them."""

from __future__ import annotations

import pytest

from chalicelib.kit.settings import SettingsError
from infra.local.app_functions import MAILS_FACTOR, SIGN_UPS_FACTOR, factor
from infra.local.resources.template import load

NAMES = pytest.mark.parametrize("name", [SIGN_UPS_FACTOR, MAILS_FACTOR])


@NAMES
def test_the_local_stack_lifts_budgets_and_the_environment_restores_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name, raising=False)
    assert factor(name) == 1000
    monkeypatch.setenv(name, "1")
    assert factor(name) == 1


@NAMES
@pytest.mark.parametrize("text", ["", "0", "-1", "many"])
def test_a_wrong_factor_is_named(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError, match=name):
        factor(name)


@NAMES
def test_a_deployment_has_no_factor(name: str) -> None:
    assert name not in str(load())
