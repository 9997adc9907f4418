"""Only a verdict on the uploaded version counts, and only a copy equal to the checked file is sealed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import force_setattr, replace

from chalicelib.evidence.scanning.scanners import GuardDuty
from chalicelib.evidence.storage.objects import SealedObject
from tests.api.untouched import in_process
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.evidence.test_verdicts import scanned
from tests.fakes.files import PDF, sha256


@pytest.mark.parametrize("status", ["NO_THREATS_FOUND", "THREATS_FOUND"])
def test_an_early_verdict_on_another_version_does_not_count(company: Organisation, status: str) -> None:
    """Both versions were uploaded with one ticket. The verdict on the second comes before the event of the first."""
    number, world = company.file(), in_process(company)
    force_setattr(world.fakes.wiring, "scanner", GuardDuty())
    answer = declared(company, number, "document").json
    key = answer["ticket"]["fields"]["key"]
    first, second = world.fakes.objects.put(key, PDF), world.fakes.objects.put(key, PDF)

    scanned(company, key, second, status)
    world.announce(key, first, len(PDF))
    assert looked_at(company, number, answer["id"])["state"] == "checking"

    scanned(company, key, first, "NO_THREATS_FOUND")
    assert looked_at(company, number, answer["id"])["state"] == "sealed"


@pytest.mark.parametrize(
    ("difference", "sealed"),
    [({"size": len(PDF) + 1}, False), ({"sha256": sha256(b"another")}, False), ({"sha256": None}, True)],
    ids=["another size", "other bytes", "the bucket computed no hash"],
)
def test_a_copy_that_differs_from_the_checked_file_is_not_sealed(
    company: Organisation, monkeypatch: pytest.MonkeyPatch, difference: dict[str, Any], sealed: bool
) -> None:
    number, world = company.file(), in_process(company)
    answer = declared(company, number, "document").json
    key, objects = answer["ticket"]["fields"]["key"], world.fakes.objects
    seal = objects.seal

    def differing(*args: Any) -> SealedObject:
        return replace(seal(*args), **difference)

    with monkeypatch.context() as broken:
        broken.setattr(objects, "seal", differing)
        if sealed:
            world.announce(key, objects.put(key, PDF), len(PDF))
        else:
            with pytest.raises(RuntimeError, match="differs from the file that was checked"):
                world.announce(key, objects.put(key, PDF), len(PDF))

    assert looked_at(company, number, answer["id"])["state"] == ("sealed" if sealed else "checking")
    assert bool(company.events(number, type_="evidence_sealed")) is sealed
