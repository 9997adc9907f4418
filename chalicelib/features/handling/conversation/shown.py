"""The conversation of a complaint as its pages show it, in order of time: who wrote, when, and the attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from chalicelib.casework.private_values import Record
from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.complaints.acting.talking.conversation import ASKS, FILES, MESSAGE
from chalicelib.features.evidence import evidence_queries
from chalicelib.features.evidence.evidence_queries import ORIGINAL, SHOWN, VisibleEvidence
from chalicelib.features.evidence.pages.listing import kind_name, size_text
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text

WRITTEN, INFORMED = "written", "informed"
WORDINGS = frozenset({INFORMED, "asked"})
"""The messages of the inbox that enclose what the conversation shows."""


class AttachedFile(msgspec.Struct, frozen=True):
    """`copy`: the best one that the reader may download; empty if there is none."""

    id: str
    text: str
    copy: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: empty if it was erased. `asks`: the office asks for an answer."""

    at: str
    by: str
    side: Literal["complainant", "office"]
    text: str
    asks: bool
    files: list[AttachedFile]


class Conversation(msgspec.Struct, frozen=True):
    """`is_asked`: the newest question of the office has no answer."""

    said: list[Said]
    is_asked: bool


def conversation(
    record: RecordView,
    files: Iterable[VisibleEvidence],
    policy: Policy,
    reader: Reader,
    by: Callable[[EnvelopeView], str],
) -> Conversation:
    """`files`: those that the reader may see. `by`: who did an event, in words for the reader."""
    events = [event for event in record.events if event.type in (WRITTEN, INFORMED)]
    known = {one.evidence.id: one for one in files}
    said = [_said(event, record.values.get(event.id, {}), known, policy, reader, by(event)) for event in events]
    newest = [one.asks for one in said if one.side == "complainant" or one.asks]
    return Conversation(said, bool(newest) and newest[-1])


def only(record: Record) -> Record:
    """The part of the record that is the conversation: its reads are logged apart."""
    events = [event for event in record.events if event.type in (WRITTEN, INFORMED)]
    numbers = {event.seq for event in events}
    private = {seq: values for seq, values in record.private.items() if seq in numbers}
    return msgspec.structs.replace(record, events=events, private=private)


def attachments(found: Iterable[VisibleEvidence], policy: Policy, reader: Reader) -> list[AttachedFile]:
    return [_file(one, policy, reader) for one in found]


def _said(
    event: EnvelopeView,
    values: Mapping[str, object],
    known: Mapping[str, VisibleEvidence],
    policy: Policy,
    reader: Reader,
    by: str,
) -> Said:
    named = values.get(FILES, [])
    files: Sequence[object] = named if isinstance(named, list) else []
    return Said(
        at=time_text(policy.calendar, reader, event.at),
        by=by,
        side="office" if event.type == INFORMED else "complainant",
        text=str(values.get(MESSAGE, "")),
        asks=event.fields.get(ASKS) == "yes",
        files=attachments([known[str(one)] for one in files if str(one) in known], policy, reader),
    )


def _file(visible: VisibleEvidence, policy: Policy, reader: Reader) -> AttachedFile:
    found, copies = visible.evidence, evidence_queries.available_copies(visible)
    copy = next((one for one in (ORIGINAL, SHOWN) if one in copies), "")
    return AttachedFile(found.id, f"{kind_name(policy, found.kind, reader)} · {size_text(found.size)}", copy)
