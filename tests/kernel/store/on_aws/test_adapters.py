"""The AWS adapters of the ports, on moto. moto does not check POST policies, so the tests read the signed policy."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.access.cognito import CognitoIdentity
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.features.messages.sqs import BATCH_BYTES, NotEnqueued, SqsQueue, batches, parse_body
from chalicelib.ports import QueueMessage
from chalicelib.ports.files import UploadPart
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.helpers.nonempty import nonempty

REGION = "eu-central-1"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))


@pytest.fixture
def aws() -> Any:
    """An unbound client for arranging: `aws("sqs")`."""
    return lambda service: boto3.client(service, region_name=REGION)


@pytest.fixture
def pool(clients: Clients, aws: Any) -> str:
    made = aws("cognito-idp").create_user_pool(PoolName="people", UsernameAttributes=["email"])
    return str(made["UserPool"]["Id"])


def test_a_new_person_gets_a_sub_and_a_temporary_password(clients: Clients, pool: str) -> None:
    invitation = CognitoIdentity(clients, pool).invite("lin@shop.example")
    assert invitation.sub
    assert invitation.password


def test_cognito_sends_no_mail_of_its_own(clients: Clients, pool: str) -> None:
    asked: list[Any] = []
    clients.cognito().meta.events.register(
        "provide-client-params.cognito-idp.AdminCreateUser", lambda params, **_: asked.append(dict(params))
    )
    CognitoIdentity(clients, pool).invite("lin@shop.example")
    assert [params["MessageAction"] for params in asked] == ["SUPPRESS"]


def test_the_same_address_in_other_letters_is_the_same_person(clients: Clients, pool: str) -> None:
    identity = CognitoIdentity(clients, pool)
    assert identity.invite("lin@shop.example").sub == identity.invite(" Lin@Shop.Example ").sub


def test_a_person_who_never_signed_in_gets_a_new_temporary_password(clients: Clients, pool: str) -> None:
    identity = CognitoIdentity(clients, pool)
    first, second = identity.invite("lin@shop.example"), identity.invite("lin@shop.example")
    assert second.password not in (None, first.password)


def test_looking_up_a_person_keeps_the_password(clients: Clients, pool: str, aws: Any) -> None:
    identity = CognitoIdentity(clients, pool)
    made = identity.find_or_create("lin@shop.example")
    invited = identity.invite("lin@shop.example")
    asked: list[Any] = []
    events = clients.cognito().meta.events
    events.register("before-call.cognito-idp.AdminSetUserPassword", lambda **_: asked.append(1))
    assert (identity.find_or_create(" Lin@shop.example"), invited.sub, asked) == (made, made, [])


def test_a_person_who_has_signed_in_keeps_their_password(clients: Clients, pool: str, aws: Any) -> None:
    identity = CognitoIdentity(clients, pool)
    identity.invite("lin@shop.example")
    aws("cognito-idp").admin_set_user_password(
        UserPoolId=pool, Username="lin@shop.example", Password="Chosen-by-Lin-1", Permanent=True
    )
    assert identity.invite("lin@shop.example").password is None


@pytest.fixture
def queue_url(clients: Clients, aws: Any) -> str:
    return str(aws("sqs").create_queue(QueueName="effects")["QueueUrl"])


def _enqueued(sqs: Any, url: str) -> list[QueueMessage]:
    bodies: list[QueueMessage] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [parse_body(message["Body"]) for message in messages]
    return bodies


def test_more_messages_than_a_batch_all_arrive(clients: Clients, queue_url: str, aws: Any) -> None:
    sent = [QueueMessage(tenant="acme", body=f'{{"n":{n}}}') for n in range(23)]
    SqsQueue(clients, queue_url).send(sent)
    assert sorted(m.body for m in _enqueued(aws("sqs"), queue_url)) == sorted(m.body for m in sent)


def test_a_message_of_an_earlier_version_is_read() -> None:
    """They may wait in the queues during a deployment: JSON with spaces after the separators."""
    assert parse_body('{"tenant": "acme", "body": "{\\"n\\": 1}"}') == QueueMessage("acme", '{"n": 1}')


def test_a_delay_applies_only_to_its_messages(clients: Clients, queue_url: str, aws: Any) -> None:
    queue = SqsQueue(clients, queue_url)
    queue.send([QueueMessage("acme", "later")], 900)
    queue.send([QueueMessage("acme", "now")])
    assert [message.body for message in _enqueued(aws("sqs"), queue_url)] == ["now"]
    assert queue.depth() == 2


def _refusing(clients: Clients, times: int) -> list[int]:
    """Let SQS reject the first entry of a batch `times` times. Returns the sizes of the batches sent."""
    sizes: list[int] = []

    def refuse(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        sizes.append(len(params["Entries"]))
        context["refused"] = params["Entries"].pop(0)["Id"] if len(sizes) <= times and params["Entries"][1:] else None

    def report(parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if context["refused"] is not None:
            parsed.setdefault("Failed", []).append({"Id": context["refused"], "SenderFault": False, "Code": "Busy"})

    events = clients.sqs().meta.events
    events.register("before-parameter-build.sqs.SendMessageBatch", refuse)
    events.register("after-call.sqs.SendMessageBatch", report)
    return sizes


def test_a_message_that_sqs_refused_is_sent_again_alone(clients: Clients, queue_url: str, aws: Any) -> None:
    sizes = _refusing(clients, times=1)
    SqsQueue(clients, queue_url).send([QueueMessage("acme", str(n)) for n in range(3)])
    assert sizes == [3, 1]
    assert sorted(m.body for m in _enqueued(aws("sqs"), queue_url)) == ["0", "1", "2"]


def test_messages_refused_for_good_are_an_error(clients: Clients, queue_url: str) -> None:
    def report(parsed: dict[str, Any], **_: Any) -> None:
        parsed["Failed"] = [{"Id": "0", "SenderFault": True, "Code": "Never"}]

    clients.sqs().meta.events.register("after-call.sqs.SendMessageBatch", report)
    with pytest.raises(NotEnqueued):
        SqsQueue(clients, queue_url).send([QueueMessage("acme", "0")])


def test_a_batch_stays_within_the_bytes_that_aws_allows() -> None:
    bodies = [("acme", "好" * 40_000)] * 5  # 120 kB each
    assert [len(batch) for batch in batches(bodies)] == [2, 2, 1]
    assert all(sum(len(body.encode()) for _, body in batch) <= BATCH_BYTES for batch in nonempty(batches(bodies)))


@pytest.fixture
def ticket(clients: Clients) -> dict[str, Any]:
    """A ticket for 1,234 bytes of JPEG: `fields`, `url` and the decoded POST policy."""
    with binding.tenant("acme"):
        made = S3Objects(clients, "evidence").upload_ticket(
            object_keys.quarantine(CaseRef("acme", "202611-000001"), "v1"),
            size=1234,
            media_type="image/jpeg",
            sha256=DIGEST,
            seconds=300,
        )
    return {"url": made.url, "fields": made.fields, **json.loads(base64.b64decode(made.fields["policy"]))}


CHECKSUM = base64.b64encode(bytes.fromhex(DIGEST)).decode()


@pytest.mark.parametrize(
    "condition",
    [
        {"bucket": "evidence"},
        {"key": "T/acme/quarantine/202611-000001/v1"},
        {"Content-Type": "image/jpeg"},
        {"x-amz-checksum-sha256": CHECKSUM},
        ["content-length-range", 1234, 1234],
    ],
    ids=str,
)
def test_a_ticket_is_good_for_exactly_one_file(ticket: dict[str, Any], condition: Any) -> None:
    assert condition in ticket["conditions"]


def test_a_ticket_allows_no_key_prefix(ticket: dict[str, Any]) -> None:
    assert [c for c in ticket["conditions"] if isinstance(c, list)] == [["content-length-range", 1234, 1234]]


def test_a_ticket_is_signed_with_version_4(ticket: dict[str, Any]) -> None:
    assert ticket["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_a_tickets_fields_are_those_that_its_policy_names(ticket: dict[str, Any]) -> None:
    named = {name for c in ticket["conditions"] if isinstance(c, dict) for name in c} - {"bucket"}
    assert named == set(ticket["fields"]) - {"policy", "x-amz-signature"}


@pytest.mark.parametrize("key", ["T/other/202611-000001/v1", "T/acme2/x", "x"])
def test_no_ticket_outside_the_bound_tenants_prefix(clients: Clients, key: str) -> None:
    with binding.tenant("acme"), pytest.raises(binding.Unbound):
        S3Objects(clients, "evidence").upload_ticket(key, size=1, media_type="image/jpeg", sha256=DIGEST, seconds=300)


def test_the_ticket_of_a_form_is_good_for_one_key_a_bounded_size_and_one_way_back(clients: Clients) -> None:
    back = "https://redress.example/t/acme/case/202611-000001?told=uploaded"
    with binding.tenant("acme"):
        made = S3Objects(clients, "evidence").form_ticket("T/acme/x", most=20, back=back, seconds=600)
    conditions = json.loads(base64.b64decode(made.fields["policy"]))["conditions"]
    assert [one for one in conditions if isinstance(one, list)] == [
        ["starts-with", "$x-amz-meta-name", ""],
        ["content-length-range", 1, 20],
    ]
    named = {name: value for one in conditions if isinstance(one, dict) for name, value in one.items()}
    assert (named["key"], named["success_action_redirect"]) == ("T/acme/x", back)
    assert named["Content-Type"] == "application/octet-stream"
    assert named.keys() - {"bucket"} == made.fields.keys() - {"policy", "x-amz-signature", "x-amz-meta-name"}
    assert made.fields["x-amz-meta-name"] == "${filename}"


def test_all_tickets_lead_to_the_origin_that_pages_allow(clients: Clients) -> None:
    objects = S3Objects(clients, "evidence")
    with binding.tenant("acme"):
        origin = objects.upload_origin()
        ticket = objects.upload_ticket("T/acme/x", size=1, media_type="a/b", sha256=DIGEST, seconds=300)
        [part] = objects.part_tickets("T/acme/x", "upload", [UploadPart(1, 1, DIGEST)], seconds=300)
    assert origin.startswith("https://evidence.s3.")
    assert {url.partition("/x")[0].removesuffix("/T/acme").rstrip("/") for url in (ticket.url, part.url)} == {origin}


@pytest.mark.parametrize(("key", "seconds"), [("T/acme/${filename}", 600), ("T/acme/x", 601)])
def test_no_form_for_an_open_key_or_a_long_time(clients: Clients, key: str, seconds: int) -> None:
    with binding.tenant("acme"), pytest.raises(ValueError, match=r"must not contain|lifetime must be"):
        S3Objects(clients, "evidence").form_ticket(key, most=1, back="https://redress.example/", seconds=seconds)


def test_no_ticket_without_a_tenant(clients: Clients) -> None:
    with pytest.raises(binding.Unbound):
        S3Objects(clients, "evidence").upload_ticket("T/acme/x", size=1, media_type="a/b", sha256=DIGEST, seconds=300)


@pytest.mark.parametrize(("key", "seconds"), [("T/acme/${filename}", 300), ("T/acme/x", 301), ("T/acme/x", 0)])
def test_no_ticket_for_an_open_key_or_a_long_time(clients: Clients, key: str, seconds: int) -> None:
    with binding.tenant("acme"), pytest.raises(ValueError, match=r"must not contain|lifetime must be"):
        S3Objects(clients, "evidence").upload_ticket(key, size=1, media_type="a/b", sha256=DIGEST, seconds=seconds)


def test_a_ticket_on_a_local_stack_names_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    own = binding.OwnCredentials(boto3.session.Session())
    local = S3Objects(Clients(region=REGION, provider=own, endpoint="http://127.0.0.1:4599"), "evidence")
    with binding.tenant("acme"):
        made = local.upload_ticket("T/acme/x", size=1, media_type="a/b", sha256=DIGEST, seconds=300)
    assert made.url == "http://127.0.0.1:4599/evidence"


def test_a_client_without_a_binding_sends_nothing(clients: Clients, aws: Any, queue_url: str) -> None:
    with pytest.raises(binding.Unbound):
        clients.sqs().send_message(QueueUrl=queue_url, MessageBody="{}")


def test_an_outage_is_not_swallowed(clients: Clients) -> None:
    with pytest.raises(ClientError):
        SqsQueue(clients, f"https://sqs.{REGION}.amazonaws.com/{DEFAULT_ACCOUNT_ID}/gone").send(
            [QueueMessage("acme", "{}")]
        )


def test_adapters_import_no_aws_library() -> None:
    modules = (
        *("access.cognito", "crypto.secrets", "features.messages.mail.ses", "features.messages.sqs"),
        "features.evidence.storage.s3_objects",
    )
    imports = "; ".join(f"import chalicelib.{module}" for module in modules)
    code = f"{imports}; import sys; print([m for m in sys.modules if 'boto' in m])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
