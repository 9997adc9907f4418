"""Keys of the table. No other package builds a key or takes one apart (`tests/kernel/store/test_spelled_keys.py`).

One module for each subject. Callers import the package and write `keys.event(…)`, `keys.due(…)`.
"""

from __future__ import annotations

from chalicelib.store.keys.aggregates import *  # noqa: F403  each name is written once, in its module
from chalicelib.store.keys.deployment import *  # noqa: F403
from chalicelib.store.keys.messages import *  # noqa: F403
from chalicelib.store.keys.statistics import *  # noqa: F403
from chalicelib.store.keys.tenants import *  # noqa: F403
