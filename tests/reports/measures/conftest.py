from __future__ import annotations

from tests.reports.measures.office import office

__all__ = ["office"]
