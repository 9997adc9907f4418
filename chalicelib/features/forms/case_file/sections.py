"""The sections of a case file: the case, its deadlines, its files, the check of its record, and all events.

Each event has its hash and what was given with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.envelope import Event
from chalicelib.features.evidence import refusal
from chalicelib.features.evidence.evidence_queries import EvidenceView
from chalicelib.features.forms import lines, value_text
from chalicelib.features.forms.event_values import event_name, event_value
from chalicelib.features.forms.filled_form import FilledLine, FilledSection, FilledValue
from chalicelib.features.forms.lines import state_text
from chalicelib.features.forms.printed_case import CaseFile, GivenValue
from chalicelib.features.forms.value_text import end_text, instant_text, labelled
from chalicelib.features.record.verification_view import STATE, AnchorView, VerificationView
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.model import FormLine
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.printing import BUILT_IN_VALUES

_TITLE = Label(zh="事件", en="Events")
_STAGE = Label(zh="进入阶段", en="Stage from then on")
_FILE_NAME = Label(zh="文件名", en="File name")
BUILT_IN_LABELS = {
    "conditions": Label(zh="受理条件", en="Conditions"),
    "ground": Label(zh="理由", en="Ground"),
    "severity": Label(zh="级别", en="Class"),
    "sign": Label(zh="定级依据", en="Sign of the class"),
    "clock": Label(zh="时限", en="Deadline"),
    "until": Label(zh="截止时间", en="Until"),
    "kinds": Label(zh="证据种类", en="Kinds of evidence"),
    "demand": Label(zh="所答复的举证要求", en="Demand that it answers"),
    "item": Label(zh="事项", en="Item"),
    "person": Label(zh="人员", en="Person"),
}
"""The fields that the language defines, unless the policy names them."""
_HASH = Label(zh="事件哈希", en="Hash of the event")


def section(file: CaseFile) -> FilledSection:
    """The events that the reader may see. All have their numbers, so a reader sees where one is missing.

    The first event of a stage names it, so that a re-examination is apart from the first handling.
    """
    before = ["", *(event.result["stage"] for event in file.events)]
    lines = [_line(file, event, before=stage) for event, stage in zip(file.events, before, strict=False)]
    return FilledSection(name=file.say(_TITLE), lines=lines)


def people_fields(file: CaseFile) -> set[str]:
    """The fields of all versions whose values are ids of people."""
    versions = {event.policy for event in file.events}
    return set[str]().union(*(value_text.people_fields(file.policy_of(one).document) for one in versions))


def _line(file: CaseFile, event: Event, *, before: str) -> FilledLine:
    """`before`: the stage of the event before it."""
    first = event_value(file, event, event_name(file, event))
    entered = [] if event.result["stage"] == before else [_stage(file, event)]
    given = [_value(file, event, name, one) for name, one in file.values(event)]
    proof = FilledValue(text=value_text.labelled(file, file.say(_HASH), event.hash))
    return FilledLine(label=str(event.seq), values=[first, *entered, *given, proof], listed=True)


def _stage(file: CaseFile, event: Event) -> FilledValue:
    """The stage's name in the version under which the event happened."""
    key = event.result["stage"]
    stage = file.policy_of(event.policy).document.stages.get(key)
    name = key if stage is None or stage.name is None else file.say(stage.name)
    return FilledValue(text=value_text.labelled(file, file.say(_STAGE), name))


def _value(file: CaseFile, event: Event, name: str, one: GivenValue) -> FilledValue:
    """A value that is not shown still has its label."""
    text = value_text.value_text(file, event, name, one.value) if one.state == "shown" else ""
    return FilledValue(text=value_text.labelled(file, _label(file, event, name), text), state=one.state)


def _label(file: CaseFile, event: Event, name: str) -> str:
    fact = file.fact(event, name)
    if fact is not None and fact.name is not None:
        return file.say(fact.name)
    if event.type == "evidence_declared" and name == "name":
        return file.say(_FILE_NAME)
    return file.say(BUILT_IN_LABELS[name]) if name in BUILT_IN_LABELS else name


