from __future__ import annotations

from tests.kernel.web.pages.conftest import browser, hall, number, world

__all__ = ["browser", "hall", "number", "world"]
