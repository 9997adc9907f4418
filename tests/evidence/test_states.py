"""The life of a file: states, duplicates, repeated events, verdicts, expiry."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, SECOND
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.clauses.giving import declared, given, looked_at
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import EICAR, PDF, image, sha256
from tests.kernel.web.untouched import in_process, untouched


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def place(company: Organisation, number: str, evidence: str) -> tuple[CaseRef, str]:
    return CaseRef(company.id, number), evidence


def types(company: Organisation, number: str) -> list[str]:
    return [event["type"] for event in company.events(number, "complainant") if event["type"].startswith("evidence")]


def test_every_state_change_is_recorded(company: Organisation, number: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg")

    assert types(company, number) == ["evidence_declared", "evidence_uploaded", "evidence_sealed"]
    uploaded = company.events(number, type_="evidence_uploaded")[0]
    assert uploaded["fields"]["checking_at"] == uploaded["at"] == evidence["checking_at"] == evidence["uploaded_at"]
    sealed = company.events(number, type_="evidence_sealed")[0]["fields"]
    assert {name: sealed[name] for name in ("evidence", "kind", "by", "size", "sha256", "media_type")} == {
        "evidence": evidence["id"],
        "kind": "photo",
        "by": "complainant",
        "size": len(image()),
        "sha256": evidence["sha256"],
        "media_type": "image/jpeg",
    }
    objects = in_process(company).fakes.objects
    assert list(objects.stored[object_keys.sealed(*place(company, number, evidence["id"]))]) == [sealed["version"]]
    assert object_keys.quarantine(*place(company, number, evidence["id"])) not in objects.present()


def test_sealing_reads_the_file_once(company: Organisation, number: str) -> None:
    given(company, number, "photo", image(), "image/jpeg")

    assert in_process(company).fakes.objects.full_reads == 1


def test_malware_is_refused_and_deleted(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document", EICAR, "text/plain")

    assert (evidence["state"], evidence["reason"], evidence["stand_in"]) == ("refused", "malware", True)
    assert in_process(company).fakes.objects.present() == set()


@pytest.mark.parametrize("times", [2, 3])
def test_a_repeated_event_changes_nothing(company: Organisation, number: str, times: int) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    company.world.upload(ticket, PDF)
    key = ticket["fields"]["key"]

    with untouched(company):
        for _ in range(times):
            in_process(company).announce(key, "v1", len(PDF))


def test_a_second_upload_with_a_ticket_is_deleted(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    company.world.upload(ticket, PDF)
    objects = in_process(company).fakes.objects
    kept = objects.present()

    with untouched(company):
        company.world.upload(ticket, PDF)

    assert objects.present() == kept


def test_the_first_version_announced_counts(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    world, key = in_process(company), ticket["fields"]["key"]
    older, newer = (world.fakes.objects.put(key, PDF) for _ in range(2))

    world.announce(key, newer, len(PDF))
    world.announce(key, older, len(PDF))

    [event] = company.events(number, type_="evidence_uploaded")
    assert event["fields"]["version"] == newer
    assert key not in world.fakes.objects.present()


def test_an_event_for_a_missing_object_changes_nothing(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]

    with untouched(company):
        in_process(company).announce(ticket["fields"]["key"], "gone", len(PDF))


def test_equal_files_are_stored_once(company: Organisation, number: str) -> None:
    first = given(company, number, "photo", image(), "image/jpeg")
    second = given(company, number, "document", image(), "image/jpeg")

    assert (second["state"], second["same_as"]) == ("sealed", first["id"])
    assert len(in_process(company).fakes.objects.present()) == 3  # the file, its copy without metadata, its thumbnail
    versions = {event["fields"]["version"] for event in company.events(number, type_="evidence_sealed")}
    assert len(versions) == 1


def test_a_duplicate_uses_no_quota(company: Organisation, number: str) -> None:
    given(company, number, "document")
    given(company, number, "document")

    assert company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == len(PDF)


def test_a_refused_file_releases_its_quota(company: Organisation, number: str) -> None:
    given(company, number, "document", EICAR, "text/plain")

    assert company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == 0


# ---- waiting ------------------------------------------------------------------------------------------------------


def test_an_unused_ticket_expires_in_real_time(company: Organisation, number: str) -> None:
    answer = declared(company, number, "document").json
    world = in_process(company)
    world.move_to("2026-11-27T15:00:00+08:00")
    assert looked_at(company, number, answer["id"])["state"] == "declared"

    world.fakes.real_clock.advance(HOUR + SECOND)
    world.sweep()

    assert types(company, number) == ["evidence_declared", "evidence_expired"]
    assert company.complaint(number)["stage"]


def test_an_upload_after_the_expiry_is_deleted(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    world = in_process(company)
    world.move_to("2026-11-27T15:00:00+08:00")
    world.fakes.real_clock.advance(HOUR + SECOND)
    world.sweep()

    world.upload(ticket, PDF)

    assert world.fakes.objects.present() == set()


def test_a_repeated_declaration_gets_a_new_ticket_only_before_the_upload(company: Organisation, number: str) -> None:
    key = {"Idempotency-Key": "k" * 30}
    path, auth = f"{company.path}/complaints/{number}/evidence", company.auth("complainant", number)
    file = {"kind": "document", "name": "a", "size": len(PDF), "media_type": "application/pdf"}
    body = {**file, "sha256": sha256(PDF)}
    first = company.world.call("POST", path, body, auth=auth, headers=key).json
    assert company.world.call("POST", path, body, auth=auth, headers=key).json["ticket"] is not None

    company.world.upload(first["ticket"], PDF)

    again = company.world.call("POST", path, body, auth=auth, headers=key).json
    assert (again["id"], again["state"], again["ticket"]) == (first["id"], "sealed", None)
