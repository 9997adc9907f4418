"""The sections of a case file: the case, its deadlines, its files, the check of its record, and all events.

Each event has its hash and what was given with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.envelope import Event
from chalicelib.features.evidence import kinds, refusal
from chalicelib.features.evidence.evidence_queries import EvidenceView
from chalicelib.features.forms import lines, value_text
from chalicelib.features.forms.event_values import event_name, event_value
from chalicelib.features.forms.filled_form import FilledLine, FilledSection, FilledValue
from chalicelib.features.forms.lines import state_text
from chalicelib.features.forms.printed_case import CaseFile, GivenValue
from chalicelib.features.forms.value_text import end_text, instant_text, labelled
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.features.record.verification_view import STATE, AnchorView, VerificationView
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.model import FormLine
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES

_DIGESTS = frozenset({"sha256", "root", "path"})


def section(file: CaseFile) -> FilledSection:
    """The events that the reader may see. All have their numbers, so a reader sees where one is missing.

    The first event of a stage names it, so that a re-examination is apart from the first handling.
    """
    before = ["", *(event.result["stage"] for event in file.events)]
    lines = [_line(file, event, before=stage) for event, stage in zip(file.events, before, strict=False)]
    return FilledSection(name=file.text("events"), lines=lines)


def people_fields(file: CaseFile) -> set[str]:
    """The fields of all versions whose values are ids of people."""
    versions = {event.policy for event in file.events}
    return set[str]().union(*(value_text.people_fields(file.policy_of(one).document) for one in versions))


def _line(file: CaseFile, event: Event, *, before: str) -> FilledLine:
    """`before`: the stage of the event before it."""
    first = event_value(file, event, event_name(file, event))
    entered = [] if event.result["stage"] == before else [_stage(file, event)]
    given = [_value(file, event, name, one) for name, one in file.values(event)]
    proof = FilledValue(text=value_text.labelled(file, file.text("hash"), event.hash), is_proof=True)
    return FilledLine(label=str(event.seq), values=[first, *entered, *given, proof], listed=True)


def _stage(file: CaseFile, event: Event) -> FilledValue:
    """The stage's name in the version under which the event happened."""
    key = event.result["stage"]
    stage = file.policy_of(event.policy).document.stages.get(key)
    name = key if stage is None or stage.name is None else file.say(stage.name)
    return FilledValue(text=value_text.labelled(file, file.text("stage"), name))


def _value(file: CaseFile, event: Event, name: str, one: GivenValue) -> FilledValue:
    """A value that is not shown still has its label."""
    text = value_text.value_text(file, event, name, one.value) if one.state == "shown" else ""
    return FilledValue(text=value_text.labelled(file, _label(file, event, name), text), state=one.state)


def _label(file: CaseFile, event: Event, name: str) -> str:
    fact = file.fact(event, name)
    if fact is not None and fact.name is not None:
        return file.say(fact.name)
    if event.type in ("evidence_declared", "evidence_uploaded") and name == "name":
        return file.text("file_name")
    return file.of_code("field", name)


def case(file: CaseFile) -> FilledSection:
    return FilledSection(
        name=file.text("case"), lines=[lines.fill(file, FormLine(shows=name)) for name in BUILT_IN_VALUES]
    )


def deadlines(file: CaseFile, found: Iterable[DeadlineView]) -> FilledSection:
    """Each run with its due time, its state and the explanation of the due time."""
    return _section(file, "deadlines", (_deadline(file, one) for one in found))


def _deadline(file: CaseFile, one: DeadlineView) -> FilledLine:
    label = one.label[file.language] if isinstance(one.label, dict) else one.clock
    due = "" if one.due is None else end_text(file, from_text(one.due))
    state = f"{due} {state_text(file, one.state)}".strip()
    return FilledLine(
        label=label, values=[FilledValue(text=state), FilledValue(text=one.because.text[file.language])], listed=True
    )


