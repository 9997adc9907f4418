"""Loads `app.py` with its deployed wiring, but with a clock that can be moved forward."""

from __future__ import annotations

import importlib
import os
import re
import sys
from dataclasses import dataclass
from typing import Any

from chalice.app import Chalice
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.bootstrap.adapters import deployed
from chalicelib.kit.settings import Settings, SettingsError
from chalicelib.limits.budgets import Budgets, allowance
from chalicelib.ports import TimeSource
from infra.local.functions import Function
from infra.local.people import signing_key_set

SIGN_UPS_FACTOR, MAILS_FACTOR = "REDRESS_ADDRESS_SIGN_UPS_FACTOR", "REDRESS_MAILS_FACTOR"
"""Environment variables for the factors of budgets. A deployment reads neither."""


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
    Webhooks can reach programs on this machine only with `WEBHOOKS=loopback`. All local callers share one source, so
    budgets are practically unlimited; the environment can restore them.
    """
    loopback = os.environ.get("WEBHOOKS") == "loopback"
    wiring = deployed(settings, clock=clock, fetch_keys=signing_key_set, loopback=loopback)
    lifted = allowance(settings)._replace(sign_ups_factor=factor(SIGN_UPS_FACTOR), mails_factor=factor(MAILS_FACTOR))
    bootstrap.use(replace(wiring, budgets=Budgets(wiring.secrets, wiring.real_clock, lifted)))
    sys.modules.pop("app", None)
    return AppFunctions.of(importlib.import_module("app"))


def factor(name: str) -> int:
    """Raises `SettingsError` if the variable is no whole number above 0."""
    text = os.environ.get(name, "1000")
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise SettingsError(f"environment variables that must be whole numbers above 0: {name}")
    return int(text)
