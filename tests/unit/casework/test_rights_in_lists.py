"""Whom a list shows a complaint that excludes them: no member, but the respondent, who is heard all the same."""

from __future__ import annotations

import pytest

from chalicelib.casework.authorization import rights_by
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.permits import Asker, Grant


@pytest.mark.parametrize(
    ("grants", "seen_as"),
    [
        ([Grant("respondent", "seller")], "respondent"),
        ([Grant("handler")], None),
        ([Grant("handler"), Grant("respondent", "seller")], "respondent"),
        ([Grant("handler"), Grant("respondent", "other")], None),
    ],
    ids=["the respondent", "a member", "a member who is the respondent", "a member who is another's respondent"],
)
def test_a_complaint_is_hidden_from_the_members_whom_it_excludes(grants: list[Grant], seen_as: str | None) -> None:
    asker = Asker("staff", "sub-excluded", tuple(grants))

    excluded = rights_by(asker, "seller", [Doer("sub-excluded")])

    assert (None if excluded is None else excluded.kind) == seen_as
    assert rights_by(asker, "seller", [Doer("sub-another")]) is not None
