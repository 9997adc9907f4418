"""Anchors and archives on Amazon S3 (moto): written once, locked, read as first written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HTTPHeaders
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.features.record.s3_vault import S3Vault
from chalicelib.kit.instants import DAY, from_text, to_instant
from chalicelib.ports.files import SealPlan
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.helpers.fakes.files import PDF
from tests.helpers.fakes.object_locks import locks_end_by

REGION, BUCKET = "eu-central-1", "evidence"
NOW = from_text("2026-11-27T01:00:00Z")
KEY = "T/acme/anchors/00000001.json"
MIB = 1024 * 1024


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws(), locks_end_by(lambda: NOW):
        client = boto3.client("s3", region_name=REGION)
        client.create_bucket(
            Bucket=BUCKET,
            ObjectLockEnabledForBucket=True,
            CreateBucketConfiguration={"LocationConstraint": REGION},
        )
        with binding.tenant("acme"):
            yield client


def vault(mode: str = "GOVERNANCE") -> S3Vault:
    clients = Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))
    return S3Vault(clients, BUCKET, lambda: NOW, mode=mode, days=30)


@pytest.mark.parametrize("mode", ["GOVERNANCE", "COMPLIANCE"])
def test_a_write_once_object_is_locked_for_its_days(s3: Any, mode: str) -> None:
    vault(mode).put_once(KEY, b"first")
    head = s3.head_object(Bucket=BUCKET, Key=KEY)
    assert head["ObjectLockMode"] == mode
    assert to_instant(head["ObjectLockRetainUntilDate"]) == NOW + 30 * DAY


def test_a_second_write_changes_nothing(s3: Any) -> None:
    assert vault().put_once(KEY, b"first")
    assert not vault().put_once(KEY, b"second")
    assert len(s3.list_object_versions(Bucket=BUCKET)["Versions"]) == 1
    assert vault().first(KEY) == b"first"


def test_an_overwriting_version_is_not_read(s3: Any) -> None:
    vault().put_once(KEY, b"first")
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"forged")
    s3.put_object(Bucket=BUCKET, Key=KEY + "x", Body=b"another")
    assert vault().first(KEY) == b"first"


def test_a_locked_version_cannot_be_deleted_without_bypass(s3: Any) -> None:
    vault().put_once(KEY, b"first")
    version = s3.list_object_versions(Bucket=BUCKET)["Versions"][0]["VersionId"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=BUCKET, Key=KEY, VersionId=version)


def test_an_absent_object_is_none(s3: Any) -> None:
    assert (vault().first(KEY), vault().read(KEY, 0, 10)) == (None, None)


def refusing(made: S3Vault) -> S3Vault:
    """Without permission to list the bucket, S3 denies access for existing and missing objects; moto does not."""

    def refused(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        body = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
        return AWSResponse(request.url, 403, HTTPHeaders(), BytesIO(body))

    made._clients.s3().meta.events.register_first("before-send.s3.GetObject", refused)
    return made


class BytesIO(io.BytesIO):
    """Read like a response of urllib3."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


@pytest.mark.usefixtures("s3")
def test_access_denied_for_a_missing_object_is_none() -> None:
    assert refusing(vault()).read("T/acme/x", 0, 10) is None


def test_a_deleted_object_is_none(s3: Any) -> None:
    vault().put("T/acme/x", b"0123456789")
    s3.delete_object(Bucket=BUCKET, Key="T/acme/x")
    assert refusing(vault()).read("T/acme/x", 0, 10) is None


@pytest.mark.usefixtures("s3")
def test_access_denied_for_an_existing_object_is_an_error() -> None:
    vault().put("T/acme/x", b"0123456789")
    with pytest.raises(ClientError, match="AccessDenied"):
        refusing(vault()).read("T/acme/x", 0, 10)


