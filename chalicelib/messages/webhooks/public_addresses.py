"""Which addresses a webhook may lead to: public ones only (pure)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): an IPv4 address stands in it, which could be a private one."""


def is_public(text: str) -> bool:
    """Neither private, loopback, link-local (with the metadata services), shared, multicast, reserved, nor an IPv6
    form of an IPv4 address that is. `text`: as `getaddrinfo` gives it."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or any(address in net for net in _TRANSLATED):
            return False
    return _is_public(address)


def is_loopback(text: str) -> bool:
    return ip_address(text.partition("%")[0]).is_loopback


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
