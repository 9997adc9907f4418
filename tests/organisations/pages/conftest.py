from __future__ import annotations

from tests.kernel.web.pages.conftest import browser, world

__all__ = ["browser", "world"]
