"""P1.5 `platform`: the mail to the complainant states the decision."""

from __future__ import annotations

from tests.clauses.offices.marketplace import ASKED, DECISION, FOUND, accepted, demanded
from tests.clauses.organisation import Organisation

MAIL = "customer@mail.example"
WRITTEN = {"facts": {"complainant.contact": MAIL, "complainant.email": MAIL}}


def mail_after_the_decision(marketplace: Organisation, number: str) -> str:
    marketplace.act(number, "handler", "decide", **DECISION)
    return marketplace.world.mail(MAIL)


def test_p1_5_the_mail_has_the_result_of_an_investigation(marketplace: Organisation) -> None:
    number = demanded(marketplace, **WRITTEN)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert "商家退款。" in mail_after_the_decision(marketplace, number)


def test_p1_5_the_mail_has_the_result_about_a_respondent_outside(marketplace: Organisation) -> None:
    number = accepted(marketplace, unit=None, **WRITTEN)
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert "商家退款。" in mail_after_the_decision(marketplace, number)
