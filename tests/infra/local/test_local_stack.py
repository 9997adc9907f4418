"""The local stack simulates AWS: streams, queues, uploads, sign-ins, mail, schedules."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
import urllib.request
from typing import Any

import boto3
import botocore.session
import pytest

from chalicelib.access import binding
from chalicelib.access.binding import OwnCredentials
from chalicelib.access.clients import Clients
from chalicelib.access.scoped_credentials import AssumeRole, ScopedCredentials
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.features.messages.mail.ses import compose
from chalicelib.kit.instants import DAY, MINUTE, from_text, to_text
from chalicelib.kit.system_clock import real_time
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from infra.local.api_client import ApiClient, RequestFailed
from infra.local.events.stream import MAX_ATTEMPTS
from infra.local.s3.signing_keys import secret_lookup
from tests.infra.conftest import START, Local

REGION = "eu-central-1"


@pytest.fixture
def api(local: Local) -> ApiClient:
    return ApiClient(local.url)


def settle(api: ApiClient, local: Local) -> None:
    """Moving the clock returns after all effects are delivered."""
    api.post("/_local/clock", {"advance": "0 seconds"})


def put(local: Local, pk: str, sk: str, **more: Any) -> None:
    item = {"pk": {"S": pk}, "sk": {"S": sk}, **more}
    boto3.client("dynamodb", region_name=REGION).put_item(TableName=local.app.settings.table, Item=item)


def send(local: Local, *bodies: str) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    for body in bodies:
        sqs.send_message(QueueUrl=local.app.settings.effects_queue, MessageBody=body)


def dead_letters(queue: str) -> list[str]:
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=f"redress-local-{queue}deadletters")["QueueUrl"]
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in found]


def keys_of(event: dict[str, Any]) -> list[str]:
    return [record["dynamodb"]["Keys"]["sk"]["S"] for record in event["Records"]]


def test_the_relay_gets_inserted_events_and_nothing_else(local: Local, api: ApiClient) -> None:
    local.app.relayed.clear()
    put(local, "T#acme#C#1", "S")
    put(local, "T#acme#C#1", "E#00000001")
    put(local, "T#acme#C#1", "P#00000001#0")
    settle(api, local)
    records = [record for event in local.app.relayed for record in event["Records"]]
    assert [record["dynamodb"]["Keys"]["sk"]["S"] for record in records] == ["E#00000001"]
    assert records[0]["eventName"] == "INSERT"
    assert records[0]["eventSource"] == "aws:dynamodb"
    assert "NewImage" not in records[0]["dynamodb"]


def test_a_failed_record_is_retried_until_it_expires_and_becomes_a_dead_letter(local: Local, api: ApiClient) -> None:
    local.app.relayed.clear()
    local.app.failing_records = {"E#00000066"}
    put(local, "T#acme#C#2", "E#00000066")
    put(local, "T#acme#C#2", "E#00000067")
    settle(api, local)
    assert [keys_of(event)[0] for event in local.app.relayed].count("E#00000066") == MAX_ATTEMPTS
    assert keys_of(local.app.relayed[-1]) == ["E#00000067"]
    assert "startSequenceNumber" in dead_letters("relay")[0]


def test_messages_reach_the_worker_and_are_deleted(local: Local, api: ApiClient) -> None:
    local.app.worked.clear()
    send(local, "one", "two")
    settle(api, local)
    settle(api, local)
    assert sorted(record["body"] for event in local.app.worked for record in event["Records"]) == ["one", "two"]


def test_only_the_failed_message_is_retried_until_it_is_a_dead_letter(local: Local, api: ApiClient) -> None:
    local.app.worked.clear()
    local.app.failing_bodies = {"bad"}
    send(local, "good", "bad")
    settle(api, local)
    bodies = [record["body"] for event in local.app.worked for record in event["Records"]]
    assert (bodies.count("good"), bodies.count("bad")) == (1, 5)
    assert dead_letters("effects") == ["bad"]


def vending(local: Local) -> ScopedCredentials:
    session = botocore.session.Session()
    assume = AssumeRole(session, region=REGION, role=local.app.settings.tenant_role)
    return ScopedCredentials(OwnCredentials(session), assume, real_time)


class TestUploads:
    """A ticket as package `evidence` creates it, posted like a browser."""

    DATA = "收据".encode()
    KEY = object_keys.quarantine(CaseRef("acme", "202611-000001"), "0" * 32)

    def ticket(self, local: Local, seconds: int = 60) -> Any:
        digest = hashlib.sha256(self.DATA).hexdigest()
        objects = S3Objects(Clients(region=REGION, provider=vending(local)), local.app.settings.bucket)
        with binding.tenant("acme"):
            return objects.upload_ticket(
                self.KEY, size=len(self.DATA), media_type="text/plain", sha256=digest, seconds=seconds
            )

    def post(self, url: str, fields: dict[str, str], data: bytes) -> int:
        parts = [(name, value.encode()) for name, value in fields.items()] + [("file", data)]
        body = b"".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
            for name, value in parts
        )
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        request = urllib.request.Request(url, body + b"--b--\r\n", headers)
        try:
            with urllib.request.urlopen(request) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def upload(self, local: Local) -> None:
        ticket = self.ticket(local)
        assert self.post(ticket.url, dict(ticket.fields), self.DATA) == 204

    def test_a_good_upload_is_kept_and_announced(self, local: Local, api: ApiClient) -> None:
        local.app.objects.clear()
        self.upload(local)
        settle(api, local)
        [event] = local.app.objects
        assert event["detail-type"] == "Object Created"
        assert event["detail"]["object"]["key"] == self.KEY
        s3 = boto3.client("s3", region_name=REGION)
        kept = s3.get_object(Bucket=local.app.settings.bucket, Key=self.KEY, ChecksumMode="ENABLED")
        assert (kept["Body"].read(), kept["ContentType"]) == (self.DATA, "text/plain")
        assert kept["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(self.DATA).digest()).decode()
        assert event["detail"]["object"]["version-id"] == kept["VersionId"]

    def test_an_upload_that_breaks_its_policy_leaves_nothing(self, local: Local, api: ApiClient) -> None:
        local.app.objects.clear()
        ticket = self.ticket(local)
        fields = {**ticket.fields, "key": self.KEY + "-other"}
        assert self.post(ticket.url, fields, self.DATA) == 403
        settle(api, local)
        assert local.app.objects == []

    def test_an_expired_ticket_is_refused(self, local: Local, api: ApiClient) -> None:
        """Waits in real time, because tests cannot move the time of signature checks."""
        ticket = self.ticket(local, seconds=1)
        while self.post(ticket.url, dict(ticket.fields), self.DATA) == 204:
            pass
        settle(api, local)
        local.app.objects.clear()

        assert self.post(ticket.url, dict(ticket.fields), self.DATA) == 403
        settle(api, local)
        assert local.app.objects == []

    def test_a_tenants_access_key_is_valid_only_with_its_session_token(self, local: Local) -> None:
        vended = vending(local).credentials(binding.Binding("tenant", "acme"))
        assert secret_lookup(vended.token)(vended.access_key) == vended.secret_key
        assert [secret_lookup(token)(vended.access_key) for token in (None, "", "another")] == [None] * 3

    def test_another_bucket_is_404(self, local: Local) -> None:
        ticket = self.ticket(local)
        assert self.post(ticket.url + "-other", dict(ticket.fields), self.DATA) == 404


def test_an_invited_person_signs_in_with_the_mailed_password_and_again(local: Local, api: ApiClient) -> None:
    pool = local.app.settings.user_pool
    boto3.client("cognito-idp", region_name=REGION).admin_create_user(
        UserPoolId=pool, Username="wang@example.com", TemporaryPassword="Initial-Pass-1aA", MessageAction="SUPPRESS"
    )
    first = api.sign_in("wang@example.com", "Initial-Pass-1aA")
    claims = json.loads(base64.urlsafe_b64decode(first.split(".")[1] + "=="))
    assert (claims["token_use"], claims["aud"]) == ("id", local.app.settings.user_pool_client)
    assert api.sign_in("wang@example.com", "Initial-Pass-1aA")


@pytest.mark.parametrize("email", ["wang2@example.com", "nobody@example.com"])
def test_a_wrong_password_or_person_is_401(local: Local, api: ApiClient, email: str) -> None:
    with pytest.raises(RequestFailed, match="401"):
        api.sign_in(email, "Wrong-Pass-1")


def test_mails_are_shown_by_recipient(local: Local, api: ApiClient) -> None:
    ses = boto3.client("ses", region_name=REGION)
    for to in ("a@example.com", "b@example.com"):
        sender = local.app.settings.mail_from
        raw = compose(sender, to, "邀请", "Password: x-1\n", None).as_bytes()
        ses.send_raw_email(Source=sender, Destinations=[to], RawMessage={"Data": raw})
    [mail] = api.get("/_local/mail?to=a%40example.com")["mails"]
    assert (mail["to"], mail["subject"]) == (["a@example.com"], "邀请")
    assert api.password("b@example.com") == "x-1"


def put_due(local: Local, number: str, wake: int) -> None:
    index = {"due_pk": {"S": "DUE#3"}, "due_sk": {"S": f"{to_text(wake)}#acme#C#{number}"}}
    put(local, f"T#acme#C#{number}", "S", **index)


def test_moving_the_clock_runs_a_sweep_at_each_due_time(local: Local, api: ApiClient) -> None:
    now = from_text(api.post("/_local/clock", {"advance": "1 minute"})["now"])
    wake = (now // MINUTE + 90) * MINUTE
    put_due(local, "1", wake)
    local.app.sweeps.clear()
    answer = api.post("/_local/clock", {"advance": "26 hours"})
    assert from_text(answer["now"]) >= now + 26 * 60 * MINUTE
    assert to_text(wake)[:16] in [event["time"][:16] for event in local.app.sweeps]
    assert len(local.app.sweeps) < 6


def test_a_sweep_that_fails_does_not_stop_the_clock(
    local: Local, api: ApiClient, capfd: pytest.CaptureFixture[str]
) -> None:
    put_due(local, "2", local.app.clock() + MINUTE)
    local.app.sweep_fails = True
    api.post("/_local/clock", {"advance": "2 minutes"})
    local.app.sweep_fails = False
    assert "the sweep fell over" in capfd.readouterr().err


def test_an_upload_event_whose_function_fails_is_retried(local: Local, api: ApiClient) -> None:
    local.app.objects.clear()
    local.app.failing_objects = 2
    TestUploads().upload(local)
    settle(api, local)
    assert len(local.app.objects) == 3


def test_the_clock_starts_at_the_given_time_and_does_not_go_back(local: Local, api: ApiClient) -> None:
    with pytest.raises(RequestFailed, match="409"):
        api.post("/_local/clock", {"now": to_text(START - DAY)})
    assert local.app.clock() >= START


def test_the_clock_takes_a_time_with_an_offset(local: Local, api: ApiClient) -> None:
    wanted = (local.app.clock() // DAY + 1) * DAY
    answer = api.post("/_local/clock", {"now": to_text(wanted)[:-1] + "+00:00"})
    assert from_text(answer["now"]) >= wanted


@pytest.mark.parametrize(
    "body", [{}, {"now": "tomorrow"}, {"advance": "1 month"}, {"now": "x", "advance": "y"}, [], {"advance": 3}]
)
def test_an_invalid_move_is_400(api: ApiClient, body: Any) -> None:
    with pytest.raises(RequestFailed, match="400"):
        api.post("/_local/clock", body)


def test_other_local_paths_are_404(api: ApiClient) -> None:
    with pytest.raises(RequestFailed, match="404"):
        api.get("/_local/clock")
