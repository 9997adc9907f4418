"""A policy that asks for the complainant's consent to one field of its notices, not to the notices as a whole."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, values
from tests.register.notices import DUE, SUMMARY, closed_major, on

FIELD = "summary_for_public"


@pytest.fixture
def marketplace(marketplace: Organisation) -> Organisation:
    policy = marketplace.world.call("GET", f"/v1/presets/{marketplace.preset}").json["policy"]
    del policy["examples"]
    policy["publicity"]["notices"]["consent"] = "none"
    auth = marketplace.auth("owner")
    answer = marketplace.world.call("POST", f"{marketplace.path}/policy/publish", {"policy": policy}, auth=auth)
    assert answer.status == 201, answer.text
    return marketplace


def published(marketplace: Organisation, *, consented: bool) -> str:
    number = closed_major(marketplace)
    if consented:
        on(marketplace, number, "complainant", "consent")
    on(marketplace, number, "director", "approve")
    marketplace.world.move_to(DUE)
    return number


@pytest.mark.parametrize("consented", [True, False])
def test_the_notice_shows_the_field_only_with_the_consent(marketplace: Organisation, consented: bool) -> None:
    published(marketplace, consented=consented)

    [notice] = listed(marketplace)
    assert values(notice).get(FIELD) == (SUMMARY if consented else None)


def test_without_the_consent_the_field_is_gone_and_no_correction_shows_it(marketplace: Organisation) -> None:
    number = published(marketplace, consented=True)

    on(marketplace, number, "complainant", "withdraw_consent")

    [notice] = listed(marketplace)
    assert (notice["state"], FIELD in values(notice)) == ("published", False)
    assert SUMMARY not in asked(marketplace, f"/{notice['id']}").text
