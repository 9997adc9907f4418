"""IP addresses that a webhook's host may resolve to: public ones only (pure)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): these addresses embed an IPv4 address, which could be private."""


def is_public(text: str) -> bool:
    """True unless the address is private, loopback, link-local (like metadata services), shared, multicast or reserved.

    IPv6 addresses that embed such an IPv4 address are not public either. `text`: as `getaddrinfo` returns it.
    """
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or any(address in net for net in _NAT64):
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
