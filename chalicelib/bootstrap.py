"""Bootstrap: builds the adapters of a process when they are first needed.

`app.py` imports this module in every function, so it imports the adapters only inside its functions.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from chalicelib.ports import TokenVerifier
from chalicelib.settings import Settings
from chalicelib.system_clock import real_time

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

_used: list[Wiring] = []


def use(wiring: Wiring) -> None:
    """Set the wiring of the process, instead of the one that the environment describes (local stack, tests)."""
    _used[:] = [wiring]


def load() -> None:
    """Import the adapters, so that the first request does not wait for them."""
    import chalicelib.access.id_tokens
    import chalicelib.access.jwks
    import chalicelib.adapters  # noqa: F401


def current() -> Wiring:
    """The wiring of the process: the one that `use` set, else the deployed one. Raises `SettingsError`."""
    if not _used:
        from chalicelib.adapters import deployed

        use(deployed(Settings.from_environment(os.environ)))
    return _used[0]


def current_tokens() -> TokenVerifier:
    """Only the token verifier: the authorizer's function must not wait for the API's imports."""
    if _used:
        return _used[0].tokens
    from chalicelib.access.id_tokens import for_user_pool

    return for_user_pool(Settings.from_environment(os.environ), real_time)
