"""The overview leaves nothing out: each stage, act and deadline of every procedure, with its limits."""

from __future__ import annotations

import pytest

from chalicelib.features.studio.pages.overview import told
from chalicelib.features.studio.telling import stages
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining.wording import wording
from tests.policies.studio.documents import LANGUAGES, TEXTS, policy, words

CASES = [(name, language) for name in TEXTS for language in LANGUAGES]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_each_deadline_has_each_of_its_limits(name: str, language: str) -> None:
    found = {one.key: one for one in told(words(name, language))["deadlines"]}
    assert found.keys() == policy(name).clocks.keys()
    for key, compiled in policy(name).clocks.items():
        limits = [parse_limit(rule.limit) for rule in compiled.clock.within]
        for limit in limits:
            said = wording(language).limit(limit)
            assert limit.kind == "none" or said.lower() in found[key].sentence.lower(), (key, said)
        assert limits or compiled.clock.stated


@pytest.mark.parametrize(("name", "language"), CASES)
def test_each_stage_has_each_of_its_acts(name: str, language: str) -> None:
    document = policy(name).document
    shown = {one.key: one for one in told(words(name, language))["stages"]}
    assert shown.keys() == document.stages.keys()
    for key, stage in document.stages.items():
        labels = {act: event_label(document, EVENT_OF_ACT[act]).to_json()[language] for act in stage.acts}
        assert {one.key: one.name for one in shown[key].steps} == labels
        leads = {act: {one.stage for one in stage.acts[act].targets} - {key} for act in stage.acts}
        assert {one.key: {way.stage for way in one.leads} for one in shown[key].steps} == leads


@pytest.mark.parametrize(("name", "language"), CASES)
def test_nothing_is_said_without_words(name: str, language: str) -> None:
    """Keys of the catalogue, places of values and names of code."""
    found = told(words(name, language))
    said = [
        *(text for one in found["deadlines"] for text in (one.sentence, *one.more)),
        *(text for one in found["stages"] for step in one.steps for text in (step.who, step.name, *step.said)),
        *(text for one in found["notices"] for each in one.told for text in (each.who, *each.said)),
        *(text for lines in found["intake"].values() for one in lines for text in (one.name, *one.said)),
        *found["rules"],
    ]
    assert [text for text in said if "studio." in text or "{" in text or "field." in text or not text] == []


@pytest.mark.parametrize("name", list(TEXTS))
def test_the_first_stage_comes_first_and_ends_come_last(name: str) -> None:
    own = words(name, "en")
    found = stages.in_order(own)
    ends = [own.document.stages[one].is_end for one in found]
    assert found[0] == own.document.intake.first
    assert ends == sorted(ends)


@pytest.mark.parametrize("name", list(TEXTS))
def test_each_role_and_each_ground_is_named(name: str) -> None:
    own = words(name, "zh")
    found = told(own)
    grounds = [one.name for one in found["intake"]["grounds"]]
    assert grounds == [own.label(one.name) for one in own.document.intake.refusals.values()]
    assert [one.name for one in found["papers"]["forms"]] == [
        own.label(one.name) for one in own.document.forms.values()
    ]
    assert len(found["ladder"]) == len(own.document.tiers)
