"""A message is worded for what its reader is told as, not for all that they may be."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.messages.inbox.recipients import kind_of
from chalicelib.tenants.people.membership import Membership, StoredGrant
from tests.messages.wording.test_rendering import event

UNIT = "north"
RESPONDENT = StoredGrant("respondent", UNIT)
OTHER_UNIT = StoredGrant("respondent", "south")
OFFICER = StoredGrant("officer")


def member(*grants: StoredGrant) -> Membership:
    return Membership(sub="p", email="p@mail.example", name="林", language="zh", grants=list(grants))


@pytest.mark.parametrize(
    ("grants", "to", "kind"),
    [
        ([RESPONDENT], ["respondent"], "respondent"),
        ([RESPONDENT, OFFICER], ["respondent"], "respondent"),
        ([RESPONDENT, OFFICER], ["complainant", "respondent"], "respondent"),
        ([RESPONDENT, OFFICER], ["respondent", "officer"], "staff"),
        ([RESPONDENT, OFFICER], ["respondent", "@p"], "staff"),
        ([RESPONDENT, OFFICER], ["officer"], "staff"),
        ([OTHER_UNIT, OFFICER], ["respondent", "officer"], "staff"),
        ([OFFICER], ["respondent"], "respondent"),
        ([OFFICER], ["respondent", "director"], "staff"),
        ([RESPONDENT], ["@p"], "respondent"),
    ],
)
def test_a_reader_reads_as_what_they_are_told_as(grants: list[StoredGrant], to: list[str], kind: str) -> None:
    """A person without a grant for the recipients is a deputy of one who has it."""
    fields: dict[str, Any] = {"to": to, "unit": UNIT}

    assert kind_of(member(*grants), event("notified", **fields)) == kind
