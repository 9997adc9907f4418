"""Retention: the policy's time limit for files, and legal holds, which prevail over it."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given, looked_at
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import PDF, image
from tests.helpers.fakes.pdfs import pdf
from tests.helpers.nonempty import nonempty
from tests.kernel.web.untouched import in_process


@pytest.fixture
def bureau() -> Organisation:
    """Its policy keeps files for a month."""
    made = bureau_in(InProcess("2026-09-23T09:00:00+08:00"))
    policy = made.world.call("GET", f"/v1/presets/{made.preset}").json["policy"]
    del policy["examples"]
    policy["intake"]["evidence_kept"] = "1 month"
    answer = made.world.call("POST", f"{made.path}/policy/publish", {"policy": policy}, auth=made.auth("owner"))
    assert answer.status == 201, answer.text
    return made


def ended(bureau: Organisation, content: bytes = PDF, media_type: str = "application/pdf") -> tuple[str, str]:
    """A refused case with one file: number and evidence."""
    number = at_bureau.filed(bureau)
    evidence = given(bureau, number, "document", content, media_type)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")
    return number, evidence["id"]


def types(bureau: Organisation, number: str) -> list[str]:
    return [event["type"] for event in bureau.events(number)]


def test_a_file_is_erased_after_the_policys_retention(bureau: Organisation) -> None:
    number, evidence = ended(bureau)
    bureau.world.move_to("2026-10-23T08:00:00+08:00")
    assert looked_at(bureau, number, evidence)["state"] == "sealed"

    bureau.world.move_to("2026-10-23T10:00:00+08:00")

    assert looked_at(bureau, number, evidence)["state"] == "erased"
    assert types(bureau, number)[-1] == "erased"
    assert in_process(bureau).fakes.objects.present() == set()
    assert bureau.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == 0


def test_equal_files_that_are_erased_release_their_bytes_once(bureau: Organisation) -> None:
    number, other = at_bureau.filed(bureau), at_bureau.filed(bureau)
    for where in (number, number, other):
        given(bureau, where, "document")
    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    bureau.world.move_to("2026-10-23T10:00:00+08:00")

    assert types(bureau, number)[-2:] == ["erased", "erased"]
    assert bureau.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == len(PDF)


@pytest.mark.parametrize(("content", "media_type"), [(pdf(), "application/pdf"), (image(), "image/jpeg")])
def test_the_copies_are_erased_with_the_file(bureau: Organisation, content: bytes, media_type: str) -> None:
    _, evidence = ended(bureau, content, media_type)
    objects = in_process(bureau).fakes.objects
    assert {key.split("/")[2] for key in objects.present()} >= {"sealed", "shown"}
    assert all(key.endswith(evidence) for key in nonempty(objects.present()))

    bureau.world.move_to("2026-10-23T10:00:00+08:00")

    assert objects.present() == set()


def test_a_case_that_has_not_ended_keeps_its_files(bureau: Organisation) -> None:
    number = at_bureau.filed(bureau)
    evidence = given(bureau, number, "document")

    bureau.world.move_to("2026-10-24T09:00:00+08:00")

    assert looked_at(bureau, number, evidence["id"])["state"] == "sealed"


def test_a_hold_postpones_the_erasure_and_is_recorded(bureau: Organisation) -> None:
    number, evidence = ended(bureau)
    bureau.act(number, "owner", "hold", reason="诉讼")

    bureau.world.move_to("2026-10-24T09:00:00+08:00")

    assert looked_at(bureau, number, evidence)["state"] == "sealed"
    [conflict] = bureau.events(number, type_="noted")
    assert (conflict["fields"]["conflict"], conflict["fields"]["evidence"]) == ("held", evidence)

    bureau.act(number, "owner", "release", reason="结案")
    bureau.world.move_to("2026-10-24T10:00:00+08:00")

    assert looked_at(bureau, number, evidence)["state"] == "erased"
