"""Where a key belongs that an author wrote in another part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.kit.decoding import fields_of
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.model import Severity, Tier
from chalicelib.policy.language.parts import LanguagePart
from chalicelib.policy.language.stages import Act, NotificationRule
from chalicelib.policy.language.vocabulary import COMPLAINT_CONDITIONS
from chalicelib.policy.worktime.document import CalendarDocument

_PARTS: Mapping[str, Any] = {
    "calendar": CalendarDocument,
    "tiers": Tier,
    "intake": Intake,
    "severity": Severity,
    "facts and fields": Fact,
    "acts": Act,
    "tells": NotificationRule,
    "clocks": Clock,
    "tasks": Task,
}
"""The parts that authors write most, as a policy names them."""


def parts_with(key: object) -> list[str]:
    """The parts that have the key; none for a key that has a meaning elsewhere too, such as `when` and `hours`."""
    if key in COMPLAINT_CONDITIONS:
        return []
    others = {struct for struct in _below(LanguagePart) if struct not in _PARTS.values()}
    if any(key in _keys(struct) for struct in others):
        return []
    return [part for part, struct in _PARTS.items() if key in _keys(struct)]


def _below(struct: type) -> Iterator[type]:
    children: list[type] = struct.__subclasses__()
    for one in children:
        yield one
        yield from _below(one)


def _keys(struct: Any) -> set[str]:
    return {field.encode_name for field in fields_of(struct)}
