"""Names: what a tenant, a unit and a role may be called."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

TENANT_PATTERN = "^[a-z0-9-]{3,40}$"
"""A tenant's id: chosen at sign-up, immutable, never reused (design §5)."""
RESERVED = frozenset({"key", "redrive"})
"""No tenant's: words of paths that stand where a tenant's id does (`/v1/erasures/key`, `/v1/ops/parked/redrive`)."""
UNIT_PATTERN = "^[a-z0-9_-]{1,40}$"

OWNER = "owner"
"""The reserved role of whoever runs the organisation here: people, units and policies."""

RESPONDENT = "respondent"
"""The reserved role of the people of a unit that is complained about, where they have accounts."""


def is_tenant(text: str) -> bool:
    return re.fullmatch(TENANT_PATTERN, text) is not None


DisplayName = Annotated[str, msgspec.Meta(pattern=r"^[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f\u2028\u2029]*$", max_length=120)]
"""A name for people. One line, once `clean`: it stands in the subject of mails."""


def clean(name: str) -> str:
    """Without blanks around, among them the line end that a pattern's `$` lets through."""
    return name.strip()
