"""What policies match: conditions on a case, and events that set something off."""

from __future__ import annotations

import msgspec

Condition = dict[str, list[str]]
"""All of the named things must have one of the values: `{severity: [major], channel: [email]}`."""


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event of this type, where these of its fields have one of these values."""

    event: str
    fields: Condition = {}
