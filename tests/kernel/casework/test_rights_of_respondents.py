"""Who is the respondent in a complaint, and whom a list shows a complaint that excludes them."""

from __future__ import annotations

import pytest

from chalicelib.casework.authorization import restrict_to_unit, rights_by
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights.permits import Asker, Grant

FILED = 1_000


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

    excluded = rights_by(asker, "seller", [Doer("sub-excluded")], FILED)

    assert (None if excluded is None else excluded.kind) == seen_as
    assert rights_by(asker, "seller", [Doer("sub-another")], FILED) is not None


@pytest.mark.parametrize(
    ("since", "lent_by", "excluded", "shown"),
    [
        (FILED - 1, None, "sub-own", True),
        (FILED, None, "sub-own", False),
        (FILED + 1, None, "sub-own", False),
        (FILED + 1, None, "sub-absent", False),
        (FILED - 1, "sub-absent", "sub-own", False),
        (FILED - 1, "sub-absent", "sub-absent", True),
        (FILED + 1, "sub-absent", "sub-absent", False),
    ],
    ids=[
        "own and older",
        "own, of the same moment",
        "own and later",
        "later, for a deputy of an excluded person",
        "lent to an excluded person",
        "lent by an excluded respondent from before",
        "lent by an excluded respondent of later",
    ],
)
def test_only_a_respondents_grant_that_existed_at_the_filing_shows_the_complaint(
    since: int, lent_by: str | None, excluded: str, shown: bool
) -> None:
    grant = Grant("respondent", "seller", lent_by, since)
    asker = Asker("staff", "sub-own", (grant,), absent=frozenset({"sub-absent"}))

    assert (rights_by(asker, "seller", [Doer(excluded)], FILED) is not None) == shown


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
