"""No member both approves a text and records the complainant's consent to it."""

from __future__ import annotations

from tests.clauses.organisation import Organisation, hire
from tests.register.notices import allowed, closed_major, on, prepared, published, try_on


def test_who_recorded_the_consent_does_not_approve(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    hire(marketplace, "director", name="second")
    on(marketplace, number, "director", "consent", "complainant")
    assert "approve" not in prepared(marketplace, number, "director")["acts"]

    assert try_on(marketplace, number, "director", "approve").status == 403

    assert "approval" not in on(marketplace, number, "second", "approve")["waits_for"]


def test_who_approved_does_not_record_the_consent(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    hire(marketplace, "director", name="second")
    on(marketplace, number, "director", "approve")

    assert try_on(marketplace, number, "director", "consent", "complainant").status == 403

    assert "consent" not in on(marketplace, number, "second", "consent", "complainant")["waits_for"]


def test_who_corrected_does_not_record_the_consent(marketplace: Organisation) -> None:
    number = published(marketplace)
    hire(marketplace, "director", name="second")
    on(marketplace, number, "director", "correct", texts={"summary_for_public": "商家发错货，已换货。"})
    text = prepared(marketplace, number)["sha256"]

    assert try_on(marketplace, number, "director", "consent", "complainant", sha256=text).status == 403
    assert try_on(marketplace, number, "second", "consent", "complainant", sha256=text).status == 200


def test_who_approved_a_former_text_records_the_consent(marketplace: Organisation) -> None:
    number = published(marketplace)
    hire(marketplace, "director", name="second")
    on(marketplace, number, "second", "correct", texts={"summary_for_public": "商家发错货，已换货。"})
    text = prepared(marketplace, number)["sha256"]

    assert try_on(marketplace, number, "director", "consent", "complainant", sha256=text).status == 200


def test_who_approved_records_that_the_consent_is_withdrawn(marketplace: Organisation) -> None:
    number = allowed(marketplace)

    assert "consent" in on(marketplace, number, "director", "withdraw_consent", "complainant")["waits_for"]
