"""Who may get a mailing: those who may read at the desk what it is about."""

from __future__ import annotations

from chalicelib.features.inspections import due
from chalicelib.features.reports.query import REPORTS
from chalicelib.policy.compiled import Policy
from chalicelib.tenants.people.membership import Membership

INSPECTION = "inspection"
DOCUMENTS = (INSPECTION, *REPORTS)
"""What is mailed: the inspection of the period, or a report as CSV."""


def may_read(policy: Policy, person: Membership, document: str) -> bool:
    """By the person's own grants; `policy`: the one in force. False for a person who has left."""
    if not person.active:
        return False
    if document == INSPECTION:
        return any(one.role in due.read_by(policy) and one.unit is None for one in person.grants)
    return not person.is_party
