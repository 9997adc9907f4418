"""Presets as they are published, each prepared once per process. It takes 50 ms, and a dozen tests need them."""

from __future__ import annotations

from functools import cache

from chalicelib.policy import presets, publishing
from chalicelib.policy.publishing import Publishable


@cache
def prepared(preset: str) -> Publishable:
    """Callers must not change it."""
    return publishing.prepare(presets.text(preset))
