"""Several verdicts on one upload: the first one on the version that counts decides, whenever it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import force_setattr

from chalicelib.features.evidence.scanning.scanners import GuardDuty, StandInScanner
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.ports.files import Scan, Scanner
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.evidence.check.test_verdicts import scanned
from tests.helpers.fakes.files import PDF, image
from tests.kernel.web.untouched import in_process

CLEAN, MALWARE = "NO_THREATS_FOUND", "THREATS_FOUND"


class _Meanwhile:
    """A scanner. Something else happens during the service's own check, after the file was read."""

    def __init__(self, scanner: Scanner, happens: Callable[[], None]) -> None:
        self._scanner, self._happens = scanner, happens

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        with self._scanner.scan() as scan:
            yield scan
        self._happens()


@pytest.mark.parametrize(
    ("first", "second", "state"), [(CLEAN, MALWARE, "sealed"), (MALWARE, CLEAN, "refused")], ids=["clean", "malware"]
)
def test_the_first_verdict_on_a_version_counts(company: Organisation, first: str, second: str, state: str) -> None:
    number, world = company.file(), in_process(company)
    force_setattr(world.fakes.wiring, "scanner", GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)

    scanned(company, key, version, first)
    scanned(company, key, version, second)
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == state


def test_a_verdict_on_another_version_during_the_check_does_not_replace_the_one_that_counts(
    company: Organisation,
) -> None:
    number, world = company.file(), in_process(company)
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    version = world.fakes.objects.put(key, PDF)
    scanner = _Meanwhile(GuardDuty(), lambda: scanned(company, key, "another", MALWARE))
    force_setattr(world.fakes.wiring, "scanner", scanner)

    scanned(company, key, version, CLEAN)
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "sealed"


@pytest.fixture
def refused_meanwhile(company: Organisation) -> tuple[str, str]:
    """An image whose check took more than a day, so that a sweep refused it: the complaint's number and its id."""
    number, world = company.file(), in_process(company)

    def a_day_passes() -> None:
        world.fakes.real_clock.advance(DAY + SECOND)
        world.move_to("2026-11-28T10:00:00+08:00")

    force_setattr(world.fakes.wiring, "scanner", _Meanwhile(StandInScanner(), a_day_passes))
    answer = declared(company, number, "document", image(), "image/jpeg").json
    world.upload(answer["ticket"], image())
    return number, answer["id"]


def test_a_clean_verdict_after_the_refusal_does_not_count(
    company: Organisation, refused_meanwhile: tuple[str, str]
) -> None:
    shown = looked_at(company, *refused_meanwhile)

    assert (shown["state"], shown["reason"], shown["scanner"]) == ("refused", "no-verdict", None)


def test_a_check_that_ends_after_the_refusal_leaves_no_copies(
    company: Organisation, refused_meanwhile: tuple[str, str]
) -> None:
    assert refused_meanwhile[1] not in "".join(in_process(company).fakes.objects.present())
