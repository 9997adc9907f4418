"""A contact in which people write a number or an address is one of both."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess


@pytest.fixture(params=["platform", "customer-service"])
def office(request: pytest.FixtureRequest) -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), request.param)


@pytest.mark.parametrize("contact", ["微信同名", "one@", "12", "@example.com"])
def test_a_contact_that_is_neither_number_nor_address_is_refused(office: Organisation, contact: str) -> None:
    answer = office.try_file(facts={"complainant.contact": contact})

    assert (answer.status, answer.pointer) == (422, "/facts/complainant.contact")


@pytest.mark.parametrize("contact", ["13800000000", "+86 138-0000-0000", "one@mail.example"])
def test_a_number_or_an_address_is_taken(office: Organisation, contact: str) -> None:
    assert office.try_file(facts={"complainant.contact": contact}).status == 201
