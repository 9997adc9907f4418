"""Plans: the quotas of an organisation, as data."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

PlanName = Literal["starter", "standard", "large"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    complaints_a_month: int
    """Never above 999,999, because complaint numbers have six digits per month."""
    people: int
    units: int
    evidence_bytes: int
    """Of all evidence stored at a time."""
    requests_a_minute: int
    mails_a_day: int
    """Invitations and notices together, in a day of UTC (`limits.budgets`)."""
    webhooks: int
    search: bool = True
    """Whether texts are indexed for the search by words. Searches by other criteria are part of every plan."""
    similar: bool = True
    """Whether filings are written down for the search of similar complaints: it takes 22 write units for each."""


_GIB = 1024**3

_TIB = 1024 * _GIB

PLANS: Final[dict[str, Plan]] = {
    "starter": Plan(
        complaints_a_month=2_000,
        people=50,
        units=20,
        evidence_bytes=10 * _GIB,
        requests_a_minute=600,
        mails_a_day=2_000,
        webhooks=3,
    ),
    "standard": Plan(
        complaints_a_month=20_000,
        people=500,
        units=100,
        evidence_bytes=200 * _GIB,
        requests_a_minute=3_000,
        mails_a_day=20_000,
        webhooks=10,
    ),
    "large": Plan(
        complaints_a_month=500_000,
        people=5_000,
        units=100,
        evidence_bytes=2 * _TIB,
        requests_a_minute=12_000,
        mails_a_day=500_000,
        webhooks=50,
    ),
}
DEFAULT: Final = "starter"


def of(name: str | None) -> Plan:
    """The plan with this name; the default one without a known name."""
    return PLANS.get(name or DEFAULT, PLANS[DEFAULT])
