"""Ledgers of ended months: written once, with the hash on record, read later by those who may."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.exports import verify_archive
from chalicelib.features.ledgers import listing
from chalicelib.features.ledgers.item import LEDGERS
from chalicelib.store.keys import period_documents
from chalicelib.store.port import Put
from tests.clauses.offices.workshop import parked
from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.exports.exported import exported, rewritten, world_of
from tests.ledgers.reading import ask, numbers, read
from tests.ledgers.test_live import UNITS

NOVEMBER = "?month=2026-11"
IN_DECEMBER = "2026-12-01T02:00:00+08:00"


def month_ends(made: Organisation) -> None:
    """The hourly job runs after the end of November."""
    made.world.move_to(IN_DECEMBER)
    world_of(made).sweep()


def on_record(made: Organisation) -> list[dict[str, Any]]:
    events = made.get("/record?limit=100", "owner")["events"]
    return [one["fields"] for one in events if one["type"] == "ledger_frozen"]


def test_a_month_is_frozen_when_it_has_ended_in_the_organisations_zone(workshop: Organisation) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-11-30T23:30:00+08:00")
    assert (on_record(workshop), ask(workshop, "owner", query=NOVEMBER).status) == ([], 404)

    month_ends(workshop)

    found = read(workshop, "owner", query=NOVEMBER)
    assert (found["month"], numbers(found), found["complete"]) == ("2026-11", [number], True)
    assert "2026-11-30T16:00" <= found["as_of"] < "2026-11-30T17:01"
    assert sorted((one["ledger"], one["month"], one["matters"]) for one in on_record(workshop)) == [
        ("centre", "2026-11", 1),
        ("manager", "2026-11", 1),
    ]


def test_the_text_of_a_frozen_ledger_has_the_hash_on_record(workshop: Organisation) -> None:
    parked(workshop)
    month_ends(workshop)

    text = ask(workshop, "customer_manager", query=NOVEMBER).text

    [recorded] = [one["sha256"] for one in on_record(workshop) if one["ledger"] == "manager"]
    assert hashlib.sha256(text.encode()).hexdigest() == recorded
    [row] = workshop.get("/ledgers", "customer_manager")["ledgers"]
    assert [(one["month"], one["matters"], one["sha256"]) for one in row["months"]] == [("2026-11", 1, recorded)]


def test_a_frozen_ledger_does_not_change(workshop: Organisation) -> None:
    number = parked(workshop)
    month_ends(workshop)
    before = ask(workshop, "owner", query=NOVEMBER).text

    workshop.act(number, "customer_manager", "resume")
    workshop.world.move_to("2026-12-15T09:00:00+08:00")

    assert ask(workshop, "owner", query=NOVEMBER).text == before
    assert numbers(read(workshop, "owner")) == []
    assert len(on_record(workshop)) == 2


def test_a_month_before_the_sign_up_is_not_frozen() -> None:
    made = sign_up(InProcess("2026-12-01T09:10:00+08:00"), "auto-repair-forms")

    made.world.move_to("2026-12-03T09:00:00+08:00")
    world_of(made).sweep()

    assert (on_record(made), ask(made, "owner", query=NOVEMBER).status) == ([], 404)


def test_an_empty_ledger_is_frozen_too(workshop: Organisation) -> None:
    month_ends(workshop)

    assert numbers(read(workshop, "owner", query=NOVEMBER)) == []


def test_a_month_is_frozen_later_if_the_job_did_not_run(workshop: Organisation) -> None:
    number = parked(workshop)
    world = world_of(workshop)
    world.jump_to("2026-12-20T09:00:00+08:00")

    world.sweep()

    found = read(workshop, "owner", query=NOVEMBER)
    assert (numbers(found), found["as_of"]) == ([number], "2026-12-20T01:00:00.000Z")


@pytest.mark.parametrize("query", ["?month=2026-13", "?month=2026-1", "?month=2026", "?month=x", "?month="])
def test_what_is_no_month_is_refused(workshop: Organisation, query: str) -> None:
    assert ask(workshop, "owner", query=query).status == 400


@pytest.mark.parametrize(("who", "status"), [("customer_manager", 200), ("service_centre", 403), ("staff", 403)])
def test_only_the_keepers_and_the_owners_read_a_frozen_month(workshop: Organisation, who: str, status: int) -> None:
    month_ends(workshop)

    assert ask(workshop, who, query=NOVEMBER).status == status


def test_people_of_a_unit_see_their_part_of_a_frozen_month() -> None:
    made = sign_up_with(InProcess("2026-11-27T09:10:00+08:00"), UNITS)
    for unit in ("north", "south"):
        made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
    hire(made, "clerk", name="northern", unit="north")
    north, south = made.file(unit="north"), made.file(unit="south")
    month_ends(made)

    part = read(made, "northern", "waiting", NOVEMBER)

    assert (numbers(part), part["units"]) == ([north], ["north"])
    assert sorted(numbers(read(made, "clerk", "waiting", NOVEMBER))) == [north, south]
    counts = [made.get("/ledgers", who)["ledgers"][0]["months"][0]["matters"] for who in ("northern", "clerk")]
    assert counts == [None, 2]


def test_a_frozen_ledger_says_that_it_is_not_complete(workshop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_MATTERS", 1)
    for _ in range(2):
        parked(workshop)

    month_ends(workshop)

    found = read(workshop, "owner", query=NOVEMBER)
    assert (len(numbers(found)), found["complete"]) == (1, False)


def test_a_changed_document_is_not_shown(workshop: Organisation) -> None:
    month_ends(workshop)
    store = world_of(workshop).fakes.store
    place = period_documents.document(workshop.id, "ledger", period_documents.ledger("2026-11", "manager"))
    with binding.tenant(workshop.id):
        entry = store.get([place])[place]
        forged = LEDGERS.documents.read(entry).replace(b'"complete":true', b'"complete":false')
        store.commit([Put(LEDGERS.documents.entry(place, forged), if_absent=False)])

    answer = ask(workshop, "owner", query=NOVEMBER)
    assert (answer.status, answer.json["detail"]) == (
        503,
        "A stored item is damaged (ledger-document). An operator must repair it.",
    )


def test_an_export_has_the_frozen_ledgers_and_its_verification_compares_them(
    workshop: Organisation, tmp_path: Path
) -> None:
    parked(workshop)
    month_ends(workshop)
    path = exported(workshop, tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("ledgers/2026-11.manager.json").decode()

    def forge(files: dict[str, bytes]) -> None:
        files["ledgers/2026-11.manager.json"] += b" "
        del files["ledgers/2026-11.centre.json"]

    assert text == ask(workshop, "owner", query=NOVEMBER).text
    assert verify_archive.verify(str(path)).faults == []
    assert sorted(verify_archive.verify(str(rewritten(path, forge))).faults) == [
        "ledgers/2026-11.centre.json: was frozen according to the record, but is missing",
        "ledgers/2026-11.manager.json: is not the document on record",
    ]
