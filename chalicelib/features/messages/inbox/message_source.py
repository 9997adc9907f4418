"""What a message is rendered from, and names of its policy inside sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.kit.mail import without_addresses
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime import Calendar


class MessageSource(msgspec.Struct, frozen=True):
    """What is rendered: a `notified` event, and the event it is about.

    `number`: of the complaint, or the webhook. `subject`: None if it is not needed, or was erased. `units`: the names
    of the organisation's units, by id. `people`: those of the people whom the notice names, by `sub`. `in_mail`: names
    lose their web addresses.
    """

    policy: Policy
    event: Event
    number: str
    subject: Event | None = None
    units: Mapping[str, str] = {}
    people: Mapping[str, str] = {}
    reader: ReaderKind = "staff"
    in_mail: bool = False

    def unit_name(self, unit: str | None) -> str | None:
        return None if unit is None else self.units.get(unit, unit)

    def shown(self, name: str, language: str) -> str:
        """A name of the policy or the organisation, as the message shows it."""
        return without_addresses(name, language) if self.in_mail else name


def event_names(notice: MessageSource, events: Sequence[str], language: str) -> str | None:
    if not events:
        return None
    document = notice.policy.document
    return joined([inside(event_label(document, one), language) for one in events], language)


def inside(label: Label, language: str) -> str:
    """A name inside a sentence."""
    return label.zh if language == "zh" else label.en[:1].lower() + label.en[1:]


def joined(names: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def calendar_of(notice: MessageSource) -> Calendar:
    """The calendar of the clock whose due time the message shows."""
    return notice.policy.calendar_of(notice.event.fields.get("calendar", ""))
