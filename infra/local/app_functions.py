"""Loads `app.py` with its deployed wiring, but with a clock that can be moved forward."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from typing import Any

from chalice.app import Chalice

from chalicelib import bootstrap
from chalicelib.adapters import deployed
from chalicelib.ports import TimeSource
from chalicelib.settings import Settings
from infra.local.functions import Function
from infra.local.people import signing_key_set


@dataclass(frozen=True, slots=True)
class AppFunctions:
    """The Lambda handlers of app.py, under the same names."""

    app: Chalice
    sweep: Function
    wake: Function
    park: Function
    relay: Function
    effects: Function
    hooks: Function
    object_created: Function

    @classmethod
    def of(cls, module: Any) -> AppFunctions:
        """Raises AttributeError where the module lacks a handler."""
        return cls(
            app=module.app,
            sweep=module.sweep,
            wake=module.wake,
            park=module.park,
            relay=module.relay,
            effects=module.effects,
            hooks=module.hooks,
            object_created=module.object_created,
        )


def load(settings: Settings, clock: TimeSource) -> AppFunctions:
    """Import app.py with its wiring. The user pool's keys are read from moto's files, because moto serves them nowhere.

    The module is imported again each time, because an app keeps its first wiring as long as the process lives.
    Webhooks can reach programs on this machine only with `WEBHOOKS=loopback`.
    """
    loopback = os.environ.get("WEBHOOKS") == "loopback"
    bootstrap.use(deployed(settings, clock=clock, fetch_keys=signing_key_set, loopback=loopback))
    sys.modules.pop("app", None)
    return AppFunctions.of(importlib.import_module("app"))
