"""What the functions ask AWS for, while complaints are filed, missed and escalated, their deployed policies allow.

moto checks no policy, so the calls are noted, and each is put to the evaluator with its keys: as the function's own
role, or as `tenant-data` under the bound tenant's tag.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.iam.deployed import Deployed
from infra.iam.evaluate import Request, decide
from infra.local import demo
from infra.local.api_client import ApiClient
from infra.local.made import local_name
from infra.local.stack import running
from tests.infra.aws_calls import Asked, Recorder
from tests.infra.conftest import START

FUNCTIONS = {
    "api": "api",
    "sweep": "sweep",
    "wake": "wake",
    "relay": "relay",
    "effects": "effects",
    "object_created": "object-created",
}
OF_SERVICE = {
    "cognito-idp": "UserPool",
    "secretsmanager": "ServerKeys",
    "sts": "TenantData",
    "kms": "Key",
}
QUEUES = {local_name(name): name for name in ("DueQueue", "DueDeadLetters", "EffectsQueue", "EffectsDeadLetters")}
WALKED = ["api", "sweep", "wake", "relay", "effects"]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    with running(0, START, recorder.load) as url, recorder.recording():
        client = ApiClient(url)
        agent = demo.make(client, "corporate-standard")["people"][1]
        token = client.sign_in(agent["email"], agent["password"])
        client.get("/v1/t/demo-corporate-standard/complaints", token)
        client.post("/_local/clock", {"advance": "10 days"})
        yield recorder


@pytest.fixture(scope="module")
def asked(recorder: Recorder) -> dict[str, set[Asked]]:
    return recorder.asked


def request_of(deployed: Deployed, one: Asked) -> Request:
    service = one.action.partition(":")[0]
    context: dict[str, str | list[str]] = {}
    if service == "dynamodb":
        resource = deployed.arn("Table") + (f"/index/{one.index}" if one.index else "")
        context["dynamodb:LeadingKeys"] = list(one.leading_keys)
    elif one.action == "s3:ListBucketVersions":
        resource = deployed.arn("EvidenceBucket")
        context["s3:prefix"] = one.object
    elif service == "s3":
        resource = f"{deployed.arn('EvidenceBucket')}/{one.object}"
    elif service == "ses":
        resource = "arn:aws:ses:eu-central-1:123456789012:identity/example.com"
        context["ses:FromAddress"] = deployed.ref("MailFrom")
    else:
        resource = deployed.arn(QUEUES[one.queue] if service == "sqs" else OF_SERVICE[service])
    if service == "kms":
        context |= {"kms:EncryptionContextKeys": ["tenant"], "kms:EncryptionContext:tenant": one.encryption}
    tag = {"aws:PrincipalTag/TenantId": one.tenant} if one.tenant else {}
    named = {"aws:RequestTag/TenantId": "some-tenant", "aws:TagKeys": ["TenantId"]} if service == "sts" else {}
    return Request(one.action, resource, {**context, **tag, **named})


@pytest.mark.parametrize("function", WALKED)
def test_a_function_may_do_what_it_asks_for(asked: dict[str, set[Asked]], function: str) -> None:
    assert asked[function], "the walk does not reach this function"
    deployed = Deployed()
    own, vended = deployed.function(FUNCTIONS[function]), deployed.tenant_data()
    refused = [
        one for one in asked[function] if decide(vended if one.tenant else own, request_of(deployed, one)) != "Allowed"
    ]
    assert refused == []


@pytest.mark.parametrize(
    "action",
    ["ses:SendRawEmail", "cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserPassword"],
)
def test_the_hourly_job_may_mail_an_invitation_that_was_cut_off(action: str) -> None:
    deployed = Deployed()
    assert decide(deployed.function("wake"), request_of(deployed, Asked("", action))) == "Allowed"


@pytest.mark.parametrize("function", [name for name in WALKED if name != "sweep"])
def test_a_tenants_items_are_asked_for_in_its_own_name_only(asked: dict[str, set[Asked]], function: str) -> None:
    tenants = {one.tenant for one in asked[function] for key in one.leading_keys if key.startswith("T#")}
    assert tenants == {"demo-corporate-standard"}


def test_one_assume_role_serves_all_that_a_process_does_for_a_tenant(recorder: Recorder) -> None:
    """Hundreds of requests; in the steady state vending adds no call to any (a budget)."""
    assert recorder.assumed == {"demo-corporate-standard": 1}


def test_the_sweep_reaches_no_tenants_items(asked: dict[str, set[Asked]]) -> None:
    assert {one.tenant for one in asked["sweep"]} == {""}


def test_the_walk_seals_under_a_data_key_of_the_tenant(asked: dict[str, set[Asked]]) -> None:
    assert {one.tenant for one in asked["api"] if one.action == "kms:GenerateDataKey"} == {"demo-corporate-standard"}
