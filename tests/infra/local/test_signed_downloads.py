"""Downloads by a signed link, as on Amazon S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from infra.local.http import LocalRequest
from infra.local.s3.upload_endpoint import UploadEndpoint

KEY, SECRET = "AKIAEXAMPLE00000000A", "example"
BUCKET, NAME = "things", "T/acme/exports/export-1/archive.zip"


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        signed = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET}
        client = boto3.client("s3", region_name="eu-central-1", config=signed, **keys)
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


def fetched(s3: Any, **named: str) -> tuple[int, bytes]:
    url = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": NAME, **named}, 300)
    host, _, target = url.removeprefix("https://").partition("/")
    door = UploadEndpoint(s3, lambda _token: {KEY: SECRET}.get, "*")
    answer = door.respond(LocalRequest("GET", f"/{target}", {"host": host}, None))
    return answer.status, answer.body


def test_a_link_without_a_version_returns_the_latest(s3: Any) -> None:
    for body in (b"first", b"second"):
        s3.put_object(Bucket=BUCKET, Key=NAME, Body=body)
    assert fetched(s3) == (200, b"second")


def test_a_link_with_a_version_returns_that_version(s3: Any) -> None:
    first = s3.put_object(Bucket=BUCKET, Key=NAME, Body=b"first")["VersionId"]
    s3.put_object(Bucket=BUCKET, Key=NAME, Body=b"second")
    assert fetched(s3, VersionId=first) == (200, b"first")


def test_a_missing_object_is_not_found(s3: Any) -> None:
    assert fetched(s3)[0] == 404
