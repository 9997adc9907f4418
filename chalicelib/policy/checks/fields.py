"""Checks fields, facts and wordings: reserved names, fields that must stay public, and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.policy.language.built_in_fields import BUILT_IN_FIELDS
from chalicelib.policy.language.default_wording import PLACEHOLDERS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import BUILT_IN_CONDITIONS
from chalicelib.policy.reading.faults import Fault, Path

EVENT_KEYS = frozenset({"act", "approvers", "assigned", "given", "opened", "proposal", "task"})
"""Keys of events that the language defines. A policy's fields may not use these names."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def faults(document: PolicyDocument) -> Iterator[Fault]:
    for name in sorted(EVENT_KEYS & set(document.fields)):
        yield Fault(("fields", name), "reserved", name=name)
    yield from _shadowing_faults(document)
    yield from _privacy_faults(document)
    yield from _wording_faults(document)


def _shadowing_faults(document: PolicyDocument) -> Iterator[Fault]:
    for part in ("facts", "categories"):
        for name in sorted(BUILT_IN_CONDITIONS & set(getattr(document.intake, part))):
            yield Fault(("intake", part, name), "shadows", name=name)
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            path: Path = ("stages", stage_name, "acts", act_name, "sets")
            for name in sorted(BUILT_IN_CONDITIONS & set(act.sets)):
                yield Fault((*path, name), "shadows", name=name)


def _privacy_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Fields that the procedure itself depends on must not be private."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    people = {name for act in acts for name in act.assigned_fields.values()}
    scoring = {name for trigger in (document.points.on if document.points else []) for name in trigger.fields}
    procedure = {name for name, built_in in BUILT_IN_FIELDS.items() if built_in.must_be_public}
    for name, fact in document.fields.items():
        if fact.holder is not None and (name in procedure or name in people or name in scoring):
            yield Fault(("fields", name, "holder"), "cannot-be-private", name=name)


def _wording_faults(document: PolicyDocument) -> Iterator[Fault]:
    known = sorted(f"{{{one}}}" for one in PLACEHOLDERS)
    for name, label in document.wording.items():
        for language, text in label.to_json().items():
            for found in _PLACEHOLDER.findall(text):
                if found not in PLACEHOLDERS:
                    yield Fault(("wording", name, language), "no-placeholder", name=f"{{{found}}}", known=known)
