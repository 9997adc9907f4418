"""Ids and names of tenants, units and reserved roles."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from chalicelib.kit.decoding import SEEN
from chalicelib.kit.problem import Place, Problem

TENANT_PATTERN = "^[a-z0-9-]{3,40}$"
"""A tenant's id: chosen at sign-up, immutable, never reused."""
RESERVED = frozenset({"key", "redrive"})
"""Not allowed as ids: path segments in the position of a tenant id (`/v1/erasures/key`, `/v1/ops/parked/redrive`)."""
_PRACTICE = "practice-[0-9a-f]{16}"
UNIT_PATTERN = "^[a-z0-9_-]{1,40}$"

OWNER = "owner"
"""The reserved role of members who manage people, units and policies."""

RESPONDENT = "respondent"
"""The reserved role of the people of a unit that is complained about, if they have accounts."""


PROGRAM = "program:"
"""Begins the `sub` of a program account, which no person has: those of the user pool are UUIDs."""
KEY_PREFIX = "rdk_"
"""Begins each key of a program account, so that scanners of sources find keys that were left in them."""


def is_program(sub: str) -> bool:
    return sub.startswith(PROGRAM)


def is_tenant(text: str) -> bool:
    return re.fullmatch(TENANT_PATTERN, text) is not None


def of_practice(digest: str) -> str:
    """The id of a practice organisation. `digest`: at least 16 hexadecimal digits."""
    return f"practice-{digest[:16]}"


def is_practice(tenant: str) -> bool:
    """Whether the id is that of a practice organisation. Its mark, for all that it would send."""
    return re.fullmatch(_PRACTICE, tenant) is not None


def is_reserved(tenant: str) -> bool:
    """Whether no sign-up can choose the id."""
    return tenant in RESERVED or is_practice(tenant)


_ONE_LINE = r"^[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f\u2028\u2029]*$"
DisplayName = Annotated[str, SEEN, msgspec.Meta(pattern=_ONE_LINE, max_length=120)]
"""A display name. A single line after `clean`, because it is part of mail subjects."""


def clean(name: str) -> str:
    """Without surrounding white space, including a final line break, which `$` in a pattern accepts.

    Raises `Problem("invalid")` for a web address: names are in mails to people who need not know the sender.
    """
    from chalicelib.kit.web_addresses.search import has_any  # late: requests read names, and rarely write them

    if has_any(name):
        raise Problem("invalid", "The name is invalid.", places=[Place("/name", "must not contain a web address")])
    return name.strip()


def check_email(email: str) -> None:
    """Raises `Problem("invalid")` for a web address before the `@`: the invitation shows the e-mail address."""
    from chalicelib.kit.web_addresses.search import is_lure  # late, as above

    if is_lure(email):
        place = Place("/email", "must not have a web address or a / before the @")
        raise Problem("invalid", "The e-mail address is invalid.", places=[place])
