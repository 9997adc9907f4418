"""Views of the presets (pure)."""

from __future__ import annotations

import functools

import msgspec

from chalicelib.complaints import of_staff
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.policy.language.model import PolicyDocument, SampleComplaint
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.policy.reading import parsing
from chalicelib.ports.policy_source import PolicyObject


class PresetRow(msgspec.Struct, frozen=True):
    preset: str
    name: dict[str, str]


class Presets(msgspec.Struct, frozen=True):
    presets: list[PresetRow]


class ExampleComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a filing."""

    channel: str
    facts: dict[str, FieldValue]
    severity: str | msgspec.UnsetType = msgspec.UNSET
    category: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """`example`: a fictitious complaint. `example_filed_by`: who can file it: `complainant`, or members in these roles.

    `source`: the YAML, with the clause of each rule.
    """

    preset: str
    name: dict[str, str]
    roles: dict[str, dict[str, str]]
    channels: list[str]
    units: str
    example: ExampleComplaint
    example_filed_by: list[str]
    policy: PolicyObject
    source: str


def all_presets() -> Presets:
    return Presets([PresetRow(name, preset_view(name).name) for name in presets.names()])


@functools.cache
def preset_view(name: str) -> Preset:
    """Raises `Problem("not-found")` if there is no such preset."""
    try:
        raw = presets.document(name)
    except KeyError:
        raise Problem("not-found", "No preset has this name.") from None
    document = parsing.parse(raw)
    sample = document.sample
    if sample is None:
        raise ValueError(f"{name} has no sample")
    given = {key: value for key, value in msgspec.to_builtins(sample).items() if value is not None}
    return Preset(
        preset=name,
        name=document.name.to_json(),
        roles={role: label.to_json() for role, label in document.people.items()},
        channels=list(document.intake.channels),
        units=document.intake.unit,
        example=msgspec.convert(given, ExampleComplaint),
        example_filed_by=_filed_by(document, sample),
        policy=raw,
        source=presets.text(name),
    )


def _filed_by(document: PolicyDocument, sample: SampleComplaint) -> list[str]:
    """A sample that says what only staff say is filed by staff."""
    of_staff_alone = of_staff.says(document.intake, sample.facts, sample.category)
    return [who for who in document.filers(sample.channel) if who != COMPLAINANT.kind or not of_staff_alone]
