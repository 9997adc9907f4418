"""P2.6: before contact, the handler knows the subject's history and the customer's earlier complaints."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.store.port import Entry
from tests.clauses.offices.garage import received
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

OTHER = {"plate_number": "示B11111", "complainant.phone": "11111111111"}


def history(garage: Organisation, number: str, of: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = garage.get(f"/complaints/{number}/history", "customer_service")[of]
    return found


def numbers(garage: Organisation, number: str, of: str) -> list[str]:
    return [row["number"] for row in history(garage, number, of)]


def test_p2_6_the_repair_and_the_car_are_inspected_before_the_finding(garage: Organisation) -> None:
    number = received(garage)

    assert garage.try_act(number, "technical_manager", "inspect").status == 422
    garage.act(number, "technical_manager", "inspect", findings="空调滤芯未更换。")

    assert garage.events(number, type_="inspected")[0]["fields"]["given"] == ["findings"]


@pytest.mark.parametrize("fact", ["plate_number", "complainant.name", "complainant.phone", "content"])
def test_p2_6_car_and_customer_are_named_at_intake(garage: Organisation, fact: str) -> None:
    answer = garage.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p2_6_the_inspection_says_when_it_was_made(garage: Organisation) -> None:
    number, made = received(garage), "2026-11-27T09:00:00+08:00"

    future = garage.try_act(
        number, "service_manager", "inspect", findings="无异常。", done_at="2026-11-27T10:00:00+08:00"
    )
    assert (future.status, future.pointer) == (422, "/fields/done_at")
    garage.act(number, "service_manager", "inspect", findings="无异常。", done_at=made)

    assert garage.local(garage.events(number, type_="inspected")[0]["fields"]["done_at"]) == made


def test_p2_6_the_plates_earlier_complaints_are_shown_with_their_stage(garage: Organisation) -> None:
    earlier = received(garage)

    [row] = history(garage, garage.file(facts={"complainant.phone": "22222222222"}), "subject")

    assert (row["number"], row["stage"], row["stage_name"]["zh"]) == (earlier, "handling", "处理中")


def test_p2_6_the_repair_orders_earlier_complaints_are_shown(garage: Organisation) -> None:
    earlier = garage.file(facts={"repair_order": "W-0001"})

    later = garage.file(facts={**OTHER, "repair_order": "w0001"})

    assert numbers(garage, later, "subject") == [earlier]


def test_p2_6_the_customers_earlier_complaints_are_shown(garage: Organisation) -> None:
    earlier = garage.file()

    later = garage.file(facts={"plate_number": "示B11111"})

    assert (numbers(garage, later, "subject"), numbers(garage, later, "customer")) == ([], [earlier])


def test_p2_6_the_history_is_newest_first_and_excludes_later_complaints(garage: Organisation) -> None:
    first, second, third = garage.file(), garage.file(), garage.file()

    assert numbers(garage, third, "subject") == [second, first]
    assert numbers(garage, first, "subject") == []


@pytest.mark.parametrize("plate", ["示 A-00000", "示ａ00000", "示A·00000"])
def test_p2_6_a_plate_is_recognised_in_any_spelling(garage: Organisation, plate: str) -> None:
    earlier = garage.file()

    assert numbers(garage, garage.file(facts={"plate_number": plate}), "subject") == [earlier]


def test_p2_6_another_subject_has_its_own_history(garage: Organisation) -> None:
    garage.file()

    later = garage.file(facts=OTHER)

    assert (numbers(garage, later, "subject"), numbers(garage, later, "customer")) == ([], [])


def test_p2_6_a_subject_named_at_filing_counts_under_any_policy(company: Organisation) -> None:
    earlier = company.file(subject="DD-20261127")

    later = company.file(subject="dd 20261127")

    assert [row["number"] for row in company.get(f"/complaints/{later}/history", "agent")["subject"]] == [earlier]


def test_p2_6_the_history_is_for_the_organisations_people(garage: Organisation) -> None:
    number = garage.file()

    path = f"{garage.path}/complaints/{number}/history"

    assert garage.world.call("GET", path, auth=garage.auth("complainant", number)).status == 401


def test_p2_6_another_organisation_has_its_own_history(garage: Organisation) -> None:
    from tests.clauses.offices.garage import garage_in

    garage.file()
    other = garage_in(garage.world)

    assert numbers(other, other.file(), "subject") == []


def test_p2_6_earlier_complaints_are_found_after_a_rotation_of_the_server_key(garage: Organisation) -> None:
    earlier = garage.file()
    world = garage.world
    assert isinstance(world, InProcess)
    world.fakes.wiring.secrets.rotate("lookup")  # type: ignore[attr-defined]

    later, latest = garage.file(), garage.file()

    assert numbers(garage, latest, "subject") == numbers(garage, latest, "customer") == [later, earlier]


def test_p2_6_no_store_key_contains_the_subject_or_the_customer(garage: Organisation) -> None:
    garage.file(facts={"plate_number": "示C22222", "complainant.phone": "33333333333"})

    found = [entry for entry in _entries(garage) if "#X#subject#" in entry.key.pk or "#X#phone#" in entry.key.pk]

    assert len(found) == 2
    assert not any(word in str(found) for word in ("示C22222", "示c22222", "c22222", "33333333333"))


def _entries(garage: Organisation) -> list[Entry]:
    world = garage.world
    assert isinstance(world, InProcess)
    return world.fakes.store.everything()
