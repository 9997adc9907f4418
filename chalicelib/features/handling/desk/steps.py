"""The steps of a complaint at the desk: those of its public page, with the names of the deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.casework.record_views import RecordView
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Event
from chalicelib.features.handling.pages.progress import ShownStage, progress
from chalicelib.features.handling.pages.reading import CaseReading, happenings
from chalicelib.web.pages.reader import Reader


def steps(
    reader: Reader, flow: Flow, events: Sequence[Event], record: RecordView, deadlines: Sequence[DeadlineView]
) -> list[ShownStage]:
    """`deadlines`: all, as members read them. A deadline of the complainant says for whom the complaint waits."""
    case = CaseReading(
        reader=reader,
        policy=flow.policy,
        complaint=flow.complaint,
        happened=happenings(events, flow),
        record=record,
        acts=(),
        now=flow.complaint.at,
        to_staff=True,
    )
    return progress(case, deadlines, is_awaited=False)
