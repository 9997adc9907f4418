"""Clients repeat a request after a lost response only if the service can take it twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.stub import Stubber

from chalicelib.access import binding
from chalicelib.access.binding import OwnCredentials
from chalicelib.access.clients import COPY_SECONDS, Clients
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.ports.files import SealPlan

CONFIG = Path(__file__).resolve().parents[4] / ".chalice" / "config.json"
SOURCE, TARGET = "T/acme/quarantine/C/1/E/1", "T/acme/sealed/C/1/E/1"
PLAN = SealPlan("video/mp4", until=4_000_000_000_000, hold=False)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Clients:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return Clients(region="eu-central-1", provider=OwnCredentials(boto3.session.Session()))


def test_only_ses_gets_each_request_once(made: Clients) -> None:
    clients = [made.ses(), made.sqs(), made.kms(), made.s3(), made.secrets(), made.cognito()]

    limits = {one.meta.service_model.service_name: one.meta.config.retries.get("total_max_attempts") for one in clients}

    assert [service for service, limit in limits.items() if limit == 1] == ["ses"]


def test_a_copy_of_five_gib_is_awaited_and_sent_once(made: Clients) -> None:
    """Other requests have eight seconds and are repeated."""
    copies, other = made.s3_for_copies().meta.config, made.s3().meta.config
    assert (copies.read_timeout, copies.retries.get("total_max_attempts")) == (COPY_SECONDS, 1)
    assert (other.read_timeout, other.retries.get("total_max_attempts")) == (8, None)
    assert (copies.signature_version, copies.s3) == (other.signature_version, other.s3)


def test_the_function_that_seals_outlasts_the_wait() -> None:
    functions = json.loads(CONFIG.read_text("utf-8"))["stages"]["prod"]["lambda_functions"]
    assert functions["object_created"]["lambda_timeout"] > COPY_SECONDS + 30


def test_a_copy_whose_response_was_lost_is_found_and_not_repeated(made: Clients) -> None:
    """The copying client is asked once. At the second attempt, the copy is there."""
    copied: dict[str, Any] = {"VersionId": "v2", "ContentLength": 5, "ObjectLockMode": "GOVERNANCE"}
    retained = {"Bucket": "b", "Key": TARGET, "ChecksumMode": "ENABLED"}
    made.s3_for_copies().meta.events.register_first("before-send.s3.CopyObject", _lost)
    with Stubber(made.s3()) as s3, binding.tenant("acme"):
        s3.add_client_error("head_object", "404", http_status_code=404, expected_params=retained)
        s3.add_response("head_object", copied, retained)
        s3.add_response("put_object_legal_hold", {})
        objects = S3Objects(made, "b")
        with pytest.raises(ReadTimeoutError):
            objects.seal(SOURCE, "v1", TARGET, PLAN)
        assert objects.seal(SOURCE, "v1", TARGET, PLAN).version == "v2"
        s3.assert_no_pending_responses()


def _lost(**_: Any) -> None:
    raise ReadTimeoutError(endpoint_url="https://b.s3.test")
