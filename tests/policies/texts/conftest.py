from __future__ import annotations

from tests.policies.drafts.conftest import shop

__all__ = ["shop"]
