"""E-mail addresses: the form under which one address is one person."""

from __future__ import annotations

from chalicelib.complaints import values

EMAIL_PATTERN = values.EMAIL_PATTERN


def normalised(address: str) -> str:
    """Without blanks around and in small letters, as Cognito compares user names (case-insensitive by default)."""
    return address.strip().lower()
