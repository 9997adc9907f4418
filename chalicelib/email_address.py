"""E-mail addresses: syntax, and the normal form by which addresses are compared."""

from __future__ import annotations

EMAIL_PATTERN = r"^[^\s@<>\",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,63}$"
"""Only as strict as sending a mail requires. The pattern does not prove that the address exists."""
MAX_ADDRESS_LENGTH = 254
"""Characters (RFC 5321 §4.5.3.1.3, without the angle brackets)."""


def normalised(address: str) -> str:
    """In lower case, without surrounding spaces. Cognito's user names are case-insensitive by default."""
    return address.strip().lower()
