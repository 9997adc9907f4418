from __future__ import annotations

from tests.organisations.signing_up.conftest import shop, staffed, world

__all__ = ["shop", "staffed", "world"]
