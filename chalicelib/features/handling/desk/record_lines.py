"""The lines of a record for members: each event with who did it, and what it changed in stage and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.casework.record_views import EnvelopeView, RecordView
from chalicelib.complaints.runs import Run, from_json
from chalicelib.features.handling.desk.actors import actor_text
from chalicelib.features.handling.pages.values import values_for_members
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.times import time_text


class RecordLine(msgspec.Struct, frozen=True, kw_only=True):
    """`stage`: to which the event moved the complaint. `deadlines`: what it did to them, in sentences. `values`: label
    and text of each value that the reader may see. `erased` and `damaged`: private values that are gone, or cannot be
    decrypted."""

    seq: int
    at: str
    name: str
    by: str
    stage: str
    deadlines: list[str]
    values: list[tuple[str, str]]
    erased: bool
    damaged: bool


def lines(record: RecordView, names: Mapping[str, str], labels: CaseLabels) -> list[RecordLine]:
    """In the order of the events. `names`: of members, by id."""
    stage, runs, found = "", dict[str, Run](), list[RecordLine]()
    for event in record.events:
        after = str(event.result.get("stage", stage))
        changed = [from_json(raw) for raw in event.result.get("clocks") or ()]
        found.append(
            RecordLine(
                seq=event.seq,
                at=time_text(labels.policy.calendar, labels.reader, event.at),
                name=labels.reader.label(event_label(labels.policy.document, event.type).to_json()),
                by=actor_text(event, names, labels.reader),
                stage=labels.stage(after) if stage not in ("", after) else "",
                deadlines=[text for run in changed for text in _changes(runs.get(run.key), run, labels)],
                values=_values(event, record, labels),
                erased=event.id in record.erased,
                damaged=event.id in record.damaged,
            )
        )
        stage = after
        runs.update((run.key, run) for run in changed)
    return found


def _values(event: EnvelopeView, record: RecordView, labels: CaseLabels) -> list[tuple[str, str]]:
    given = values_for_members(labels.policy, event, record.values.get(event.id, {}), labels.reader)
    return [*given, *_text_blocks(event.result.get("text_blocks") or (), labels)]


def _text_blocks(used: Sequence[Mapping[str, Any]], labels: CaseLabels) -> Iterator[tuple[str, str]]:
    """From which the texts were made."""
    if used:
        texts = [labels.reader.text("text_blocks.used_one", **one) for one in used]
        yield labels.reader.text("text_blocks.used"), labels.joined(texts)


def _changes(was: Run | None, run: Run, labels: CaseLabels) -> Iterator[str]:
    reader, name = labels.reader, labels.clock(run.clock)
    if was is None and run.open:
        yield reader.text("desk_record.started", name=name, at=_time(run.due, labels))
    elif was is None or was.state != run.state:
        yield reader.of_code("desk_record.state.", run.state).format(name=name, at=_time(run.due, labels))
    elif was.due != run.due:
        yield reader.text("desk_record.moved", name=name, old=_time(was.due, labels), new=_time(run.due, labels))


def _time(at: Instant | None, labels: CaseLabels) -> str:
    if at is None:
        return labels.reader.text("desk_act.no_time")
    return time_text(labels.policy.calendar, labels.reader, to_text(at))
