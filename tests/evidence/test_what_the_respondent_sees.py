"""The respondent sees the files that the policy shows them: without metadata, and with neutral names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.policy.language.file_types import FILE_TYPES
from tests.clauses.giving import declared, given, looked_at
from tests.clauses.offices.marketplace import ASKED_FOR, assigned, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.evidence.check.test_file_types import GOOD
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import EICAR, HEIC, image
from tests.helpers.fakes.pdfs import pdf, stream
from tests.kernel.web.untouched import refused

NAMED = "标记甲.jpg"


@pytest.fixture
def marketplace() -> Organisation:
    """Its policy shows screenshots to the respondent, and nothing else; a shop has an account."""
    made = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    policy = made.world.call("GET", f"/v1/presets/{made.preset}").json["policy"]
    del policy["examples"]
    policy["intake"]["evidence"]["screenshot"]["shown_to"] = ["respondent"]
    auth = made.auth("owner")
    answer = made.world.call("POST", f"{made.path}/policy/publish", {"policy": policy}, auth=auth)
    assert answer.status == 201, answer.text
    assert made.world.call("POST", f"{made.path}/units", {"id": "shop", "name": "店"}, auth=auth).status == 201
    hire(made, "respondent", name="shop", unit="shop")
    return made


@pytest.fixture
def number(marketplace: Organisation) -> str:
    return assigned(marketplace, unit="shop")


def asked(marketplace: Organisation, number: str, path: str, who: str = "shop") -> Answer:
    auth = who if who.startswith("Receipt") else marketplace.auth(who, number)
    return marketplace.world.call("GET", f"{marketplace.path}/complaints/{number}{path}", auth=auth)


def link(marketplace: Organisation, number: str, evidence: dict[str, Any], copy: str) -> Answer:
    return asked(marketplace, number, f"/evidence/{evidence['id']}/link?copy={copy}")


def test_the_respondent_gets_copies_of_a_shown_image_with_neutral_names(marketplace: Organisation, number: str) -> None:
    evidence = given(marketplace, number, "screenshot", image(), "image/jpeg", name=NAMED)

    [listed] = asked(marketplace, number, "/evidence").json["evidence"]
    answer = link(marketplace, number, evidence, "shown").json

    assert (listed["id"], listed["copies"]) == (evidence["id"], ["shown", "thumbnail"])
    assert answer["name"] == f"screenshot-{evidence['id'][:8]}.jpg"
    assert b"Camera of somebody" not in marketplace.world.download(answer["url"])
    refused(link(marketplace, number, evidence, "original"), 404, "not-found")


def test_the_respondent_gets_no_image_without_copies(marketplace: Organisation, number: str) -> None:
    """HEIC is not decoded, so it has no copy without metadata."""
    evidence = given(marketplace, number, "screenshot", HEIC, "image/heic", name=NAMED)
    assert evidence["copies"] == ["original"]

    [listed] = asked(marketplace, number, "/evidence").json["evidence"]

    assert (listed["id"], listed["copies"]) == (evidence["id"], [])
    for copy in ("original", "shown", "thumbnail"):
        refused(link(marketplace, number, evidence, copy), 404, "not-found")


def test_the_respondent_gets_a_pdf_without_its_author_and_the_record_keeps_the_original(
    marketplace: Organisation, number: str
) -> None:
    content = pdf(b"<</Author(Somebody)>>", trailer=b"/Info 5 0 R")
    evidence = given(marketplace, number, "screenshot", content, name="标记甲.pdf")

    [listed] = asked(marketplace, number, "/evidence").json["evidence"]
    answer = link(marketplace, number, evidence, "shown").json

    assert (listed["copies"], evidence["copies"]) == (["shown"], ["original", "shown"])
    assert answer["name"] == f"screenshot-{evidence['id'][:8]}.pdf"
    copy = marketplace.world.download(answer["url"])
    assert copy.startswith(b"%PDF-")
    assert b"Somebody" not in copy
    refused(link(marketplace, number, evidence, "original"), 404, "not-found")
    sealed = asked(marketplace, number, f"/evidence/{evidence['id']}/link", "handler").json
    assert marketplace.world.download(sealed["url"]) == content


def test_the_respondent_gets_plain_text_unchanged_with_a_neutral_name(marketplace: Organisation, number: str) -> None:
    evidence = given(marketplace, number, "screenshot", "你好".encode(), "text/plain", name="标记甲.txt")

    answer = link(marketplace, number, evidence, "original").json

    assert answer["name"] == f"screenshot-{evidence['id'][:8]}.txt"
    assert marketplace.world.download(answer["url"]) == "你好".encode()


KEPT = sorted(name for name, one in FILE_TYPES.items() if one.metadata == "kept")


@pytest.mark.parametrize("media_type", KEPT)
def test_the_respondent_gets_no_file_whose_metadata_cannot_be_removed(
    marketplace: Organisation, number: str, media_type: str
) -> None:
    evidence = given(marketplace, number, "screenshot", GOOD[media_type], media_type, name=NAMED)
    assert evidence["copies"] == ["original"]

    [listed] = asked(marketplace, number, "/evidence").json["evidence"]

    assert (listed["id"], listed["copies"]) == (evidence["id"], [])
    for copy in ("original", "shown", "thumbnail"):
        refused(link(marketplace, number, evidence, copy), 404, "not-found")


def test_the_respondent_gets_no_pdf_that_cannot_be_cleaned(marketplace: Organisation, number: str) -> None:
    content = pdf(stream(b"picture", b"/Type/XObject/Subtype/Image/Filter/JPXDecode"))
    evidence = given(marketplace, number, "screenshot", content, name=NAMED)

    [listed] = asked(marketplace, number, "/evidence").json["evidence"]

    assert (evidence["copies"], listed["copies"]) == (["original"], [])


def test_respondents_get_their_own_files_unchanged(marketplace: Organisation, number: str) -> None:
    content = pdf(b"<</Author(Somebody)>>", trailer=b"/Info 5 0 R")
    evidence = given(marketplace, number, "screenshot", content, auth=marketplace.auth("shop", number), name="甲.pdf")

    answer = link(marketplace, number, evidence, "original").json

    assert (answer["name"], marketplace.world.download(answer["url"])) == ("甲.pdf", content)


def test_the_respondents_link_is_in_the_read_log(marketplace: Organisation, number: str) -> None:
    evidence = given(marketplace, number, "screenshot", image(), "image/jpeg")

    link(marketplace, number, evidence, "thumbnail")

    reads = marketplace.get(f"/complaints/{number}/reads", "owner")["reads"]
    assert [(read["by"], read["role"]) for read in reads if read["evidence"] == evidence["id"]] == [
        (marketplace.subs["shop"], "respondent")
    ]


def test_the_respondent_sees_no_file_of_another_kind(marketplace: Organisation, number: str) -> None:
    evidence = given(marketplace, number, "transaction")

    assert asked(marketplace, number, "/evidence").json == {"evidence": []}
    refused(asked(marketplace, number, f"/evidence/{evidence['id']}"), 404, "not-found")
    refused(link(marketplace, number, evidence, "original"), 404, "not-found")


@pytest.mark.parametrize(("arrives", "state"), [(False, "declared"), (True, "refused")])
def test_the_respondent_sees_no_file_that_is_not_sealed(
    marketplace: Organisation, number: str, arrives: bool, state: str
) -> None:
    answer = declared(marketplace, number, "screenshot", EICAR, "text/plain").json
    if arrives:
        marketplace.world.upload(answer["ticket"], EICAR)
    assert looked_at(marketplace, number, answer["id"])["state"] == state

    assert asked(marketplace, number, "/evidence").json == {"evidence": []}
    refused(asked(marketplace, number, f"/evidence/{answer['id']}"), 404, "not-found")


@pytest.mark.parametrize("giver", ["complainant", "handler"])
@pytest.mark.parametrize("path", ["", "/record", "/evidence", "/evidence/{id}", "/evidence/{id}/link?copy=shown"])
def test_the_respondent_never_gets_a_declared_file_name(
    marketplace: Organisation, number: str, giver: str, path: str
) -> None:
    auth = marketplace.auth(giver, number)
    evidence = given(marketplace, number, "screenshot", image(), "image/jpeg", auth=auth, name=NAMED)

    seen = asked(marketplace, number, path.format(id=evidence["id"]))

    assert seen.status == 200
    assert "标记甲" not in json.dumps(seen.json, ensure_ascii=False)


def test_the_organisation_sees_the_declared_name_in_the_record(marketplace: Organisation, number: str) -> None:
    """Shows that the search in the test above can find the name."""
    given(marketplace, number, "screenshot", image(), "image/jpeg", auth=marketplace.auth("handler"), name=NAMED)

    assert "标记甲" in json.dumps(asked(marketplace, number, "/record", "handler").json, ensure_ascii=False)


def test_a_demands_link_shows_no_files_that_the_respondents_account_sees(
    marketplace: Organisation, number: str
) -> None:
    given(marketplace, number, "screenshot", image(), "image/jpeg")
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    demand = str(marketplace.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    receipt = asked(marketplace, number, f"/demands/{demand}/link", "handler").json["receipt"]

    assert asked(marketplace, number, "/evidence", f"Receipt {receipt}").json == {"evidence": []}
