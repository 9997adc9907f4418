"""The deployed policies allow exactly the AWS calls that the functions make in a run of the whole product (`life`).

moto checks no policies, so the calls are recorded. The evaluator then checks each with its keys: as the function's own
role, or as `tenant-data` or `tenant-erasure` with the tag of the bound tenant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from infra.checks import trees
from infra.iam.deployed import Deployed
from infra.iam.evaluate import Document, IamRequest, decide
from infra.iam.patterns import matches
from infra.local.resources.resource import local_name
from infra.local.stack import run_stack
from tests.infra import aws_operations, permissions
from tests.infra.aws_calls import Asked, Recorder
from tests.infra.conftest import START
from tests.infra.life import lived

FUNCTIONS = {
    "api": "api",
    "sweep": "sweep",
    "wake": "wake",
    "park": "park",
    "relay": "relay",
    "effects": "effects",
    "hooks": "hooks",
    "object_created": "object-created",
}
"""Each function of app.py with the name of its policy file."""
RESOURCES = {"cognito-idp": "UserPool", "secretsmanager": "ServerKeys"}
QUEUES = {
    local_name(name): name
    for name in ("DueQueue", "DueDeadLetters", "EffectsQueue", "EffectsDeadLetters", "HooksQueue", "HooksDeadLetters")
}
ROLES = {"tenant-data": "TenantData", "tenant-erasure": "TenantErasure"}
OF_LAMBDA = "Lambda itself does it, for the function's logs, traces, event sources and network"
NOT_BY_CODE: Mapping[str, str] = {
    "ec2:*": OF_LAMBDA,
    "logs:*": OF_LAMBDA,
    "xray:*": OF_LAMBDA,
    "sqs:ChangeMessageVisibility": OF_LAMBDA,
    "sqs:DeleteMessage": OF_LAMBDA,
    "sqs:ReceiveMessage": OF_LAMBDA,
    "sqs:GetQueueAttributes": OF_LAMBDA,
    "dynamodb:DescribeStream": OF_LAMBDA,
    "dynamodb:GetRecords": OF_LAMBDA,
    "dynamodb:GetShardIterator": OF_LAMBDA,
    "dynamodb:ListStreams": OF_LAMBDA,
}
NOT_MADE = {
    "s3:UploadPartCopy": "only for files above 512 MiB; tests/kernel/store/on_aws/test_copies_in_parts.py copies them"
}
"""Operations that the run does not need."""
NOT_WALKED: Mapping[tuple[str, str], str] = {
    ("park", "sqs:SendMessage"): "a batch of several is given up only where it kills its worker each time",
    ("park", "dynamodb:DeleteItem"): "one that is acted on while it is being quarantined is removed from the list",
    ("wake", "dynamodb:PutItem"): "an organisation of a release without the list of organisations gets its row",
    ("api", "kms:Decrypt"): "the one process of this run generates the operators' data key; other processes unwrap it",
    ("tenant-erasure", "s3:AbortMultipartUpload"): "an export that an erasure interrupts is given up",
}


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEBHOOKS", "loopback")
        with run_stack(0, START, recorder.load) as url, recorder.recording():
            lived(url, recorder)
            yield recorder


@pytest.fixture(scope="module")
def asked(recorder: Recorder) -> dict[str, set[Asked]]:
    return recorder.asked


@cache
def read() -> Deployed:
    return Deployed()


@cache
def needed_of_aws() -> Mapping[str, set[str]]:
    return aws_operations.asked_for()


def request_of(deployed: Deployed, one: Asked, names: Mapping[str, str]) -> IamRequest:
    service = one.action.partition(":")[0]
    context: dict[str, str | list[str]] = {"aws:PrincipalTag/TenantId": one.tenant} if one.tenant else {}
    if service == "dynamodb":
        resource = deployed.arn("Table") + (f"/index/{one.index}" if one.index else "")
        context["dynamodb:LeadingKeys"] = list(one.leading_keys)
    elif one.action.startswith("s3:List"):
        resource, context["s3:prefix"] = deployed.arn("EvidenceBucket"), one.object
    elif service == "s3":
        resource = f"{deployed.arn('EvidenceBucket')}/{one.object}"
    elif service == "ses":
        resource = "arn:aws:ses:eu-central-1:123456789012:identity/example.com"
        context["ses:FromAddress"] = deployed.ref("MailFrom")
    else:
        resource = deployed.arn(QUEUES[one.queue] if one.queue else RESOURCES.get(service) or names[one.arn])
    if one.encryption:
        context |= {"kms:EncryptionContextKeys": ["tenant"], "kms:EncryptionContext:tenant": one.encryption}
    if one.purpose:
        context |= {"kms:EncryptionContextKeys": ["purpose"], "kms:EncryptionContext:purpose": one.purpose}
    if service == "sts":
        context |= {"aws:RequestTag/TenantId": "some-tenant", "aws:TagKeys": ["TenantId"]}
    return IamRequest(one.action, resource, context)


@pytest.mark.slow
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_make_its_calls(recorder: Recorder, function: str) -> None:
    assert recorder.asked[function], "the walk does not reach this function"
    deployed = read()
    own = deployed.function(FUNCTIONS[function])
    refused = [
        one
        for one in recorder.asked[function]
        if decide(deployed.tenant_data(one.role) if one.tenant else own, request_of(deployed, one, recorder.names))
        != "Allowed"
    ]
    assert refused == []


@pytest.mark.slow
def test_the_run_makes_every_call_in_the_code(recorder: Recorder) -> None:
    assert needed_of_aws().keys() - recorder.operations == set(NOT_MADE)
    assert recorder.operations <= needed_of_aws().keys()


def test_every_call_in_the_code_is_allowed_by_a_policy() -> None:
    allowed = {action for policies in every_policy().values() for action in actions(policies)}
    needed = {name for operation in needed_of_aws() for name in permissions.of_operation(operation)}
    assert {name for name in needed if not {name, f"{name}Version"} & allowed} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("self._clients.sqs().purge_queue(QueueUrl=x)", {"sqs:PurgeQueue"}),
        ("s3.get_paginator('list_objects_v2')", {"s3:ListObjectsV2"}),
        ("self._s3(key).generate_presigned_url('get_object', Params=x)", {"s3:GetObject"}),
        ("store.query(pk)", set()),
    ],
)
def test_operations_are_found_in_source(source: str, found: set[str]) -> None:
    assert set(aws_operations.in_source(trees.nodes_in(source))) == found


def test_an_unknown_client_is_an_error() -> None:
    with pytest.raises(ValueError, match="is this a client"):
        set(aws_operations.in_source(trees.nodes_in("bucket_client.delete_objects(Bucket=x)")))


def every_policy() -> dict[str, list[Document]]:
    deployed = read()
    own = {function: deployed.function(name) for function, name in FUNCTIONS.items()}
    return own | {name: deployed.tenant_data(role) for name, role in ROLES.items()}


def actions(policies: list[Document]) -> set[str]:
    """The allowed actions."""
    return {
        action
        for document in policies
        for statement in document["Statement"]
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
    }


@pytest.mark.parametrize("who", [*FUNCTIONS, *ROLES])
def test_every_allowed_action_is_used(asked: dict[str, set[Asked]], who: str) -> None:
    every = [one for calls in asked.values() for one in calls]
    made = {one.action for one in every if one.tenant and ROLES.get(who) == one.role}
    made |= {one.action for one in asked[who] if not one.tenant} if who in FUNCTIONS else set()
    needless = {
        action
        for action in actions(every_policy()[who]) - made
        if not any(matches(known, action, {}) for known in NOT_BY_CODE) and (who, action) not in NOT_WALKED
    }
    assert needless == set()


def test_a_tenants_items_are_requested_only_with_its_credentials(asked: dict[str, set[Asked]]) -> None:
    foreign = {
        one
        for calls in asked.values()
        for one in calls
        for key in one.leading_keys
        if key.startswith("T#") != bool(one.tenant) or (one.tenant and key.split("#")[1] != one.tenant)
    }
    assert foreign == set()


def test_a_process_assumes_the_role_once_per_tenant(recorder: Recorder) -> None:
    """For hundreds of requests: in the steady state, scoped credentials add no call to a request (a budget)."""
    assert set(recorder.assumed.values()) == {1}


def test_the_sweep_requests_no_tenants_items(asked: dict[str, set[Asked]]) -> None:
    assert {one.tenant for one in asked["sweep"]} == {""}


def test_data_keys_are_generated_and_decrypted_with_the_tenants_credentials(asked: dict[str, set[Asked]]) -> None:
    opened = {one for calls in asked.values() for one in calls if one.encryption}
    assert {one.action for one in opened} == {"kms:GenerateDataKey", "kms:Decrypt"}
    assert [one for one in opened if one.encryption != one.tenant] == []
