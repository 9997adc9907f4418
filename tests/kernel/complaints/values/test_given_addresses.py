"""A message of the filing can ask whether an e-mail address was given. The address itself stays private."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.complaints.small_procedure import Case, policy

FACTS = {
    "complainant.email": {"en": "E-mail", "kind": "email"},
    "contact.email": {"en": "Other e-mail", "kind": "email", "holder": "content"},
}
TELLS = [
    {"to": "manager", "when": {"complainant.email": "yes"}, "wording": "written"},
    {"to": "agent", "when": {"complainant.email": "none"}, "wording": "called"},
]


def told(**facts: str) -> list[Any]:
    changes = {
        "intake": {"facts": FACTS, "email": ["complainant.email"], "tells": TELLS},
        "wording": {name: {"en": "See {number}.", "zh": "见 {number}。"} for name in ("written", "called")},
    }
    case = Case(policy(changes), facts=facts)
    return [draft.fields["wording"] for draft in case.drafts if draft.type == "notified"]


@pytest.mark.parametrize(
    ("facts", "wording"),
    [
        ({"complainant.email": "lin@example.com"}, "written"),
        ({"contact.email": "lin@example.com"}, "called"),
        ({}, "called"),
    ],
    ids=["given", "another address", "none"],
)
def test_a_message_depends_on_whether_the_address_was_given(facts: dict[str, str], wording: str) -> None:
    assert told(**facts) == [wording]
