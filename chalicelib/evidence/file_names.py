"""Names of files: validation of declared names, and neutral names."""

from __future__ import annotations

from chalicelib.policy.language.file_types import FILE_TYPES

LONGEST = 255


def name_fault(name: str) -> str | None:
    """The fault of a declared name, or None. Characters that change the text direction count as not printable."""
    if not name.strip() or len(name) > LONGEST or not name.isprintable():
        return f"must be 1 to {LONGEST} printable characters"
    if "/" in name or "\\" in name or not name.strip(". "):
        return "must be a name, not a path"
    return None


def neutral_name(kind: str, evidence_id: str, media_type: str) -> str:
    """A name that tells nothing about the person who gave the file: `photo-1f3a9c04.jpg`."""
    return f"{kind}-{evidence_id[:8]}.{FILE_TYPES[media_type].extension}"
