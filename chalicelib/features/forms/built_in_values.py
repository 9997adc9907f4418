"""Values that every complaint has, as texts: number, channel, categories, severity and the like."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.features.forms.time_text import instant_text
from chalicelib.features.forms.value_text import joined
from chalicelib.kit.instants import from_text


def built_in_text(file: CaseFile, name: str) -> str:
    """Empty if the complaint has no such value."""
    complaint, document = file.complaint, file.policy.document
    if name == "number":
        return complaint.number
    if name == "category":
        return joined(file, category_texts(file, complaint.category))
    if name == "unit":
        return file.units.get(complaint.unit or "", "")
    if name == "registered_at":
        return instant_text(file, complaint.registered_at)
    if name == "received_at":
        received = next((event.fields.get("received_at") for event in file.events if event.type == "registered"), None)
        return instant_text(file, complaint.registered_at if received is None else from_text(received))
    if name == "stage":
        stage = document.stages[complaint.stage].name
        return complaint.stage if stage is None else file.say(stage)
    classes = {} if document.severity is None else document.severity.classes
    label = document.intake.channels[complaint.channel] if name == "channel" else classes.get(complaint.severity or "")
    return "" if label is None else file.say(label)


def category_texts(file: CaseFile, names: Iterable[str]) -> list[str]:
    """The chosen value of each of these categories that has one."""
    known, chosen = file.policy.document.intake.categories, file.complaint.category
    found = [(known.get(name, {}).get(chosen[name]), chosen[name]) for name in names if name in chosen]
    return [value if label is None else file.say(label) for label, value in found]
