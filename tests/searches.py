"""How long searches for counter-examples are: `NIGHTLY=20` (`make nightly`) makes each twenty times as long."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

TIMES = int(os.environ.get("NIGHTLY", "1"))


def searching(examples: int, **others: Any) -> settings:
    return settings(max_examples=examples * TIMES, deadline=None, **others)
