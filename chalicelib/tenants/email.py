"""E-mail addresses: the form under which one address is one person."""

from __future__ import annotations

EMAIL_PATTERN = r"^[^\s@<>\",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,63}$"
"""Enough to send to; whether it exists shows when the invitation arrives."""


def normalised(address: str) -> str:
    """Without blanks around and in small letters, as Cognito compares user names (case-insensitive by default)."""
    return address.strip().lower()
