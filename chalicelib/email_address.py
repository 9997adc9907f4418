"""E-mail addresses: which text is one, and the form under which one address is one person."""

from __future__ import annotations

EMAIL_PATTERN = r"^[^\s@<>\",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,63}$"
"""Enough to send to; whether the address exists shows when a mail arrives."""
MOST_ADDRESS = 254
"""Characters (RFC 5321 §4.5.3.1.3, without the angle brackets)."""


def normalised(address: str) -> str:
    """Without surrounding blanks and in lower case, as Cognito compares user names (case-insensitive by default)."""
    return address.strip().lower()
