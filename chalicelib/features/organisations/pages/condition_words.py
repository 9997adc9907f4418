"""Conditions of a policy in words, for readers of pages.

A condition without a text has a meaning only inside the policy, so it is left out. So is a long list of stages: it says
no more than that the complaint is not over.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import condition_words
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.web.pages.reader import Reader

_STAGES_NAMED = 2


def conditions(policy: Policy, when: Condition, reader: Reader) -> str:
    """For every complaint: a text that says so. The stage comes first; a published policy has no order of its keys."""
    names = sorted(when, key=lambda name: name != "stage")
    parts = [part for name in names if (part := _part(policy.document, name, when[name]))]
    if parts:
        text = reader.label(condition_words.joined(parts).to_json())
        return text[:1].upper() + text[1:]
    return reader.text("org.some_cases" if when else "org.all_cases")


def _part(document: PolicyDocument, name: str, values: Sequence[str]) -> Label | None:
    """Choices are said without their name. None for a condition that is left out."""
    if name == "stage" and len(values) > _STAGES_NAMED:
        return None
    definition = document.definition(name)
    speaks_for_itself = "none" not in values and (definition is None or bool(definition.choices))
    return (condition_words.said_values if speaks_for_itself else condition_words.named)(document, name, values)
