"""Bootstrap: builds the adapters of a process at first use.

`app.py` imports this module in every Lambda function. To keep cold starts short, it imports the adapters only inside
its functions.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from chalicelib.kit.settings import Settings
from chalicelib.kit.system_clock import real_time
from chalicelib.ports import TokenVerifier

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

_wirings: list[Wiring] = []
"""The wiring of the process, or empty."""


def use(wiring: Wiring) -> None:
    """Replace the wiring that the environment describes (local stack, tests)."""
    _wirings[:] = [wiring]


def load() -> None:
    """Import the adapters, so that the first request does not wait for them."""
    import chalicelib.access.id_tokens
    import chalicelib.bootstrap.adapters  # noqa: F401


def current() -> Wiring:
    """The wiring that `use` set, otherwise the deployed one. Raises `SettingsError` as `Settings.from_environment`."""
    if not _wirings:
        from chalicelib.bootstrap.adapters import deployed

        use(deployed(Settings.from_environment(os.environ)))
    return _wirings[0]


def current_tokens() -> TokenVerifier:
    """The token verifier alone, so that the authorizer function does not load the imports of the API."""
    if _wirings:
        return _wirings[0].tokens
    from chalicelib.access.id_tokens import for_user_pool

    return for_user_pool(Settings.from_environment(os.environ), real_time)
