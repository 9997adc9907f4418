"""The files of a complaint on its page at the desk: what each is, who gave it and when, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.casework.record_views import RecordView
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.pages import listing
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


class FileRow(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: empty if none is stored, or if the reader does not see who gave it. `at`: of its declaration."""

    id: str
    kind: str
    name: str
    size: str
    state: str
    by: str
    at: str


def rows(
    found: Iterable[VisibleEvidence], record: RecordView, names: Mapping[str, str], policy: Policy, reader: Reader
) -> list[FileRow]:
    """Without forms that were opened and never sent a file. `names`: of members, by id."""
    listed = list(found)
    shown = {one.id: one for one in listing.shown_files(listed, policy, reader)}
    given = {event.seq: record.values.get(event.id, {}) for event in record.events}
    return [
        FileRow(
            id=one.evidence.id,
            kind=shown[one.evidence.id].kind,
            name=str(given.get(one.evidence.named_by, {}).get("name", "")),
            size=shown[one.evidence.id].size,
            state=shown[one.evidence.id].state,
            by=listing.giver(one.evidence, reader, names.get(one.evidence.by.id, "")),
            at=time_text(policy.calendar, reader, one.evidence.declared_at),
        )
        for one in listed
        if one.evidence.id in shown
    ]