def test_an_aborted_upload_leaves_no_parts(s3: Any) -> None:
    key = "T/acme/exports/export-1/archive.zip"
    upload = vault().begin(key, "application/zip")
    vault().part(key, upload, 1, b"a" * 5 * MIB)
    for _ in range(2):
        with binding.erasure("acme"):
            vault().abort(key, upload)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=BUCKET)


def test_a_range_is_read_from_the_latest_version(s3: Any) -> None:
    vault().put("T/acme/x", b"0123456789")
    assert vault().read("T/acme/x", 3, 4) == b"3456"


def test_a_multipart_upload_is_one_object_and_can_be_completed_twice(s3: Any) -> None:
    key = "T/acme/exports/export-1/archive.zip"
    upload = vault().begin(key, "application/zip")
    tags = [vault().part(key, upload, 1, b"a" * 5 * MIB), vault().part(key, upload, 2, b"b")]
    vault().complete(key, upload, tags)
    vault().complete(key, upload, tags)
    assert s3.head_object(Bucket=BUCKET, Key=key)["ContentLength"] == 5 * MIB + 1


def test_erasing_deletes_all_versions_and_markers(s3: Any) -> None:
    vault().put_once(KEY, b"first")
    vault().put("T/acme/x", b"1")
    s3.delete_object(Bucket=BUCKET, Key="T/acme/x")
    s3.put_object(Bucket=BUCKET, Key="T/acme-corp/x", Body=b"another's")
    vault().erase(vault().versions("T/acme/", 100))
    left = s3.list_object_versions(Bucket=BUCKET)
    assert [one["Key"] for one in left["Versions"]] == ["T/acme-corp/x"]
    assert "DeleteMarkers" not in left


def sealed_file(s3: Any, *, hold: bool) -> str:
    """The key of a sealed file, which is locked for a day."""
    clients = Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))
    place = (CaseRef("acme", "202611-000001"), "0" * 32)
    version = s3.put_object(Bucket=BUCKET, Key=object_keys.quarantine(*place), Body=PDF)["VersionId"]
    plan = SealPlan("application/pdf", NOW + DAY, hold)
    S3Objects(clients, BUCKET).seal(object_keys.quarantine(*place), version, object_keys.sealed(*place), plan)
    return object_keys.sealed(*place)


def test_a_sealed_file_is_read_for_an_archive_and_erased_before_its_lock_ends(s3: Any) -> None:
    key = sealed_file(s3, hold=False)
    assert vault().read(key, 0, 1000) == PDF

    with binding.erasure("acme"):
        vault().erase(vault().versions("T/acme/", 100))

    assert "Versions" not in s3.list_object_versions(Bucket=BUCKET)


def test_a_file_under_a_legal_hold_cannot_be_erased(s3: Any) -> None:
    key = sealed_file(s3, hold=True)

    with binding.erasure("acme"), pytest.raises(ClientError, match="AccessDenied"):
        vault().erase(vault().versions(key, 100))

    assert vault().read(key, 0, 1000) == PDF


def test_versions_in_compliance_mode_stay_and_show_their_end(s3: Any) -> None:
    vault("COMPLIANCE").put_once(KEY, b"first")
    (held,) = vault().versions("T/acme/", 100)
    vault().erase([held])
    assert held.locked == "2026-12-27T01:00:00.000Z"
    assert vault().first(KEY) == b"first"


def test_another_tenants_objects_are_out_of_reach(s3: Any) -> None:
    with pytest.raises(binding.Unbound):
        vault().first("T/acme-corp/anchors/00000001.json")
    with binding.directory(), pytest.raises(binding.Unbound):
        vault().put_once(KEY, b"first")


def test_a_link_is_valid_for_its_object_and_time(s3: Any) -> None:
    link = vault().link("T/acme/exports/e/archive.zip", seconds=300, name="acme.zip")
    assert "/T/acme/exports/e/archive.zip?" in link
    assert "X-Amz-Expires=300" in link
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in link
