from __future__ import annotations

from tests.clauses.repeating import repeated_steps

__all__ = ["repeated_steps"]
