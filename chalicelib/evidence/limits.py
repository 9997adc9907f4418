"""How large files may be, and how long they are waited for."""

from __future__ import annotations

from chalicelib.instants import DAY, HOUR, MINUTE
from chalicelib.policy.language.file_types import FILE_TYPES, MAX_INSPECTED_BYTES, MIB

LARGEST_POST = MAX_INSPECTED_BYTES
"""Bytes. A larger file comes in parts."""
LARGEST = 5 * 1024 * MIB
"""Bytes: what S3 copies in one call (CopyObject), so that sealing is one step."""
PART = 16 * MIB
"""Bytes of every part but the last."""
TICKET_SECONDS = 300
PARTS_SECONDS = 600
"""How long a part's ticket is good for; the declaration, repeated, gives fresh ones for a day."""
LINK_SECONDS = 120
WAITED = HOUR
"""Real time from the declaration until a file is not waited for any longer; its ticket can be had again meanwhile."""
WAITED_FOR_PARTS = DAY
CHECKED_WITHIN = DAY
"""Real time from the upload until a check without a verdict is given up."""
RESUMED_AFTER = 20 * MINUTE
"""The domain's time after which the sweep goes on with a check that has not ended: no function runs for so long."""


def largest(media_type: str, plans: int) -> int:
    """Bytes of a file of this type, under a plan that allows `plans`."""
    return min(LARGEST, plans) if FILE_TYPES[media_type].streamed else min(MAX_INSPECTED_BYTES, plans)


def sizes_of_parts(size: int) -> list[int]:
    """Bytes of each part of a file."""
    whole, rest = divmod(size, PART)
    return [PART] * whole + ([rest] if rest else [])
