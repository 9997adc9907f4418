"""Who may get a mailing: those who may read at the desk what it is about."""

from __future__ import annotations

from chalicelib.casework.authorization import load_member
from chalicelib.complaints.rights.permits import only_answers
from chalicelib.features.inspections import due
from chalicelib.features.reports.query import REPORTS
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.wiring import Wiring

INSPECTION = "inspection"
DOCUMENTS = (INSPECTION, *REPORTS)
"""What is mailed: the inspection of the period, or a report as CSV."""


def may_read(wiring: Wiring, tenant: str, sub: str, document: str, now: Instant) -> bool:
    """False also for a person who is no member, or has left. The caller binds the tenant."""
    try:
        member = load_member(wiring, tenant, sub, now)
    except Problem as problem:
        if problem.kind != "forbidden":
            raise
        return False
    if document == INSPECTION:
        return member.grant_for_all(due.read_by(member.policy)) is not None
    return not only_answers(member.asker)
