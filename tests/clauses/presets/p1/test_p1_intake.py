"""P1 `platform`, intake and screening: three channels, required facts, validity within 24 hours."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared, given
from tests.clauses.offices.marketplace import accepted, assigned
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import image


@pytest.mark.parametrize("channel", ["in_app", "phone", "email"])
def test_p1_1_every_channel_ends_in_the_same_register(marketplace: Organisation, channel: str) -> None:
    number = marketplace.file(channel=channel)

    queue = marketplace.get("/complaints", "screener")["complaints"]
    assert [row["number"] for row in queue] == [number]
    assert marketplace.complaint(number)["channel"] == channel


def test_p1_1_there_is_no_other_channel(marketplace: Organisation) -> None:
    answer = marketplace.try_file(channel="letter")

    assert (answer.status, answer.pointer) == (422, "/channel")


@pytest.mark.parametrize("fact", ["respondent.name", "reason"])
def test_p1_2_a_complaint_names_its_respondent_and_its_reason(marketplace: Organisation, fact: str) -> None:
    answer = marketplace.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p1_2_the_office_finds_earlier_complaints_by_each_e_mail_address(marketplace: Organisation) -> None:
    """A contact can be an e-mail address too."""
    by_contact = marketplace.file(facts={"complainant.contact": "buyer@home.example", "complainant.email": None})
    by_address = marketplace.file(
        facts={"complainant.contact": "13800000001", "complainant.email": "buyer@home.example"}
    )

    later = marketplace.file(facts={"complainant.contact": "buyer@home.example"})

    earlier = marketplace.get(f"/complaints/{later}/history", "screener")["customer"]
    assert {row["number"] for row in earlier} == {by_contact, by_address}


def test_p1_2_evidence_is_asked_for_at_filing(marketplace: Organisation) -> None:
    number = marketplace.file()

    [event] = marketplace.events(number, type_="evidence_demanded")
    assert (event["fields"]["of"], event["fields"]["kinds"]) == ("complainant", ["screenshot", "transaction", "other"])
    assert (
        f"为核实您的投诉 {number}，需要您提供证据，请您于2026年11月28日（周六）09:00前（北京时间）提交。"
        in marketplace.told("complainant", number)
    )


def test_p1_2_missing_evidence_is_on_record(marketplace: Organisation) -> None:
    number = marketplace.file()

    marketplace.world.move_to("2026-11-28T09:00:00+08:00")

    [event] = marketplace.events(number, type_="demand_lapsed")
    assert (event["fields"]["of"], event["at"]) == ("complainant", "2026-11-28T01:00:00.000Z")


def test_p1_2_received_evidence_satisfies_the_request(marketplace: Organisation) -> None:
    number = marketplace.file()

    evidence = given(marketplace, number, "screenshot", image("PNG"), "image/png")

    assert evidence["state"] == "sealed"
    assert [event["actor"]["kind"] for event in marketplace.events(number, type_="evidence_received")] == [
        "complainant"
    ]


def test_p1_2_evidence_that_was_only_announced_is_still_absent(marketplace: Organisation) -> None:
    number = marketplace.file()
    assert declared(marketplace, number, "screenshot", image("PNG"), "image/png").status == 201

    marketplace.world.move_to("2026-11-28T09:00:00+08:00")

    assert [event["fields"]["of"] for event in marketplace.events(number, type_="demand_lapsed")] == ["complainant"]


def test_p1_2_evidence_of_another_type_than_announced_does_not_satisfy_the_request(marketplace: Organisation) -> None:
    number = marketplace.file()

    evidence = given(marketplace, number, "screenshot", b"#!/bin/sh\n", "image/png")

    assert (evidence["state"], evidence["reason"]) == ("refused", "type")
    assert marketplace.events(number, type_="evidence_received") == []


def test_p1_3_screening_is_due_24_elapsed_hours_after_receipt(marketplace: Organisation) -> None:
    marketplace.world.move_to("2026-11-27T17:00:00+08:00")

    number = marketplace.file()

    assert marketplace.local(marketplace.filed[number].due("screening")) == "2026-11-28T17:00:00+08:00"


def test_p1_3_a_valid_complaint_is_passed_to_the_responsible_party(marketplace: Organisation) -> None:
    number = accepted(marketplace)

    assert marketplace.deadline(number, "screening")["state"] == "met"
    assert marketplace.told("handler", number) == [
        f"投诉 {number} 已受理并指派，请作为责任方迅速处理，处理决定应于 2026年12月2日（周三）18:00 前作出。"
    ]


def test_p1_3_one_responsible_person_is_assigned(marketplace: Organisation) -> None:
    number = assigned(marketplace)

    assert marketplace.complaint(number, "screener")["assigned"] == {"handler": [marketplace.subs["handler"]]}


def test_p1_3_an_invalid_complaint_is_refused_with_a_ground_and_notified(
    marketplace: Organisation,
) -> None:
    mail = "customer@mail.example"
    number = marketplace.file(facts={"complainant.contact": mail, "complainant.email": mail})
    assert marketplace.try_act(number, "screener", "refuse", reason="重复投诉。").pointer == "/fields/ground"
    assert marketplace.try_act(number, "screener", "refuse", ground="not_valid").pointer == "/fields/reason"

    answer = marketplace.act(number, "screener", "refuse", ground="not_valid", reason="重复投诉。")

    assert (answer["stage"], marketplace.deadline(number, "screening")["state"]) == ("refused", "met")
    assert marketplace.told("complainant", number)[:1] == [f"您的投诉 {number} 不予受理，理由：投诉信息无效。"]
    assert "重复投诉。" in marketplace.world.mail(mail)


def test_p1_3_a_missed_screening_is_escalated(marketplace: Organisation) -> None:
    number = marketplace.file()

    marketplace.world.move_to("2026-11-28T09:00:00+08:00")

    assert f"投诉 {number} 已逾期，现升级至本层级，请处理。" in marketplace.told("director", number)


@pytest.mark.parametrize("who", ["handler", "archivist", "complainant"])
def test_p1_3_only_the_office_screens(marketplace: Organisation, who: str) -> None:
    assert marketplace.try_act(marketplace.file(), who, "accept").status == 403
