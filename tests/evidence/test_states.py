"""What becomes of a file: states, duplicates, repeated events, verdicts, holds, retention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chalicelib import entries
from chalicelib.evidence import object_keys
from chalicelib.evidence.scanners import GuardDuty
from chalicelib.evidence.scanning import Scan
from chalicelib.instants import DAY, HOUR, SECOND
from tests.api.untouched import in_process, untouched
from tests.clauses.giving import declared, given, looked_at
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.fakes.files import EICAR, PDF, image, sha256


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def place(company: Organisation, number: str, evidence: str) -> tuple[str, str, str]:
    return company.id, number, evidence


def types(company: Organisation, number: str) -> list[str]:
    return [event["type"] for event in company.events(number) if event["type"].startswith("evidence")]


def use(company: Organisation, **ports: Any) -> InProcess:
    """The same world with other ports behind it. Wirings are frozen, so the attribute is set past that."""
    world = in_process(company)
    for name, port in ports.items():
        object.__setattr__(world.fakes.wiring, name, port)
    return world


def test_every_change_is_on_record_with_what_was_sealed(company: Organisation, number: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg")

    assert types(company, number) == ["evidence_declared", "evidence_uploaded", "evidence_sealed"]
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


def test_malware_is_refused_and_nothing_of_it_is_kept(company: Organisation, number: str) -> None:
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


def test_a_ticket_that_is_used_again_leaves_the_first_file_and_no_second(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    company.world.upload(ticket, PDF)
    objects = in_process(company).fakes.objects
    kept = objects.present()

    with untouched(company):
        company.world.upload(ticket, PDF)

    assert objects.present() == kept


def test_of_two_versions_the_first_that_is_announced_counts(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    world, key = in_process(company), ticket["fields"]["key"]
    older, newer = (world.fakes.objects.put(key, PDF) for _ in range(2))

    world.announce(key, newer, len(PDF))
    world.announce(key, older, len(PDF))

    [event] = company.events(number, type_="evidence_uploaded")
    assert event["fields"]["version"] == newer
    assert key not in world.fakes.objects.present()


def test_an_event_for_an_object_that_is_gone_changes_nothing(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]

    with untouched(company):
        in_process(company).announce(ticket["fields"]["key"], "gone", len(PDF))


def test_the_same_bytes_twice_are_one_file_with_two_mentions(company: Organisation, number: str) -> None:
    first = given(company, number, "photo", image(), "image/jpeg")
    second = given(company, number, "document", image(), "image/jpeg")

    assert (second["state"], second["same_as"]) == ("sealed", first["id"])
    assert len(in_process(company).fakes.objects.present()) == 3  # the file, its copy without metadata, its thumbnail
    versions = {event["fields"]["version"] for event in company.events(number, type_="evidence_sealed")}
    assert len(versions) == 1


def test_the_second_mention_costs_the_plan_nothing(company: Organisation, number: str) -> None:
    given(company, number, "document")
    given(company, number, "document")

    assert company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == len(PDF)


def test_a_refused_file_gives_its_bytes_back(company: Organisation, number: str) -> None:
    given(company, number, "document", EICAR, "text/plain")

    assert company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == 0


# ---- waiting ------------------------------------------------------------------------------------------------------


def test_a_ticket_that_nobody_uses_expires_in_real_time(company: Organisation, number: str) -> None:
    answer = declared(company, number, "document").json
    world = in_process(company)
    world.move_to("2026-11-27T15:00:00+08:00")
    assert looked_at(company, number, answer["id"])["state"] == "declared"

    world.fakes.real_clock.advance(HOUR + SECOND)
    world.sweep()

    assert types(company, number) == ["evidence_declared", "evidence_expired"]
    assert company.complaint(number)["stage"]


def test_what_comes_after_that_is_deleted(company: Organisation, number: str) -> None:
    ticket = declared(company, number, "document").json["ticket"]
    world = in_process(company)
    world.move_to("2026-11-27T15:00:00+08:00")
    world.fakes.real_clock.advance(HOUR + SECOND)
    world.sweep()

    world.upload(ticket, PDF)

    assert world.fakes.objects.present() == set()


def test_a_repeated_declaration_gets_a_fresh_ticket_only_while_the_file_is_awaited(
    company: Organisation, number: str
) -> None:
    key = {"Idempotency-Key": "k" * 30}
    path, auth = f"{company.path}/complaints/{number}/evidence", company.auth("complainant", number)
    file = {"kind": "document", "name": "a", "size": len(PDF), "media_type": "application/pdf"}
    body = {**file, "sha256": sha256(PDF)}
    first = company.world.call("POST", path, body, auth=auth, headers=key).json
    assert company.world.call("POST", path, body, auth=auth, headers=key).json["ticket"] is not None

    company.world.upload(first["ticket"], PDF)

    again = company.world.call("POST", path, body, auth=auth, headers=key).json
    assert (again["id"], again["state"], again["ticket"]) == (first["id"], "sealed", None)


# ---- verdicts -----------------------------------------------------------------------------------------------------


def scanned(company: Organisation, key: str, version: str, status: str) -> None:
    what = {"objectKey": key, "versionId": version, "bucketName": "b"}
    detail = {"s3ObjectDetails": what, "scanResultDetails": {"scanResultStatus": status, "threats": None}}
    entries.object_created(in_process(company).fakes.wiring, {"source": "aws.guardduty", "detail": detail})
    in_process(company).settle()


@pytest.fixture
def waiting(company: Organisation, number: str) -> tuple[str, str, str]:
    """A file that the service has checked and GuardDuty has not: its id, key and version."""
    world = use(company, scanner=GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)
    world.announce(key, version, len(PDF))
    return answer["id"], key, version


def test_without_a_verdict_nothing_is_sealed(company: Organisation, number: str, waiting: tuple[str, str, str]) -> None:
    shown = looked_at(company, number, waiting[0])

    assert (shown["state"], shown["scanner"], shown["copies"]) == ("checking", None, [])


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        ("NO_THREATS_FOUND", "sealed", None),
        ("THREATS_FOUND", "refused", "malware"),
        ("UNSUPPORTED", "refused", "not-scannable"),
        ("ACCESS_DENIED", "checking", None),
        ("FAILED", "checking", None),
    ],
)
def test_only_no_threats_found_passes(
    company: Organisation, number: str, waiting: tuple[str, str, str], status: str, state: str, reason: str | None
) -> None:
    id_, key, version = waiting

    scanned(company, key, version, status)
    scanned(company, key, version, status)

    shown = looked_at(company, number, id_)
    assert (shown["state"], shown["reason"], shown["stand_in"]) == (state, reason, False)


def test_a_verdict_on_another_version_says_nothing(
    company: Organisation, number: str, waiting: tuple[str, str, str]
) -> None:
    scanned(company, waiting[1], "another", "NO_THREATS_FOUND")

    assert looked_at(company, number, waiting[0])["state"] == "checking"


def test_a_verdict_that_comes_before_the_upload_is_announced_counts(company: Organisation, number: str) -> None:
    world = use(company, scanner=GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)

    scanned(company, key, version, "NO_THREATS_FOUND")
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "sealed"


def test_a_verdict_that_never_comes_is_a_refusal_after_a_day(
    company: Organisation, number: str, waiting: tuple[str, str, str]
) -> None:
    world = in_process(company)
    world.fakes.real_clock.advance(DAY + SECOND)
    company.tokens["owner"] = ""
    world.move_to("2026-11-28T10:00:00+08:00")

    shown = looked_at(company, number, waiting[0])
    assert (shown["state"], shown["reason"]) == ("refused", "no-verdict")


class _Down:
    """A scanner that does not answer."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        raise OSError("down")
        yield


def test_a_scanner_that_is_down_delays_the_file_and_loses_nothing(company: Organisation, number: str) -> None:
    world = in_process(company)
    working = world.fakes.wiring.scanner
    use(company, scanner=_Down())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)
    with pytest.raises(OSError, match="down"):
        world.announce(key, version, len(PDF))
    assert looked_at(company, number, answer["id"])["state"] == "checking"

    use(company, scanner=working)
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "sealed"
