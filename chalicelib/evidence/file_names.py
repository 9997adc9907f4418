"""Names of files, as people give them and as others are shown them."""

from __future__ import annotations

from chalicelib.policy.language.file_types import FILE_TYPES

LONGEST = 255


def wrong(name: str) -> str | None:
    """What is wrong with a name, or None. Signs that turn the writing's direction are not printable either."""
    if not name.strip() or len(name) > LONGEST or not name.isprintable():
        return f"must be 1 to {LONGEST} printable characters"
    if "/" in name or "\\" in name or not name.strip(". "):
        return "must be a name, not a path"
    return None


def neutral(kind: str, evidence_id: str, media_type: str) -> str:
    """Says nothing of who gave it or what they called it: `photo-1f3a9c04.jpg`."""
    return f"{kind}-{evidence_id[:8]}.{FILE_TYPES[media_type].extension}"
