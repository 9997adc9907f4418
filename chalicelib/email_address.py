"""E-mail addresses: syntax, and the normal form by which addresses are compared."""

from __future__ import annotations

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
EMAIL_PATTERN = rf"^(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9-]{{1,63}}\.)+[A-Za-z0-9-]{{2,63}}$"
"""`Dot-string@Domain` in ASCII (RFC 5321 §4.1.2): what Cognito, SES and a mail header take. No quoted strings, comments
or other scripts. The pattern does not prove that the address exists.
"""
MAX_ADDRESS_LENGTH = 254
"""Characters (RFC 5321 §4.5.3.1.3, without the angle brackets)."""


def normalised(address: str) -> str:
    """In lower case, without surrounding spaces. Cognito's user names are case-insensitive by default."""
    return address.strip().lower()
