"""Only a verdict on the uploaded version counts, and only a copy equal to the checked file is sealed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import force_setattr, replace

from chalicelib.features.evidence.scanning.scanners import GuardDuty
from chalicelib.ports.files import SealedObject
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.evidence.check.test_verdicts import scanned
from tests.helpers.fakes.files import PDF, image, sha256
from tests.kernel.web.untouched import in_process


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


@pytest.mark.parametrize("copy", ["shown", "thumbnails"])
def test_two_checks_of_a_file_at_once_leave_one_version_of_each_copy(
    company: Organisation, monkeypatch: pytest.MonkeyPatch, copy: str
) -> None:
    """The second check passes the file while the first one stores this copy. The scanner's verdict comes later."""
    number, world = company.file(), in_process(company)
    force_setattr(world.fakes.wiring, "scanner", GuardDuty())
    answer = declared(company, number, "photo", image(), "image/jpeg").json
    key, objects, put = answer["ticket"]["fields"]["key"], world.fakes.objects, world.fakes.objects.put
    version = put(key, image())

    def while_the_second_check_runs(at: str, *args: Any, **named: Any) -> str:
        if f"/{copy}/" in at:
            monkeypatch.setattr(objects, "put", put)
            world.announce(key, version, len(image()))
        return put(at, *args, **named)

    monkeypatch.setattr(objects, "put", while_the_second_check_runs)
    world.announce(key, version, len(image()))
    scanned(company, key, version, "NO_THREATS_FOUND")

    assert looked_at(company, number, answer["id"])["copies"] == ["original", "shown", "thumbnail"]
    copies = {place.split("/")[2]: len(versions) for place, versions in objects.stored.items() if place != key}
    assert copies == {"sealed": 1, "shown": 1, "thumbnails": 1}
