"""The app under the local stack: `app.py` with the deployed wiring, the clock replaced by one that can be moved."""

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
    """The Lambda entry points of app.py, by their names there."""

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
        """Raises AttributeError where the module lacks one."""
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
    """Import app.py and hand it its wiring. The pool's keys come from moto, which publishes them nowhere.

    Imported anew each time, for the app keeps the first wiring that it gets, as long as its process lives. Webhooks
    reach programs on this machine only where `WEBHOOKS=loopback` says so.
    """
    loopback = os.environ.get("WEBHOOKS") == "loopback"
    bootstrap.use(deployed(settings, clock=clock, fetch_keys=signing_key_set, loopback=loopback))
    sys.modules.pop("app", None)
    return AppFunctions.of(importlib.import_module("app"))
