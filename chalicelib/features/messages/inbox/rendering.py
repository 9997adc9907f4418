"""The text of a message: the policy's wording, or the default for the reader, with its placeholders filled (zh, en)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set

from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox import stated
from chalicelib.features.messages.inbox.message_source import MessageSource, calendar_of, event_names, joined
from chalicelib.features.messages.inbox.own_values import OF_SUBJECT, own_values
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import ABOVE
from chalicelib.policy.language.wording.default_wording import PERIOD, ReaderKind, default_wording
from chalicelib.policy.worktime.explaining import clock_time
from chalicelib.store import keys

PLACEHOLDER = r"\{(\w+)\}"
_OPTIONAL = r"\[([^\[\]]*)\]"
NEAR = "warned"
MISSED = "missed"
"""The wording that says who must act, the assigned people among them."""
ROUTE_WORDING = "route_vacant"
"""The wording for the owners of a complaint that was routed to a role without members."""
_SAID = "said"


def needs_subject(policy: Policy, event: Event) -> bool:
    """True if the text states something of the event that the notice is about."""
    name = event.fields["wording"]
    same = policy.document.wording.get(name)
    if same is not None:
        named = _named(same.zh + same.en)
        return _SAID in named or bool(_named_times(policy, named))
    texts = default_wording()[name]
    of_subject = {_SAID, *OF_SUBJECT}
    return any(of_subject & _named(label.en) for label in (texts.of("complainant"), texts.of("staff")))


def render(notice: MessageSource, reader: ReaderKind) -> dict[str, str]:
    """Return the text by language. A wording without English has its Chinese text under both languages."""
    notice = replace(notice, reader=reader)
    name = notice.event.fields["wording"]
    same = notice.policy.document.wording.get(name)
    if same is not None:
        found = {language: _of_all(notice, getattr(same, language) or same.zh, language) for language in ("zh", "en")}
    else:
        texts = default_wording()[name].of(reader)
        found = {language: _default(notice, getattr(texts, language), language) for language in ("zh", "en")}
    for one in notice.event.fields.get("also", ()):
        found = {language: f"{text}{_also(notice, one, language)}" for language, text in found.items()}
    if "moved" not in notice.event.fields:
        return found
    from chalicelib.features.messages.inbox import moved  # few messages tell of moved due times

    return {language: moved.joined(notice, text, language) for language, text in found.items()}


def _also(notice: MessageSource, one: Mapping[str, str], language: str) -> str:
    """What the message says of another deadline of the same instant."""
    words = catalogue.words("further_deadlines", language)
    of_this = replace(notice, event=replace(notice.event, fields={**one}))
    text = _default(of_this, words[NEAR if one["wording"] == NEAR else "missed"], language)
    return text if language == "zh" else f" {text}"


def _of_all(notice: MessageSource, text: str, language: str) -> str:
    shown, values = with_values(notice, text, language)
    return fill(shown, _shown(notice, values, language))


def with_values(notice: MessageSource, text: str, language: str) -> tuple[str, dict[str, str | None]]:
    """A text in the form of a policy's wording, and the values of its placeholders.

    A part in square brackets is optional if it names a time or the choices of the event, or the due time: it is left
    out if one of them has no value.
    """
    named = _named(text)
    values, times = _values(notice, language, named), _named_times(notice.policy, named)
    values.update({name: _time(notice, name, language) for name in times})
    if may_lack := times | named & {"due", _SAID}:
        text = re.sub(
            _OPTIONAL, lambda found: _optional(found[1], values) if may_lack & _named(found[1]) else found[0], text
        )
    return text, values


def _time(notice: MessageSource, name: str, language: str) -> str | None:
    at = stated.named_time(notice.policy, notice.event, notice.subject, name)
    return None if at is None else clock_time(notice.policy.calendar, at, language)


def _named_times(policy: Policy, named: Set[str]) -> Set[str]:
    """The placeholders that are names of public times of the policy."""
    return {name for name in named - _VALUES.keys() if policy.document.public_time(name) is not None}


def _named(text: str) -> frozenset[str]:
    """The placeholders of the text. Times are put into words for these alone."""
    return frozenset(re.findall(PLACEHOLDER, text))


def _default(notice: MessageSource, text: str, language: str) -> str:
    named = _named(text)
    values = {**_values(notice, language, named), **own_values(notice, language, named)}
    values[PERIOD] = notice.event.fields.get(PERIOD)
    return fill(re.sub(_OPTIONAL, lambda found: _optional(found[1], values), text), _shown(notice, values, language))


def _optional(part: str, values: Mapping[str, str | None]) -> str:
    """The part, or nothing if one of its placeholders has no value."""
    return "" if any(values.get(name) is None for name in re.findall(PLACEHOLDER, part)) else part


def _values(notice: MessageSource, language: str, named: Set[str]) -> dict[str, str | None]:
    """The values of the placeholders that the text names."""
    return {name: value(notice, language) for name, value in _VALUES.items() if name in named}


def _unit(notice: MessageSource, _language: str) -> str | None:
    return notice.unit_name(notice.event.fields.get("unit"))


def _role(notice: MessageSource, language: str) -> str | None:
    document = notice.policy.document
    names = (stated.label_text(stated.role_name(document, role), role, language) for role in _roles(notice.event))
    return joined(list(dict.fromkeys(names)), language) or None


def _event(notice: MessageSource, language: str) -> str | None:
    fields = notice.event.fields
    return event_names(notice, fields.get("excluded_by") or fields.get("recorded") or [], language)


def _points(notice: MessageSource, _language: str) -> str | None:
    points = notice.event.fields.get("points")
    return None if points is None else str(points)


def _tier(notice: MessageSource, _language: str) -> str:
    return str(notice.event.result["tier"])


def _stage(notice: MessageSource, language: str) -> str:
    name: str = notice.event.result["stage"]
    stage = notice.policy.document.stages.get(name)
    return stated.label_text(stage.name if stage else None, name, language)


def _task(notice: MessageSource, language: str) -> str:
    task = notice.policy.document.tasks.get(notice.event.fields.get("task", ""))
    return stated.label_text(task.name if task else None, "", language)


def _clock(notice: MessageSource, language: str) -> str | None:
    name = notice.event.fields.get("clock")
    public = notice.reader == "complainant"
    return None if name is None else stated.clock_name(notice.policy.document, name, language, public=public)


def subject_name(notice: MessageSource, language: str) -> str:
    """The number of the complaint or webhook, or the name of the unit; for the organisation as a whole, a word."""
    if notice.number == keys.unit_number(None):
        return catalogue.words("stated", language)["organisation"]
    unit = notice.unit_name(keys.unit_name(notice.number)) if keys.is_unit(notice.number) else None
    return unit or notice.number


def _progress(notice: MessageSource, language: str) -> str | None:
    happened = notice.event.fields.get("progress")
    if happened is None:
        return None
    return event_names(notice, happened, language) or catalogue.words("stated", language)["nothing_new"]


def _said(notice: MessageSource, language: str) -> str | None:
    return None if notice.subject is None else stated.said(notice.policy.document, notice.subject, language)


def due_text(notice: MessageSource, language: str) -> str | None:
    if (stated_due := notice.event.fields.get("due")) is None:
        return None
    return clock_time(calendar_of(notice), from_text(stated_due), language)


_VALUES: Mapping[str, Callable[[MessageSource, str], str | None]] = {
    "number": subject_name,
    "unit": _unit,
    "role": _role,
    "event": _event,
    "progress": _progress,
    "points": _points,
    "tier": _tier,
    "stage": _stage,
    "task": _task,
    "clock": _clock,
    "due": due_text,
    _SAID: _said,
}


def _shown(notice: MessageSource, values: Mapping[str, str | None], language: str) -> dict[str, str]:
    return {name: "—" if value is None else notice.shown(value, language) for name, value in values.items()}


def _roles(event: Event) -> list[str]:
    """The roles that the event is about, or those to which it is addressed."""
    routed = routed_role(event)
    if routed is not None and event.fields["wording"] == ROUTE_WORDING:
        return [routed]
    about: list[str] = event.fields.get("roles", [])
    has_assigned = event.fields["wording"] == MISSED
    named = about or [one for one in event.fields["to"] if (has_assigned or one[0] != "@") and one != "complainant"]
    return [name.removeprefix(ABOVE) for name in named]


def routed_role(event: Event) -> str | None:
    """The role that handles the complaint after the event (`intake.routing`)."""
    flags: dict[str, str] = event.result.get("flags", {})
    return flags.get("routed")


def fill(text: str, values: Mapping[str, str]) -> str:
    """With the values of its placeholders. Others stay as they are."""
    return re.sub(PLACEHOLDER, lambda found: values.get(found[1], found[0]), text)
