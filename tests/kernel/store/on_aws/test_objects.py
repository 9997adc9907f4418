"""The evidence bucket's adapter, on moto: versions, Object Lock, multipart. Other tests read signed URLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.kit.instants import DAY, from_text
from chalicelib.ports.files import ArrivedFile, ObjectLocked, SealPlan, UploadPart
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.files import PDF, sha256
from tests.helpers.fakes.object_locks import locks_end_by

REGION, BUCKET = "eu-central-1", "evidence"
PLACE = (CaseRef("acme", "202611-000001"), "0" * 32)
QUARANTINE, SEALED = object_keys.quarantine(*PLACE), object_keys.sealed(*PLACE)
NOW = from_text("2026-11-27T01:00:00Z")
SOON = NOW + DAY
PLAN = SealPlan("application/pdf", SOON, hold=False)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def s3(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws(), locks_end_by(clock), binding.tenant("acme"):
        client = boto3.client("s3", region_name=REGION)
        client.create_bucket(
            Bucket=BUCKET,
            ObjectLockEnabledForBucket=True,
            CreateBucketConfiguration={"LocationConstraint": REGION},
        )
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


@pytest.fixture
def objects(s3: Any) -> S3Objects:
    return S3Objects(Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session())), BUCKET)


@pytest.fixture
def uploaded(s3: Any) -> str:
    """The version of a file in quarantine."""
    version: str = s3.put_object(Bucket=BUCKET, Key=QUARANTINE, Body=PDF, Tagging="stage=quarantine")["VersionId"]
    return version


def test_a_sealed_copy_equals_the_file_and_is_locked_for_the_given_time(
    objects: S3Objects, s3: Any, uploaded: str
) -> None:
    copy = objects.seal(QUARANTINE, uploaded, SEALED, PLAN)

    kept = s3.get_object(Bucket=BUCKET, Key=SEALED, VersionId=copy.version)
    assert (kept["Body"].read(), copy.size, copy.sha256) == (PDF, len(PDF), sha256(PDF))
    assert (kept["ObjectLockMode"], kept["ContentType"]) == ("GOVERNANCE", "application/pdf")
    assert int(kept["ObjectLockRetainUntilDate"].timestamp()) == SOON // 1000


def test_a_checksum_of_parts_is_not_used_as_the_files(uploaded: str) -> None:
    """AWS: "Checksums of multipart uploads": it ends with the number of parts."""

    def answered(parsed: dict[str, Any], **_: Any) -> None:
        parsed["ChecksumSHA256"] = "DYA5S9Vd5x7AN+PoOF0gkWFqVfALbCYvbnUlZTzsBYY=-7"

    clients = Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))
    clients.s3().meta.events.register("after-call.s3.HeadObject", answered)

    copy = S3Objects(clients, BUCKET).seal(QUARANTINE, uploaded, SEALED, PLAN)

    assert (copy.size, copy.sha256) == (len(PDF), None)


def test_a_sealed_copy_is_outside_the_quarantine(objects: S3Objects, s3: Any, uploaded: str) -> None:
    objects.seal(QUARANTINE, uploaded, SEALED, PLAN)

    assert s3.get_object_tagging(Bucket=BUCKET, Key=SEALED)["TagSet"] == []


@pytest.mark.slow
def test_sealing_again_makes_no_second_copy(objects: S3Objects, s3: Any, uploaded: str) -> None:
    first = objects.seal(QUARANTINE, uploaded, SEALED, PLAN)

    assert objects.seal(QUARANTINE, uploaded, SEALED, PLAN) == first
    assert len(s3.list_object_versions(Bucket=BUCKET, Prefix=SEALED)["Versions"]) == 1


def test_a_locked_copy_is_deleted_only_after_its_lock_has_ended(
    objects: S3Objects, clock: MovableClock, uploaded: str
) -> None:
    version = objects.seal(QUARANTINE, uploaded, SEALED, PLAN).version

    with pytest.raises(ObjectLocked):
        objects.delete(SEALED, version)
    clock.move_to(SOON)
    objects.delete(SEALED, version)

    assert objects.arrived(SEALED, version) is None


def test_a_locked_copy_is_deleted_earlier_only_with_a_bypass(objects: S3Objects, uploaded: str) -> None:
    version = objects.seal(QUARANTINE, uploaded, SEALED, PLAN).version

    with pytest.raises(ObjectLocked):
        objects.delete(SEALED, version)
    objects.delete(SEALED, version, early=True)

    assert objects.arrived(SEALED, version) is None


def test_a_held_copy_is_not_deleted_even_early_until_it_is_released(objects: S3Objects, uploaded: str) -> None:
    version = objects.seal(QUARANTINE, uploaded, SEALED, PLAN).version
    objects.set_legal_hold(SEALED, version, on=True)

    with pytest.raises(ObjectLocked):
        objects.delete(SEALED, version, early=True)
    objects.set_legal_hold(SEALED, version, on=False)
    objects.delete(SEALED, version, early=True)


def test_a_file_sealed_under_a_hold_is_held(objects: S3Objects, s3: Any, uploaded: str) -> None:
    version = objects.seal(QUARANTINE, uploaded, SEALED, SealPlan("application/pdf", SOON, hold=True)).version

    held = s3.get_object_legal_hold(Bucket=BUCKET, Key=SEALED, VersionId=version)
    assert held["LegalHold"]["Status"] == "ON"


def test_a_version_is_read_in_pieces_and_a_missing_one_is_reported(objects: S3Objects, uploaded: str) -> None:
    assert b"".join(objects.read(QUARANTINE, uploaded)) == PDF
    assert objects.arrived(QUARANTINE, uploaded) == ArrivedFile(len(PDF))

    objects.delete(QUARANTINE, uploaded)

    assert objects.arrived(QUARANTINE, uploaded) is None
    with pytest.raises(LookupError):
        next(objects.read(QUARANTINE, uploaded))


def test_deleting_an_absent_object_is_no_error(objects: S3Objects, uploaded: str) -> None:
    objects.delete(QUARANTINE, uploaded)
    objects.delete(QUARANTINE, uploaded)
    objects.delete(QUARANTINE, "")


def test_a_file_in_parts_is_put_together(objects: S3Objects, s3: Any) -> None:
    pieces = [b"a" * (5 << 20), b"b"]
    upload = objects.begin(QUARANTINE, media_type="video/mp4")
    parts = [UploadPart(number, len(piece), sha256(piece)) for number, piece in enumerate(pieces, 1)]
    etags = [
        s3.upload_part(Bucket=BUCKET, Key=QUARANTINE, UploadId=upload, PartNumber=part.number, Body=piece)["ETag"]
        for part, piece in zip(parts, pieces, strict=True)
    ]

    objects.complete(QUARANTINE, upload, list(zip(parts, etags, strict=True)))

    assert s3.get_object(Bucket=BUCKET, Key=QUARANTINE)["Body"].read() == b"".join(pieces)


def test_parts_that_were_not_uploaded_make_no_file(objects: S3Objects) -> None:
    upload = objects.begin(QUARANTINE, media_type="video/mp4")

    with pytest.raises(ValueError, match="InvalidPart"):
        objects.complete(QUARANTINE, upload, [(UploadPart(1, 1, "0" * 64), '"x"')])


def test_an_aborted_upload_accepts_no_parts(objects: S3Objects) -> None:
    upload = objects.begin(QUARANTINE, media_type="video/mp4")
    objects.abort(QUARANTINE, upload)
    objects.abort(QUARANTINE, upload)

    with pytest.raises(LookupError):
        objects.complete(QUARANTINE, upload, [(UploadPart(1, 1, "0" * 64), '"x"')])


def test_a_parts_ticket_signs_its_size_and_its_checksum(objects: S3Objects) -> None:
    [ticket] = objects.part_tickets(QUARANTINE, "u", [UploadPart(1, 7, "0" * 64)], seconds=600)

    assert "content-length%3Bhost%3Bx-amz-checksum-sha256" in ticket.url
    assert ticket.headers["Content-Length"] == "7"


def test_a_link_downloads_and_never_opens(objects: S3Objects) -> None:
    url = objects.link(SEALED, "v", name="照片 1.jpg", media_type="image/jpeg", seconds=120)

    assert "response-content-disposition=attachment%3B%20filename%2A%3DUTF-8%27%27%25E7%2585%25A7" in url
    assert "response-content-type=image%2Fjpeg" in url
    assert "response-cache-control=private%2C%20no-store" in url
    assert "X-Amz-Expires=120" in url


@pytest.mark.parametrize("key", ["T/acme-corp/sealed/x", "sealed/x"])
def test_nothing_is_touched_outside_the_bound_tenants_prefix(objects: S3Objects, key: str) -> None:
    with pytest.raises(binding.Unbound):
        objects.delete(key, "v")
    with pytest.raises(binding.Unbound):
        objects.link(key, "v", name="x", media_type="image/png", seconds=60)


@pytest.mark.parametrize("seconds", [0, 121])
def test_no_link_lives_longer_than_two_minutes(objects: S3Objects, seconds: int) -> None:
    with pytest.raises(ValueError, match="lifetime must be"):
        objects.link(SEALED, "v", name="x", media_type="image/png", seconds=seconds)
