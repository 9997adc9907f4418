"""Names: what a tenant, a unit and a role may be called."""

from __future__ import annotations

import re

TENANT_PATTERN = "^[a-z0-9-]{3,40}$"
"""A tenant's id: chosen at sign-up, immutable, never reused (design §5)."""
UNIT_PATTERN = "^[a-z0-9_-]{1,40}$"
ROLE_PATTERN = "^[a-z][a-z0-9_]{0,39}$"

OWNER = "owner"
"""The reserved role of whoever runs the organisation here: people, units and policies."""


def is_tenant(text: str) -> bool:
    return re.fullmatch(TENANT_PATTERN, text) is not None
