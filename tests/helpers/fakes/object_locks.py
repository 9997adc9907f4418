"""The clock by which moto ends Object Locks in a test, in place of the machine's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from moto.s3.models import FakeKey

from chalicelib.kit.instants import from_text
from chalicelib.ports import TimeSource


@contextmanager
def locks_end_by(clock: TimeSource) -> Iterator[None]:
    """The test's clock must be that by which the program locks objects. Dates of objects stay the machine's."""

    def is_locked(key: Any, governance_bypass: bool) -> bool:
        bypassed = governance_bypass and key.lock_mode == "GOVERNANCE"
        locked = key.lock_until is not None and from_text(key.lock_until) > clock()
        return key.lock_legal_status == "ON" or (locked and not bypassed)

    with patch.object(FakeKey, "is_locked", is_locked):
        yield
