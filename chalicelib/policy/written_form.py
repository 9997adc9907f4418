"""The JSON Schema of a policy as authors write it, short forms included. `infra/policy_keys` generates it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import msgspec


@cache
def written_form() -> dict[str, Any]:
    """Of draft 7. Callers must not change it."""
    text = resources.files("chalicelib.policy").joinpath("written_form.json").read_bytes()
    found: dict[str, Any] = msgspec.json.decode(text)
    return found
