"""The form of a trial: a complaint and its events as lines, from an example and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.complaints.trial.preview import ASSUMABLE
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.kit.decoding import whole_number
from chalicelib.kit.problem import Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived import possible_events
from chalicelib.policy.language.vocabulary import EVENTS_IN_ANY_STAGE
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import Fault, Path, PolicyFault
from chalicelib.web import languages
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault

_CHOSEN = ("channel", "severity")
"""What has an input of its own. The rest of the complaint is written as in a policy."""
_FORM_PARTS = ("event", "date", "time", "fields")


class EventLine(NamedTuple):
    """As typed. `event`: its name in the policy's words, or its key."""

    event: str = ""
    date: str = ""
    time: str = ""
    fields: str = ""


class TypedTrial(NamedTuple):
    """As typed. `more`: the rest of the complaint, in YAML. `until`: the moment that is shown; by default the last
    event's."""

    name: str
    channel: str
    severity: str
    more: str
    lines: list[EventLine]
    until_date: str = ""
    until_time: str = ""


def event_names(words: ProcedureWords) -> dict[str, str]:
    """The events that can be typed, by name. Of two with one name, the second has its key behind it."""
    possible = ASSUMABLE & (possible_events.all_events(words.document) | EVENTS_IN_ANY_STAGE)
    found: dict[str, str] = {}
    for key in sorted(possible, key=lambda one: (one != "registered", one)):
        name = words.event(key)
        found[name if name not in found else f"{name} ({key})"] = key
    return found


def shown(example: Mapping[str, Any], names: Mapping[str, str]) -> TypedTrial:
    """`example`: in the full form, of which `then` is left out."""
    given, by_key = example["given"], {key: name for name, key in names.items()}
    more = {key: value for key, value in given.items() if key not in _CHOSEN and value not in (None, {})}
    until_date, until_time = _parts(example.get("now") or "")
    return TypedTrial(
        name=example.get("name") or "",
        channel=given.get("channel", ""),
        severity=given.get("severity") or "",
        more="\n".join(f"{key}: {_written(value)}" for key, value in more.items()),
        lines=[
            EventLine(by_key.get(one["event"], one["event"]), *_parts(one["at"]), _in_line(one.get("fields") or {}))
            for one in example["events"]
        ],
        until_date=until_date,
        until_time=until_time,
    )


def _parts(at: str) -> tuple[str, str]:
    date, _, time = at.partition("T")
    return date, time


def _in_line(fields: Mapping[str, Any]) -> str:
    return _written(fields)[1:-1] if fields else ""


def of_answers(given: Answers) -> TypedTrial:
    columns = [given.given.get(f"line.{part}", []) for part in _FORM_PARTS]
    lines = [EventLine(*(text.strip() for text in one)) for one in zip(*columns, strict=False)]
    return TypedTrial(
        name=given.one("name"),
        channel=given.one("channel"),
        severity=given.one("severity"),
        more=given.given.get("more", [""])[0].replace("\r\n", "\n"),
        lines=lines,
        until_date=given.one("until.date"),
        until_time=given.one("until.time"),
    )


def arranged(typed: TypedTrial, go: str) -> TypedTrial:
    """After a button of a line: `add`, `remove 2`, `up 2`, `down 2`, counted from 0. Other buttons change nothing."""
    verb, _, place = go.partition(" ")
    lines, at = list(typed.lines), whole_number(place)
    if verb == "add":
        last = lines[-1] if lines else EventLine()
        lines.append(EventLine(date=last.date, time=last.time))
    elif at is None or at >= len(lines):
        return typed
    elif verb == "remove":
        del lines[at]
    elif verb in ("up", "down"):
        lines.insert(max(at + (1 if verb == "down" else -1), 0), lines.pop(at))
    return typed._replace(lines=lines)


def answers_of(typed: TypedTrial, given: Answers) -> Answers:
    """The form as it would be sent with these lines."""
    columns = {f"line.{part}": [getattr(line, part) for line in typed.lines] for part in _FORM_PARTS}
    return Answers({**given.given, **columns})


def example_of(typed: TypedTrial, names: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """In the written form of examples. Faults are those of what is no YAML: such a part is left out."""
    faults: list[Fault] = []
    given = {"channel": typed.channel}
    if typed.severity:
        given["severity"] = typed.severity
    events: list[dict[str, Any]] = []
    for at, line in enumerate(typed.lines):
        fields: dict[str, Any] = _read(f"{{{line.fields}}}", (*_EVENTS, at, "fields"), faults) if line.fields else {}
        event: dict[str, Any] = {"event": names.get(line.event, line.event), "at": _at(line.date, line.time)}
        events.append({**event, "fields": fields} if fields else event)
    more: dict[str, Any] = _read(typed.more, _GIVEN, faults) if typed.more.strip() else {}
    until = _at(typed.until_date, typed.until_time)
    example = {"given": {**given, **more, **given}, "events": events}
    return ({**example, "now": until} if until else example), faults


_FIRST: Path = ("examples", 0)
_EVENTS, _GIVEN = (*_FIRST, "events"), (*_FIRST, "given")


def _at(date: str, time: str) -> str:
    return f"{date}T{time}" if date or time else ""


def _read(text: str, path: Path, faults: list[Fault]) -> dict[str, Any]:
    try:
        return source.read(text)
    except PolicyFault as fault:
        faults += [one.at(path, None, None) for one in fault.faults]
        return {}


def faults_at_inputs(faults: Sequence[Fault], language: str) -> list[InputFault]:
    """What was expected of the example is no fault of its events."""
    found = [
        InputFault(_input(one.path[len(_FIRST) :]), said_fault(one, language))
        for one in faults
        if one.path[len(_FIRST) :][:1] != ("then",)
    ]
    return list(dict.fromkeys(found))


def _input(path: Path) -> str:
    """The id of the input at which a fault is shown."""
    if path[:1] == ("events",) and len(path) > 1:
        part = {"at": "date", "fields": "fields"}.get(str(path[2]) if len(path) > 2 else "", "event")
        return f"line-{path[1]}-{part}"
    if path[:1] == ("now",):
        return "until-date"
    if path[:1] == ("given",) and len(path) > 1:
        return str(path[1]) if path[1] in _CHOSEN else "more"
    return "more" if path[:1] == ("given",) else "line-0-event"


def said_fault(fault: Fault, language: str) -> str:
    text = fault.text(language)
    return languages.say(text, language) if isinstance(text, Text) else text


def invented(policy: Policy, at: str) -> dict[str, Any]:
    """A complaint that is only registered: the policy's sample, or one on the first channel. `at`: when."""
    sample = policy.document.sample
    channel = next(iter(policy.document.intake.channels)) if sample is None else sample.channel
    category = None if sample is None else sample.category
    given = {"channel": channel, **({"category": category} if category else {})}
    return {"given": given, "events": [{"event": "registered", "at": at}]}


def _written(value: Any) -> str:
    from chalicelib.policy.editing.writing import in_line  # only where a page shows values

    return in_line(value)