def files(file: CaseFile, found: Iterable[tuple[EvidenceView, str, str]]) -> FilledSection:
    """Each file that the reader may see, with its name, its state and hash, and where it is, if a copy has it."""
    return _section(file, "files", (_file(file, *one) for one in found))


def _file(file: CaseFile, one: EvidenceView, name: str, place: str) -> FilledLine:
    told = {
        "name": name,
        "place": place,
        "state": file.of_code("file_state", one.state),
        "reason": "" if one.reason is None else _reason(file, one.reason),
        "id": one.id,
        "type": one.media_type,
        "size": str(one.size),
        "sha256": one.sha256,
        "declared": instant_text(file, from_text(one.declared_at)),
        "ended": "" if one.ended_at is None else instant_text(file, from_text(one.ended_at)),
    }
    label = kinds.called(file.policy, one, file.language)
    return FilledLine(label=label, values=_labelled(file, "file", told), listed=True)


def _reason(file: CaseFile, reason: str) -> str:
    return refusal.text_of(reason).of(file.language)


def messages(file: CaseFile, found: Iterable[MessageView]) -> FilledSection:
    """What the organisation told the reader, with what the acts wrote to them."""
    return _section(file, "messages", (_message(file, one) for one in found))


def _message(file: CaseFile, one: MessageView) -> FilledLine:
    enclosed = [labelled(file, each.label[file.language], each.text[file.language]) for each in one.enclosed]
    texts = [FilledValue(text=text) for text in (one.text[file.language], *enclosed)]
    return FilledLine(label=instant_text(file, from_text(one.at)), values=texts, listed=True)


def check(file: CaseFile, found: VerificationView) -> FilledSection:
    """The result of the record's verification, and the anchor that covers it."""
    results = [file.text("intact")] if found.intact else list(_faults(file, found))
    return FilledSection(
        name=file.text("check"),
        lines=[
            FilledLine(label=file.text("result"), values=[FilledValue(text=text) for text in results], listed=True),
            FilledLine(label=file.text("event_count"), values=[FilledValue(text=str(found.events))]),
            FilledLine(label=file.text("anchor"), values=_anchor(file, found.anchor), listed=True),
        ],
    )


def _faults(file: CaseFile, found: VerificationView) -> Iterator[str]:
    told = {
        "broken_at": found.broken_at or "",
        "altered": " ".join(one for one in found.altered if not one.startswith(STATE)),
        "state": " ".join(one.removeprefix(STATE) for one in found.altered if one.startswith(STATE)),
        "missing": " ".join(found.missing),
    }
    for name, text in told.items():
        if text:
            yield labelled(file, file.text(f"fault.{name}"), text)
    marks = {
        "cut_off": found.cut_off,
        "overdue": found.overdue,
        "disagrees": found.anchor is not None and not found.anchor.agrees,
    }
    yield from (file.text(f"fault.{name}") for name, mark in marks.items() if mark)


def _anchor(file: CaseFile, found: AnchorView | None) -> list[FilledValue]:
    if found is None:
        return [FilledValue(text=file.text("no_anchor"))]
    told = {
        "n": str(found.n),
        "at": "" if found.at is None else instant_text(file, from_text(found.at)),
        "seq": "" if found.seq is None else str(found.seq),
        "root": found.root or "",
        "path": " ".join(found.path),
    }
    return _labelled(file, "anchor", told)


def _labelled(file: CaseFile, group: str, told: dict[str, str]) -> list[FilledValue]:
    """Those that have a value."""
    return [
        FilledValue(text=labelled(file, file.text(f"{group}.{name}"), text), is_proof=name in _DIGESTS)
        for name, text in told.items()
        if text
    ]


def _section(file: CaseFile, title: str, found: Iterable[FilledLine]) -> FilledSection:
    listed = list(found) or [FilledLine(label=file.text("none"), values=[])]
    return FilledSection(name=file.text(title), lines=listed)
