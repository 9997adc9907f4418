"""Downloads: who gets which copy, with which name, and the entry in the read log."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import given, looked_at
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import PDF, image
from tests.helpers.fakes.pdfs import pdf
from tests.kernel.web.untouched import in_process, refused


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def link(company: Organisation, number: str, evidence: str, who: str, copy: str = "original") -> Answer:
    path = f"{company.path}/complaints/{number}/evidence/{evidence}/link?copy={copy}"
    return company.world.call("GET", path, auth=company.auth(who, number))


def reads(company: Organisation, number: str) -> list[Any]:
    found = company.get(f"/complaints/{number}/reads", "owner")["reads"]
    return [one for one in found if one["evidence"] is not None]


def test_staff_get_the_original_with_its_name_and_are_logged(company: Organisation, number: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg", name="照片.jpg")

    answer = link(company, number, evidence["id"], "agent").json

    assert (answer["name"], answer["media_type"], answer["seconds"]) == ("照片.jpg", "image/jpeg", 120)
    assert company.world.download(answer["url"]) == image()
    [read] = reads(company, number)
    assert (read["by"], read["role"], read["evidence"]) == (company.subs["agent"], "agent", evidence["id"])


def test_complainants_get_their_own_file_with_its_name(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document", name="合同.pdf")

    answer = link(company, number, evidence["id"], "complainant").json

    assert (answer["name"], company.world.download(answer["url"])) == ("合同.pdf", PDF)


def test_members_who_may_not_know_the_complainant_get_the_complainants_file_with_a_neutral_name() -> None:
    marketplace = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(marketplace, "handler", name="colleague")
    number = accepted(marketplace)
    evidence = given(marketplace, number, "transaction", name="王五的订单.pdf")

    names = [link(marketplace, number, evidence["id"], who).json["name"] for who in ("handler", "colleague")]

    assert names == ["王五的订单.pdf", f"transaction-{evidence['id'][:8]}.pdf"]


@pytest.mark.parametrize("giver", ["complainant", "agent"])
def test_members_who_may_not_read_the_content_get_no_copy(company: Organisation, giver: str) -> None:
    policy = company.world.call("GET", f"/v1/presets/{company.preset}").json["policy"]
    del policy["examples"]
    policy["confidentiality"] = {"content": ["agent"]}
    auth = company.auth("owner")
    answer = company.world.call("POST", f"{company.path}/policy/publish", {"policy": policy}, auth=auth)
    assert answer.status == 201, answer.text
    number = company.file()
    evidence = given(company, number, "photo", image(), "image/jpeg", auth=company.auth(giver, number))

    seen = {who: looked_at(company, number, evidence["id"], company.auth(who))["copies"] for who in ("agent", "owner")}

    assert seen == {"agent": ["original", "shown", "thumbnail"], "owner": []}
    for copy in seen["agent"]:
        refused(link(company, number, evidence["id"], "owner", copy), 404, "not-found")


@pytest.mark.parametrize("who", ["agent", "complainant"])
@pytest.mark.parametrize("copy", ["original", "shown", "thumbnail"])
def test_every_link_is_in_the_read_log(company: Organisation, number: str, who: str, copy: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg")

    assert link(company, number, evidence["id"], who, copy).status == 200

    assert [(read["by"], read["role"], read["evidence"]) for read in reads(company, number)] == [
        (company.subs.get(who, "complainant"), who, evidence["id"])
    ]


def test_a_refused_link_is_not_in_the_read_log(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document")

    assert link(company, number, evidence["id"], "agent", "shown").status == 404

    assert reads(company, number) == []


@pytest.mark.parametrize("copy", ["shown", "thumbnail"])
def test_copies_of_an_image_have_neutral_names_and_no_metadata(company: Organisation, number: str, copy: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg", name="李四.jpg")

    answer = link(company, number, evidence["id"], "agent", copy).json

    assert answer["name"] == f"photo-{evidence['id'][:8]}.jpg"
    assert b"Camera of somebody" not in company.world.download(answer["url"])


def test_only_images_have_thumbnails(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document", pdf())

    assert evidence["copies"] == ["original", "shown"]
    refused(link(company, number, evidence["id"], "agent", "thumbnail"), 404, "not-found")


def test_an_unknown_copy_is_refused(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document")

    assert link(company, number, evidence["id"], "agent", "raw").status == 400


def test_a_refused_file_cannot_be_downloaded(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document", b"#!/bin/sh\n", "text/plain")

    refused(link(company, number, evidence["id"], "owner"), 404, "not-found")
    assert in_process(company).fakes.objects.links == []


def test_the_complainant_gets_a_members_image_without_metadata(company: Organisation, number: str) -> None:
    company.act(number, "agent", "accept", **WORK_ORDER)
    evidence = given(company, number, "photo", image(), "image/jpeg", auth=company.auth("agent"))

    refused(link(company, number, evidence["id"], "complainant"), 404, "not-found")
    assert link(company, number, evidence["id"], "complainant", "shown").status == 200


def test_no_link_is_issued_if_the_read_log_fails(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document")
    store = in_process(company).fakes.store

    def fail(call: Any) -> None:
        if call.name == "commit":
            raise RuntimeError("no read log")

    store.before = fail
    answer = link(company, number, evidence["id"], "agent")
    store.before = None

    assert answer.status == 500
    assert in_process(company).fakes.objects.links == []


def test_another_organisation_sees_no_file_of_this_one(company: Organisation, number: str) -> None:
    evidence = given(company, number, "document")
    other = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")

    path = f"{company.path}/complaints/{number}/evidence/{evidence['id']}"
    assert other.world.call("GET", path, auth=other.auth("owner")).status == 404


def test_the_complainant_gets_a_members_document_unchanged(company: Organisation, number: str) -> None:
    company.act(number, "agent", "accept", **WORK_ORDER)
    evidence = given(company, number, "document", pdf(), auth=company.auth("agent"))

    answer = link(company, number, evidence["id"], "complainant").json

    assert answer["name"] == f"document-{evidence['id'][:8]}.pdf"
    assert company.world.download(answer["url"]) == pdf()
