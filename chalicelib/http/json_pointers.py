"""RFC 6901 pointers into what a caller sent."""

from __future__ import annotations

LONGEST_NAME = 200


def escape(name: str) -> str:
    """A member's name as one step of a pointer. An endless name is cut, so that answers stay small."""
    return name[:LONGEST_NAME].replace("~", "~0").replace("/", "~1")
