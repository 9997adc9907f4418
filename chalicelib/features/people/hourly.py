"""The hourly steps that call the identity provider and the mail service.

They are the last ones: if these services fail, the rest is done, and the next hourly job tries again.
"""

from __future__ import annotations

from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.tenants.people import accounts
from chalicelib.tenants.people.invitation_mail import send_missing_invitations


def _send_invitations(hour: Hour) -> None:
    send_missing_invitations(hour.wiring, hour.tenant, hour.now, opened=hour.found.listing.opened)


ACCOUNTS = HourlyStep("accounts", lambda hour: accounts.remove_abandoned(hour.wiring, hour.tenant), last=True)
INVITATIONS = HourlyStep("invitations", _send_invitations, after=("accounts",), last=True)
