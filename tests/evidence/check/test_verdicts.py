"""Scanners' verdicts: a file is sealed only after a `clean` verdict, which may come at any time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import force_setattr

from chalicelib.features.evidence.scanning.scanners import GuardDuty
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.ports.files import Scan
from chalicelib.workers import entries
from tests.clauses.giving import declared, given, looked_at
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import EICAR, PDF
from tests.helpers.rows import without
from tests.kernel.web.untouched import in_process


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def use(company: Organisation, **ports: Any) -> InProcess:
    """Replaces ports in the world. Wirings are frozen, so this uses `force_setattr`."""
    world = in_process(company)
    for name, port in ports.items():
        force_setattr(world.fakes.wiring, name, port)
    return world


def scanned(company: Organisation, key: str, version: str, status: str) -> None:
    what = {"objectKey": key, "versionId": version, "bucketName": "b"}
    detail = {"s3ObjectDetails": what, "scanResultDetails": {"scanResultStatus": status, "threats": None}}
    entries.object_created(in_process(company).fakes.wiring, {"source": "aws.guardduty", "detail": detail})
    in_process(company).settle()


@pytest.fixture
def waiting(company: Organisation, number: str) -> tuple[str, str, str]:
    """A file checked by the service but not yet by GuardDuty: its id, key and version."""
    world = use(company, scanner=GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)
    world.announce(key, version, len(PDF))
    return answer["id"], key, version


def test_without_a_verdict_nothing_is_sealed(company: Organisation, number: str, waiting: tuple[str, str, str]) -> None:
    shown = looked_at(company, number, waiting[0])

    assert (shown["state"], shown["scanner"], shown["copies"]) == ("checking", None, [])


@pytest.mark.parametrize("status", ["ACCESS_DENIED", "FAILED"])
def test_a_failed_scan_is_counted_and_is_not_a_verdict(
    company: Organisation, number: str, waiting: tuple[str, str, str], status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scanned(company, waiting[1], waiting[2], status)

    assert looked_at(company, number, waiting[0])["state"] == "checking"
    assert capsys.readouterr().out.count('"ScanWithoutVerdict":[1.0]') == 1


def test_a_check_in_progress_shows_when_it_began(
    company: Organisation, number: str, waiting: tuple[str, str, str]
) -> None:
    company.world.move_to("2026-11-27T09:20:00+08:00")

    shown = looked_at(company, number, waiting[0])

    assert (shown["state"], shown["uploaded_at"], shown["checking_at"], shown["ended_at"]) == (
        "checking",
        "2026-11-27T01:00:00.000Z",
        "2026-11-27T01:00:00.000Z",
        None,
    )


@pytest.mark.parametrize("content", [PDF, EICAR], ids=["sealed", "refused"])
def test_the_record_has_the_time_of_the_check(company: Organisation, number: str, content: bytes) -> None:
    given(company, number, "document", content, "application/pdf" if content == PDF else "text/plain")

    assert company.events(number)[-1]["fields"]["checking_at"] == "2026-11-27T01:00:00.000Z"


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


def test_a_verdict_on_another_version_is_ignored(
    company: Organisation, number: str, waiting: tuple[str, str, str]
) -> None:
    scanned(company, waiting[1], "another", "NO_THREATS_FOUND")

    assert looked_at(company, number, waiting[0])["state"] == "checking"


def test_a_verdict_before_the_uploads_event_counts(company: Organisation, number: str) -> None:
    world = use(company, scanner=GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)

    scanned(company, key, version, "NO_THREATS_FOUND")
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "sealed"


def test_a_file_without_a_verdict_is_refused_after_a_day(
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


def test_an_unavailable_scanner_delays_the_file(company: Organisation, number: str) -> None:
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


class _Faulty:
    """A scanner with an error of its own."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        raise KeyError("engine")
        yield


def test_an_error_of_the_check_is_no_missing_object(company: Organisation, number: str) -> None:
    world = use(company, scanner=_Faulty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]

    with pytest.raises(KeyError, match="engine"):
        world.announce(key, world.fakes.objects.put(key, PDF), len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "checking"


def test_a_file_of_a_type_that_is_no_longer_allowed_is_refused_for_its_type(company: Organisation, number: str) -> None:
    world = in_process(company)
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    with without(FILE_TYPES, "application/pdf"):
        world.announce(key, world.fakes.objects.put(key, PDF), len(PDF))

    shown = looked_at(company, number, answer["id"])

    assert (shown["state"], shown["reason"]) == ("refused", "type")


def test_the_sweep_retries_after_a_scanner_failure_and_parks_nothing(company: Organisation, number: str) -> None:
    world = in_process(company)
    working = world.fakes.wiring.scanner
    use(company, scanner=_Down())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    with pytest.raises(OSError, match="down"):
        world.announce(key, world.fakes.objects.put(key, PDF), len(PDF))
    world.move_to("2026-11-27T09:20:00+08:00")
    assert looked_at(company, number, answer["id"])["state"] == "checking"

    use(company, scanner=working)
    world.move_to("2026-11-27T09:40:00+08:00")

    assert looked_at(company, number, answer["id"])["state"] == "sealed"


def test_a_file_with_a_verdict_is_sealed_even_if_late(
    company: Organisation, number: str, waiting: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = in_process(company)
    with monkeypatch.context() as broken:
        broken.setattr(world.fakes.objects, "seal", _down)
        with pytest.raises(OSError, match="down"):
            scanned(company, waiting[1], waiting[2], "NO_THREATS_FOUND")
    world.fakes.real_clock.advance(DAY + SECOND)
    company.tokens["owner"] = ""

    world.move_to("2026-11-28T10:00:00+08:00")

    assert looked_at(company, number, waiting[0])["state"] == "sealed"


def _down(*_: Any) -> None:
    raise OSError("down")
