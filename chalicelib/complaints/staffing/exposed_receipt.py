"""A receipt that is known to a member whom the complaint excludes, because they filed or replaced it."""

from __future__ import annotations

from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.complaints.exclusion import people
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.staffing import alarms
from chalicelib.kit.instants import Instant

EXPOSED = "receipt_exposed"


def mark(flow: Flow, at: Instant) -> None:
    """Marks it, and asks those who answer for the stage to replace it. It works until then."""
    holder = flow.complaint.receipt_with
    if holder in people(flow.complaint.recused):
        about = flow.add(EXPOSED, Occurrence(at, SYSTEM), {"sub": holder}, changed=[])
        flow.notify(alarms.recipients(flow), about=about, at=at, wording=EXPOSED, due=None)
