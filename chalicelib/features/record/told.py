"""The result of a record's verification in one sentence, for pages."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.record.verification_view import VerificationView
from chalicelib.policy.worktime import Calendar
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


def sentence(found: VerificationView, calendar: Calendar, reader: Reader) -> str:
    if not found.intact:
        faults = reader.text("record_check.and").join(
            reader.text(f"record_check.fault.{name}") for name in _faults(found)
        )
        return reader.text("record_check.broken", faults=faults)
    if found.anchor is None or found.anchor.at is None:
        return reader.text("record_check.unanchored", count=found.events)
    return reader.text("record_check.intact", count=found.events, at=time_text(calendar, reader, found.anchor.at))


def _faults(found: VerificationView) -> Iterator[str]:
    known = {
        "chain": found.broken_at is not None,
        "cut_off": found.cut_off,
        "altered": bool(found.altered),
        "missing": bool(found.missing),
        "overdue": found.overdue,
        "anchor": found.anchor is not None and not found.anchor.agrees,
    }
    return (name for name, is_so in known.items() if is_so)
