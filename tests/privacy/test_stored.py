"""Where data are stored and how they are protected, as the page says."""

from __future__ import annotations

from typing import Any

from tests.clauses.giving import given
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.operating import OPERATOR
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.exports.exported import seal
from tests.helpers.fakes.sealer import FakeKms
from tests.helpers.nonempty import nonempty
from tests.privacy.saying import page, proves, says
from tests.privacy.test_kept import resources
from tests.privacy.test_purpose import FACTS
from tests.retention.office import NAME, PHONE, START, TEXT, filed

__all__ = ["resources"]


@proves("region")
def test_the_page_names_the_region_of_the_deployment(office: Organisation, world: InProcess) -> None:
    assert world.fakes.wiring.region in page(office).page.text
    assert says(office, "region")


@proves("encrypted", "plain")
def test_no_item_has_a_private_value_in_plain_and_choices_are(resources: dict[str, Any]) -> None:
    world = InProcess(START)
    seal(world, FakeKms())
    bureau = bureau_in(world)
    number = filed(bureau)
    stored = [*map(repr, world.fakes.store.everything())]

    assert says(bureau, "encrypted")
    assert not any(text in one for one in nonempty(stored) for text in (NAME, PHONE, TEXT))
    assert says(bureau, "plain")
    assert any(number in one and "oral" in one for one in stored)
    assert resources["Table"]["Properties"]["SSESpecification"] == {"SSEEnabled": True}


@proves("files_stored")
def test_the_bucket_is_encrypted_and_closed_to_the_public(office: Organisation, resources: dict[str, Any]) -> None:
    bucket = resources["EvidenceBucket"]["Properties"]
    number = office.file()
    file = given(office, number, "screenshot")["id"]

    assert says(office, "files_stored")
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    path = f"{office.path}/complaints/{number}/evidence/{file}/link"
    assert office.world.call("GET", path).status == 401


@proves("transport")
def test_browsers_are_told_to_use_https_alone(office: Organisation, resources: dict[str, Any]) -> None:
    assert says(office, "transport")
    assert "max-age=63072000" in page(office).answer.headers["Strict-Transport-Security"]
    assert office.world.fakes.wiring.address.startswith("https://")  # type: ignore[attr-defined]


@proves("operator")
def test_no_operators_route_shows_a_complaint(office: Organisation, world: InProcess) -> None:
    office.always = {"facts": FACTS}
    number = office.file()
    document = world.call("GET", "/v1/openapi.json").json["paths"]
    routes = [path for path, one in document.items() if path.startswith("/v1/ops") and "get" in one]
    named = {"{tenant}": office.id, "{number}": number}
    answers = []
    for route in nonempty(routes):
        path = route
        for name, value in named.items():
            path = path.replace(name, value)
        answers.append(world.client.request("GET", path, None, operator=OPERATOR))

    assert says(office, "operator")
    assert any(answer.status == 200 for answer in answers)
    assert not any(text in answer.text for answer in answers for text in FACTS.values())
    refused = world.client.request("GET", f"{office.path}/complaints/{number}", None, operator=OPERATOR)
    assert refused.status == 401


@proves("operator_keys")
def test_the_key_of_an_organisation_is_wrapped_by_a_key_of_the_account(resources: dict[str, Any]) -> None:
    world, kms = InProcess(START), FakeKms()
    seal(world, kms)
    bureau = bureau_in(world)
    filed(bureau)

    assert says(bureau, "operator_keys")
    assert any(call.startswith("GenerateDataKey") for call in kms.calls)
    assert [one["Type"] for one in resources.values()].count("AWS::KMS::Key") >= 1
