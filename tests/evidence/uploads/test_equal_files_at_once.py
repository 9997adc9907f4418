"""Equal files of one complaint that are checked at the same time: the first one to claim the bytes is stored."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.evidence.processing.seal import SealingInProgress
from chalicelib.ports.files import SealedObject
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import PDF
from tests.kernel.web.untouched import in_process


def test_a_file_waits_while_an_equal_one_is_being_sealed(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, world = company.file(), in_process(company)
    objects = world.fakes.objects
    first, second = (declared(company, number, "document").json for _ in range(2))
    key, seal = second["ticket"]["fields"]["key"], objects.seal
    version = objects.put(key, PDF)

    def while_the_second_arrives(*args: Any) -> SealedObject:
        monkeypatch.setattr(objects, "seal", seal)
        with pytest.raises(SealingInProgress):
            world.announce(key, version, len(PDF))
        return seal(*args)

    monkeypatch.setattr(objects, "seal", while_the_second_arrives)
    world.upload(first["ticket"], PDF)
    assert looked_at(company, number, second["id"])["state"] == "checking"
    world.announce(key, version, len(PDF))

    shown = [looked_at(company, number, one["id"]) for one in (first, second)]
    assert [(one["state"], one["same_as"]) for one in shown] == [("sealed", None), ("sealed", first["id"])]
    assert len(objects.present()) == 1
