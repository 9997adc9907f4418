"""A text that is required in some cases: for a choice such as "other", of a filing or of an act; and private signs."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import refused, untouched

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
intake:
  channels: {web: {en: Web}}
  categories: {matter: {lamp: {en: Lamp}, other: {en: Other}}}
  facts:
    content: {en: What happened, required: true}
    relation: {en: Who complains, kind: choice, choices: {neighbour: {en: Neighbour}, other: {en: Other}}}
    matter_text: {en: Which matter, required: {when: {matter: other}}}
    relation_text: {en: Which relation, required: {when: {relation: other}}}
severity:
  classes: {general: {en: General}, major: {en: Major}}
  signs: {major: {danger: {en: Danger}}}
  needs_sign: major
fields:
  sign: {en: Sign, holder: internal}
  outcome: {en: Outcome, kind: choice, choices: {repaired: {en: Repaired}, other: {en: Other}}}
  remedies: {en: Remedies, kind: choices, choices: {money: {en: Money}, other: {en: Other}}}
  urgent: {en: Urgent, kind: flag}
  outcome_text: {en: Which outcome, required: {when: {outcome: other}}}
  remedies_text: {en: Which remedies, required: {when: {remedies: other}}}
  urgent_text: {en: Why, required: {when: {urgent: yes}}}
stages:
  registered:
    classify: {by: clerk, needs: [severity], takes: [sign]}
    decide:
      by: clerk
      to: decided
      takes: [outcome, remedies, urgent, outcome_text, remedies_text, urgent_text]
  decided: {name: {en: Decided}}
sample: {channel: web, severity: general, facts: {content: The lamp is broken.}}
"""
CHOSEN = [
    ("outcome", "other", "outcome_text"),
    ("remedies", ["money", "other"], "remedies_text"),
    ("urgent", True, "urgent_text"),
]


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)


@pytest.mark.parametrize(("field", "value", "text"), CHOSEN)
def test_a_choice_of_an_act_needs_its_text(council: Organisation, field: str, value: object, text: str) -> None:
    number = council.file()
    for given in ({}, {text: "  "}):
        with untouched(council):
            answer = council.try_act(number, "clerk", "decide", **{field: value}, **given)
        refused(answer, 422, "invalid", f"/fields/{text}")

    assert council.act(number, "clerk", "decide", **{field: value, text: "Rust."})["stage"] == "decided"


@pytest.mark.parametrize(("field", "value"), [("outcome", "repaired"), ("remedies", ["money"]), ("urgent", False)])
def test_another_choice_of_an_act_needs_no_text(council: Organisation, field: str, value: object) -> None:
    assert council.act(council.file(), "clerk", "decide", **{field: value})["stage"] == "decided"


def test_a_choice_of_a_filing_needs_its_text(council: Organisation) -> None:
    for given in ({}, {"relation_text": "  "}):
        refused(council.try_file(facts={"relation": "other", **given}), 422, "invalid", "/facts/relation_text")

    assert council.try_file(facts={"relation": "other", "relation_text": "A tenant."}).status == 201
    assert council.try_file(facts={"relation": "neighbour"}).status == 201


def test_a_category_needs_its_text(council: Organisation) -> None:
    refused(council.try_file(category={"matter": "other"}), 422, "invalid", "/facts/matter_text")

    assert council.try_file(category={"matter": "other"}, facts={"matter_text": "A bin."}).status == 201
    assert council.try_file(category={"matter": "lamp"}).status == 201


def test_a_class_can_be_given_with_a_private_sign(council: Organisation) -> None:
    number = council.file()
    refused(council.try_act(number, "clerk", "classify", severity="major"), 422, "invalid", "/fields/sign")

    assert council.act(number, "clerk", "classify", severity="major", sign="danger")["severity"] == "major"