TITLE = Label(zh="投诉案卷", en="Case file")
_CASE, _DEADLINES, _FILES, _CHECK = (
    Label(zh="案件", en="The case"),
    Label(zh="期限与依据", en="Deadlines, with their reasons"),
    Label(zh="证据材料", en="Files"),
    Label(zh="记录核验", en="Check of the record"),
)
_NONE = Label(zh="无", en="None")
_STATES = {
    "declared": Label(zh="待上传", en="awaited"),
    "uploaded": Label(zh="待检查", en="being checked"),
    "sealed": Label(zh="已封存", en="sealed"),
    "refused": Label(zh="未通过检查", en="refused"),
    "expired": Label(zh="逾期未上传", en="not sent in time"),
    "erased": Label(zh="已删除", en="erased"),
}
_OF_FILES = {
    "state": Label(zh="状态", en="State"),
    "reason": Label(zh="原因", en="Reason"),
    "id": Label(zh="标识", en="Id"),
    "type": Label(zh="类型", en="Type"),
    "size": Label(zh="字节数", en="Bytes"),
    "sha256": Label(zh="SHA-256", en="SHA-256"),
    "declared": Label(zh="提交登记", en="Declared"),
    "ended": Label(zh="处理完成", en="Ended"),
}
_INTACT = Label(
    zh="记录完整：每个事件都含有前一事件的哈希，未发现修改、删除、插入或截断。",
    en="The record is intact: each event has the hash of the one before, and none was changed, removed or added.",
)
_FAULTS = {
    "broken_at": Label(zh="哈希链在此事件处断开", en="The chain of hashes breaks at this event"),
    "cut_off": Label(zh="记录末尾缺少事件", en="Events are missing at the end of the record"),
    "altered": Label(zh="这些事件的非公开内容被修改或无法解密", en="Private values of these events were changed"),
    "state": Label(zh="所存的案件状态与事件不一致", en="The stored state differs from the events"),
    "missing": Label(zh="这些事件的非公开内容已不存在", en="Private values of these events are gone"),
    "overdue": Label(zh="记录早应存证，但没有存证", en="The record should have an anchor, but has none"),
    "disagrees": Label(zh="记录与存证不一致", en="The record does not agree with its anchor"),
}
_RESULT = Label(zh="核验结果", en="Result")
_EVENTS = Label(zh="事件数", en="Number of events")
_ANCHOR = Label(zh="存证", en="Anchor")
_NO_ANCHOR = Label(zh="尚无存证（每小时一次）", en="None yet (they are made every hour)")
_OF_ANCHORS = {
    "n": Label(zh="序号", en="Number"),
    "at": Label(zh="时间", en="Time"),
    "seq": Label(zh="覆盖至事件", en="Covers the events up to"),
    "root": Label(zh="默克尔根", en="Merkle root"),
    "path": Label(zh="验证路径", en="Audit path"),
}


def case(file: CaseFile) -> FilledSection:
    return FilledSection(
        name=file.say(_CASE), lines=[lines.fill(file, FormLine(shows=name)) for name in BUILT_IN_VALUES]
    )


def deadlines(file: CaseFile, found: Iterable[DeadlineView]) -> FilledSection:
    """Each run with its due time, its state and the explanation of the due time."""
    return _section(file, _DEADLINES, (_deadline(file, one) for one in found))


def _deadline(file: CaseFile, one: DeadlineView) -> FilledLine:
    label = one.label[file.language] if isinstance(one.label, dict) else one.clock
    due = "" if one.due is None else end_text(file, from_text(one.due))
    state = f"{due} {state_text(file, one.state)}".strip()
    return FilledLine(
        label=label, values=[FilledValue(text=state), FilledValue(text=one.because.text[file.language])], listed=True
    )


def files(file: CaseFile, found: Iterable[EvidenceView]) -> FilledSection:
    """Each file that the reader may see, with its state and hash."""
    return _section(file, _FILES, (_file(file, one) for one in found))


def _file(file: CaseFile, one: EvidenceView) -> FilledLine:
    kind = file.policy.document.intake.evidence.get(one.kind)
    label = one.kind if kind is None else file.say(kind.name)
    told = {
        "state": file.say(_STATES[one.state]) if one.state in _STATES else one.state,
        "reason": "" if one.reason is None else _reason(file, one.reason),
        "id": one.id,
        "type": one.media_type,
        "size": str(one.size),
        "sha256": one.sha256,
        "declared": instant_text(file, from_text(one.declared_at)),
        "ended": "" if one.ended_at is None else instant_text(file, from_text(one.ended_at)),
    }
    return FilledLine(label=label, values=_labelled(file, _OF_FILES, told), listed=True)


def _reason(file: CaseFile, reason: str) -> str:
    text = refusal.text_of(reason)
    return file.say(Label(zh=text.zh, en=text.en))


def check(file: CaseFile, found: VerificationView) -> FilledSection:
    """The result of the record's verification, and the anchor that covers it."""
    results = [file.say(_INTACT)] if found.intact else list(_faults(file, found))
    return FilledSection(
        name=file.say(_CHECK),
        lines=[
            FilledLine(label=file.say(_RESULT), values=[FilledValue(text=text) for text in results], listed=True),
            FilledLine(label=file.say(_EVENTS), values=[FilledValue(text=str(found.events))]),
            FilledLine(label=file.say(_ANCHOR), values=_anchor(file, found.anchor), listed=True),
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
            yield labelled(file, file.say(_FAULTS[name]), text)
    marks = {
        "cut_off": found.cut_off,
        "overdue": found.overdue,
        "disagrees": found.anchor is not None and not found.anchor.agrees,
    }
    yield from (file.say(_FAULTS[name]) for name, mark in marks.items() if mark)


def _anchor(file: CaseFile, found: AnchorView | None) -> list[FilledValue]:
    if found is None:
        return [FilledValue(text=file.say(_NO_ANCHOR))]
    told = {
        "n": str(found.n),
        "at": "" if found.at is None else instant_text(file, from_text(found.at)),
        "seq": "" if found.seq is None else str(found.seq),
        "root": found.root or "",
        "path": " ".join(found.path),
    }
    return _labelled(file, _OF_ANCHORS, told)


def _labelled(file: CaseFile, labels: dict[str, Label], told: dict[str, str]) -> list[FilledValue]:
    """Those that have a value."""
    return [FilledValue(text=labelled(file, file.say(labels[name]), text)) for name, text in told.items() if text]


def _section(file: CaseFile, title: Label, found: Iterable[FilledLine]) -> FilledSection:
    listed = list(found) or [FilledLine(label=file.say(_NONE), values=[])]
    return FilledSection(name=file.say(title), lines=listed)
