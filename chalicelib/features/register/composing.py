"""Composes a notice's fields from the public values of a case: choices with their names, and weeks instead of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from chalicelib.casework.private_values import Record
from chalicelib.complaints.envelope import Event
from chalicelib.features.register.case_values import CaseValues, Given
from chalicelib.features.register.notice import PreparedField
from chalicelib.features.register.notice_view import FieldKind
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact, band_name
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES, GROUND
from chalicelib.policy.worktime.explaining.times import named_day
from chalicelib.policy.worktime.zone import wall_clock

DATE_SUFFIX = "_on"


class Valued(msgspec.Struct, frozen=True):
    """A value in the form in which it is published, with its names in both languages."""

    kind: FieldKind
    value: str | list[str]
    text: dict[str, str] | None


_NO_VALUE = Valued("text", "", None)


class WrittenText(msgspec.Struct, frozen=True):
    """A text that staff wrote in an act, and the event with it."""

    text: str
    event: Event


class Sources(msgspec.Struct, frozen=True):
    """What a notice is composed from. `units`: the names of the organisation's units."""

    case: CaseValues
    texts: Mapping[str, WrittenText]
    units: Mapping[str, str]


def written(record: Record, policy: Policy, until: int) -> dict[str, WrittenText]:
    """The last text of each field of acts that parties and staff may read, up to event `until`."""
    by_seq = {event.seq: event for event in record.events}
    found: dict[str, WrittenText] = {}
    for seq, name, value in _contents(record, until):
        fact = policy.document.fields.get(name)
        if fact is not None and fact_kinds.of(fact.kind).is_free_text and by_seq[seq].type != "proposed":
            found[name] = WrittenText(str(value), by_seq[seq])
    return found


def _contents(record: Record, until: int) -> Iterator[tuple[int, str, object]]:
    for seq in sorted(record.private):
        if seq <= until:
            for value in record.private[seq]:
                if value.holder == "content":
                    yield from ((seq, name, one) for name, one in value.values.items())


def compose(sources: Sources, shows: Sequence[str]) -> list[PreparedField]:
    """The fields in the order of the policy. Names without a value in this case are left out."""
    return [field for name in shows for field in _fields(sources, name)]


def _fields(sources: Sources, name: str) -> Iterator[PreparedField]:
    case, document = sources.case, sources.case.policy.document
    fact = document.fields.get(name) or document.intake.facts.get(name)
    if name in sources.texts:
        written = sources.texts[name]
        yield _shown(name, _label(fact, name), written.event, _NO_VALUE, needs_consent=_asks_consent(fact))
    elif name == "category":
        for dimension in document.intake.categories:
            yield from _fields(sources, dimension)
    elif name in case.values:
        yield _of_value(sources, name, fact, case.values[name])
    elif fact is None and name.endswith(DATE_SUFFIX) and name.removesuffix(DATE_SUFFIX) in case.happened:
        event = case.happened[name.removesuffix(DATE_SUFFIX)]
        yield _shown(name, _dated(event_label(document, event.type)), event, _week(case.policy, from_text(event.at)))


def _of_value(sources: Sources, name: str, fact: Fact | None, given: Given) -> PreparedField:
    policy = sources.case.policy
    label = _label(fact, name) if fact else _built_in_label(policy, name)
    if fact is not None and fact_kinds.of(fact.kind).is_time:
        found = _week_of_day(policy, given.value)
        return _shown(name, _dated(label), given.event, found, needs_consent=_asks_consent(fact))
    names, value = _value_names(sources, name, fact), given.value
    if fact is not None and fact.bands:
        value = band_name(fact.bands, value)
    codes = [_code(one) for one in (value if isinstance(value, list) else [value])]
    labels = [names.get(code) or Label(zh=code, en=code) for code in codes]
    text = {"zh": "、".join(one.zh for one in labels), "en": ", ".join(one.en for one in labels)}
    kind: FieldKind = "category" if name in policy.document.intake.categories else "choice"
    shown = Valued(kind, codes if isinstance(value, list) else codes[0], text)
    return _shown(name, label, given.event, shown, needs_consent=_asks_consent(fact))


def _shown(name: str, label: Label, event: Event, valued: Valued, *, needs_consent: bool = False) -> PreparedField:
    return PreparedField(
        name=name,
        kind=valued.kind,
        label={"zh": label.zh, "en": label.en},
        source=event.id,
        by=event.actor["id"],
        value=valued.value,
        text=valued.text,
        needs_consent=needs_consent,
    )


def _asks_consent(fact: Fact | None) -> bool:
    return fact is not None and fact.consent == "complainant"


def _label(fact: Fact | None, name: str) -> Label:
    return Label(zh=name, en=name) if fact is None or fact.name is None else fact.name


def _built_in_label(policy: Policy, name: str) -> Label:
    if name == "ground":
        return GROUND
    if name in policy.document.intake.category_names:
        return policy.document.intake.category_names[name]
    return BUILT_IN_VALUES.get(name) or BUILT_IN_VALUES["category"]


def _dated(label: Label) -> Label:
    named = catalogue.texts("notice_values")["week_of"]
    return Label(zh=named.zh.format(field=label.zh), en=named.en.format(field=label.en))


def _value_names(sources: Sources, name: str, fact: Fact | None) -> Mapping[str, Label]:
    document = sources.case.policy.document
    if name == "severity" and document.severity is not None:
        return document.severity.classes
    if name in document.intake.categories:
        return document.intake.categories[name]
    if name == "ground":
        return {key: one.name for key, one in document.intake.refusals.items()}
    if fact is not None:
        is_flag = fact_kinds.of(fact.kind).values == "yes_no"
        flags = catalogue.section("notice_flags", dict[str, Label]) if is_flag else {}
        return {**flags, **fact.choices}
    if name == "unit":
        return {key: Label(zh=one, en=one) for key, one in sources.units.items()}
    return document.intake.channels if name == "channel" else {}


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _week(policy: Policy, at: Instant) -> Valued:
    return _named_week(wall_clock(policy.calendar.zone, at).date())


def _week_of_day(policy: Policy, value: str) -> Valued:
    return _named_week(date.fromisoformat(value)) if "T" not in value else _week(policy, from_text(value))


def _named_week(day: date) -> Valued:
    """The week by ISO 8601, because a day would tell too much about the case; in words, its days."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(weekday - 1)
    return Valued("week", f"{year}-W{week:02d}", _days_from(monday))


def _days_from(monday: date) -> dict[str, str]:
    named, sunday = catalogue.texts("notice_values")["days"], monday + timedelta(6)
    return {
        one: named.of(one).format(first=named_day(monday, one), last=named_day(sunday, one)) for one in ("zh", "en")
    }
