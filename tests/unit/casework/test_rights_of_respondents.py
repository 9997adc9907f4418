"""Who is the respondent in a complaint, and whom a list shows a complaint that excludes them."""

from __future__ import annotations

import pytest

from chalicelib.casework.authorization import restrict_to_unit, rights_by
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


OWN, LENT = Grant("respondent", "seller"), Grant("respondent", "seller", lent_by="sub-shop")
HANDLER = Grant("handler")


@pytest.mark.parametrize(
    ("grants", "kind", "kept"),
    [
        ((HANDLER, OWN), "respondent", (OWN,)),
        ((HANDLER, LENT), "staff", (HANDLER,)),
        ((LENT,), "respondent", (LENT,)),
    ],
    ids=["own", "lent to a handler", "lent to a person without another grant"],
)
def test_a_respondent_who_names_a_handler_as_deputy_does_not_remove_their_access(
    grants: tuple[Grant, ...], kind: str, kept: tuple[Grant, ...]
) -> None:
    found = restrict_to_unit(Asker("staff", "sub-handler", grants), "seller")

    assert found is not None
    assert (found.kind, found.grants) == (kind, kept)
