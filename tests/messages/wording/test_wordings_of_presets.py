"""The Chinese wordings of the presets address their readers by the convention of CONTRIBUTING.md."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.policy import presets
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.reading import parsing

PARTIES = frozenset({"complainant", "respondent"})
DOCUMENTS = {name: parsing.parse(presets.document(name)) for name in presets.names()}


def _readers() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each wording of a preset, and whom it is told to. One that is named after an event goes to members."""
    for preset, document in DOCUMENTS.items():
        for name in document.wording:
            rules = [rule for rule in _rules(document) if rule.wording == name]
            yield preset, name, frozenset(role for rule in rules for role in rule.roles)


def _rules(document: PolicyDocument) -> Iterator[NotificationRule]:
    yield from document.intake.tells
    for stage in document.stages.values():
        for act in stage.acts.values():
            yield from act.tells
    for task in document.tasks.values():
        yield from task.tells


@pytest.mark.parametrize(("preset", "name", "readers"), list(_readers()))
def test_a_presets_wording_addresses_parties_politely_and_staff_without_pronoun(
    preset: str, name: str, readers: frozenset[str]
) -> None:
    text = DOCUMENTS[preset].wording[name].zh

    assert not readers & PARTIES or readers <= PARTIES, "parties and staff need wordings of their own"
    assert any(word in text for word in ("您", "贵单位")) == bool(readers & PARTIES)


CLOSINGS = [
    pytest.param(document.wording[rule.wording], id=f"{preset}-{stage}-{rule.wording}")
    for preset, document in DOCUMENTS.items()
    for stage, part in document.stages.items()
    for rule in (part.acts["close"].tells if "close" in part.acts else [])
    if rule.wording is not None
]


@pytest.mark.parametrize("text", CLOSINGS)
def test_a_text_about_a_closing_speaks_of_no_time_because_staff_can_close_too(text: Label) -> None:
    assert "期" not in text.zh
    assert "in time" not in text.en
