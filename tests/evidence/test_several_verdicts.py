"""Several verdicts on one upload: the first one on the version that counts decides, whenever it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import force_setattr

from chalicelib.evidence.scanning.scanner_port import Scan
from chalicelib.evidence.scanning.scanners import GuardDuty
from tests.api.untouched import in_process
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.evidence.test_verdicts import scanned
from tests.fakes.files import PDF

CLEAN, MALWARE = "NO_THREATS_FOUND", "THREATS_FOUND"


class _Meanwhile(GuardDuty):
    """GuardDuty. Something else happens during the service's own check."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self._happens = happens

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        self._happens()
        with super().scan() as scan:
            yield scan


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
    scanner = _Meanwhile(lambda: scanned(company, key, "another", MALWARE))
    force_setattr(world.fakes.wiring, "scanner", scanner)

    scanned(company, key, version, CLEAN)
    world.announce(key, version, len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == "sealed"
