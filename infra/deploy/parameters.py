"""The parameters of a stack: those that the operator gives, those that it has, and those that the template declares."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from infra.deploy.operator import DeploymentStopped

Declared = Mapping[str, Mapping[str, Any]]
"""The template's `Parameters`."""


def parsed(text: str) -> dict[str, str]:
    """`Name=value Name="a value"`. Raises `DeploymentStopped` for a word without `=`."""
    words = shlex.split(text)
    if bare := [word for word in words if "=" not in word]:
        raise DeploymentStopped(f"PARAMETERS holds words without '=': {' '.join(bare)}")
    return dict(word.split("=", 1) for word in words)


def unknown(given: Mapping[str, str], declared: Declared) -> list[str]:
    return sorted(given.keys() - declared.keys())


def missing(given: Mapping[str, str], present: Mapping[str, str], declared: Declared) -> list[str]:
    """Parameters without a default that neither the operator nor the stack gives."""
    without = {name for name, each in declared.items() if "Default" not in each}
    return sorted(without - given.keys() - present.keys())


def effective(given: Mapping[str, str], present: Mapping[str, str], declared: Declared) -> dict[str, str]:
    """The values that the stack will have."""
    defaults = {name: str(each["Default"]) for name, each in declared.items() if "Default" in each}
    kept = {name: value for name, value in present.items() if name in declared}
    return defaults | kept | dict(given)


def for_change_set(given: Mapping[str, str], present: Mapping[str, str], declared: Declared) -> list[dict[str, Any]]:
    """CloudFormation's form. Those that are neither given nor present get their defaults."""
    kept = [
        {"ParameterKey": name, "UsePreviousValue": True} for name in present if name in declared and name not in given
    ]
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()] + kept
