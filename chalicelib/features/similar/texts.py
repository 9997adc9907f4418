"""The text by which a complaint is compared with others: its content, without identities and without short answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints.fields import class_of
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import fact_kinds

PURPOSE = "similar"
"""Of the derived key."""
CONTENT = "content"
"""The confidentiality class of the compared texts."""


def fact_names(policy: Policy) -> list[str]:
    """The facts that are free text of class `content`."""
    facts = policy.document.intake.facts
    return [
        name
        for name, fact in facts.items()
        if fact_kinds.of(fact.kind).is_free_text and class_of(name, fact) == CONTENT
    ]


def compared_text(policy: Policy, values: Mapping[str, Any]) -> str:
    """`values`: the facts of class `content`."""
    texts = (values.get(name) for name in fact_names(policy))
    return "\n".join(text for text in texts if isinstance(text, str))
