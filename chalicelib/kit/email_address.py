"""E-mail addresses: syntax, the normal form of accounts, and the form by which mails are counted."""

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


_GMAIL = ("gmail.com", "googlemail.com")


def mailbox(address: str) -> str:
    """The address in the one form by which mails are counted and stopped. Mails go to the address as it was given.

    These do not count: case, a tag after `+` (RFC 5233), a dot at the domain's end, compatible characters such as
    full-width ones (NFKC), how the domain is encoded (IDNA), and dots in a name at Gmail (Google: "Dots don't matter in
    Gmail addresses"). Other forms of one person's address count separately. No account is found by this form.
    """
    import unicodedata  # an extension module, which a cold start does not load

    text = unicodedata.normalize("NFKC", address).strip().casefold()
    local, _, domain = text.rpartition("@")
    name, domain = local.partition("+")[0] or local, _ascii(domain.rstrip("."))
    return f"{name.replace('.', '')}@{_GMAIL[0]}" if domain in _GMAIL else f"{name}@{domain}"


def _ascii(domain: str) -> str:
    """Unchanged if it is no name that IDNA can encode."""
    try:
        return domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return domain
