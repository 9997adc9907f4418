from __future__ import annotations

from tests.kernel.web.pages.conftest import browser, hall, world

__all__ = ["browser", "hall", "world"]
