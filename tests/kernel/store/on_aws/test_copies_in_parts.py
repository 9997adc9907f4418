"""A copy of several GiB is made in parts at the same time, and compared with its source by their checksum."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.access import binding
from chalicelib.access.binding import OwnCredentials
from chalicelib.access.clients import Clients
from chalicelib.features.evidence import file_limits
from chalicelib.features.evidence.storage import copy_in_parts
from chalicelib.features.evidence.storage.s3_objects import LARGEST_SINGLE_COPY, S3Objects
from chalicelib.ports.files import SealedObject, SealPlan

SOURCE, TARGET = "T/acme/quarantine/C/1/E/1", "T/acme/sealed/C/1/E/1"
SIZES = file_limits.sizes_of_parts(LARGEST_SINGLE_COPY + 5)
PLAN = SealPlan("video/mp4", until=4_000_000_000_000, hold=False, parts=SIZES)
JOINED = "c29tZSBkaWdlc3Q=-33"
COPIED = {"VersionId": "v2", "ContentLength": sum(SIZES), "ObjectLockMode": "GOVERNANCE"}
TO_TARGET = {"Bucket": "b", "Key": TARGET}


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Clients:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return Clients(region="eu-central-1", provider=OwnCredentials(boto3.session.Session()))


@pytest.fixture(autouse=True)
def one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Stubber expects calls in an order. Each part has a thread all the same."""
    monkeypatch.setattr(copy_in_parts, "AT_ONCE", 1)


def parts(s3: Stubber) -> None:
    """The answer to each part, in the order of their numbers."""
    from_source, first = {"Bucket": "b", "Key": SOURCE, "VersionId": "v1"}, 0
    for number, size in enumerate(SIZES, 1):
        asked = {"UploadId": "u", "PartNumber": number, "CopySource": from_source}
        span = f"bytes={first}-{first + size - 1}"
        result = {"ETag": f"e{number}", "ChecksumSHA256": f"s{number}"}
        s3.add_response("upload_part_copy", {"CopyPartResult": result}, {**TO_TARGET, **asked, "CopySourceRange": span})
        first += size


def missing(s3: Stubber) -> None:
    looked = {**TO_TARGET, "ChecksumMode": "ENABLED"}
    s3.add_client_error("head_object", "404", http_status_code=404, expected_params=looked)


def there(s3: Stubber, checksum: str = JOINED) -> None:
    s3.add_response("head_object", COPIED | {"ChecksumSHA256": checksum}, {**TO_TARGET, "ChecksumMode": "ENABLED"})


def of_source(s3: Stubber, checksum: str = JOINED) -> None:
    looked = {"Bucket": "b", "Key": SOURCE, "VersionId": "v1", "ChecksumMode": "ENABLED"}
    s3.add_response("head_object", {"ChecksumSHA256": checksum}, looked)


def begun(s3: Stubber) -> None:
    made = {"ContentType": "video/mp4", "ChecksumAlgorithm": "SHA256", "ServerSideEncryption": "AES256"}
    s3.add_response("create_multipart_upload", {"UploadId": "u"}, {**TO_TARGET, **made})


def seal(clients: Clients, plan: SealPlan = PLAN) -> SealedObject:
    return S3Objects(clients, "b").seal(SOURCE, "v1", TARGET, plan)


def test_each_part_is_copied_and_joined_in_order(clients: Clients) -> None:
    joined = [{"PartNumber": n, "ETag": f"e{n}", "ChecksumSHA256": f"s{n}"} for n in range(1, len(SIZES) + 1)]
    completed = {**TO_TARGET, "UploadId": "u", "MultipartUpload": {"Parts": joined}, "IfNoneMatch": "*"}
    with Stubber(clients.s3()) as s3, Stubber(clients.s3_for_copies()) as patient, binding.tenant("acme"):
        for expect in (missing, of_source, begun, parts, there):
            expect(s3)
        patient.add_response("complete_multipart_upload", {}, completed)
        s3.add_response("put_object_legal_hold", {})
        sealed = seal(clients)
        s3.assert_no_pending_responses()
        patient.assert_no_pending_responses()
    assert (sealed.version, sealed.size, sealed.sha256, len(joined)) == ("v2", sum(SIZES), None, 33)


def test_a_copy_with_another_checksum_is_not_sealed(clients: Clients) -> None:
    """Also one that an attempt finds."""
    with Stubber(clients.s3()) as s3, binding.tenant("acme"):
        there(s3, "YW5vdGhlciBkaWdlc3Q=-33")
        of_source(s3)
        with pytest.raises(RuntimeError, match="differs from its source"):
            seal(clients)


def test_a_copy_that_another_attempt_completed_is_taken(clients: Clients) -> None:
    with Stubber(clients.s3()) as s3, Stubber(clients.s3_for_copies()) as patient, binding.tenant("acme"):
        for expect in (missing, of_source, begun, parts, there):
            expect(s3)
        patient.add_client_error("complete_multipart_upload", "PreconditionFailed", http_status_code=412)
        s3.add_response("put_object_legal_hold", {})
        assert seal(clients).version == "v2"


def test_a_part_that_fails_seals_nothing(clients: Clients) -> None:
    with Stubber(clients.s3()) as s3, binding.tenant("acme"):
        for expect in (missing, of_source, begun):
            expect(s3)
        s3.add_client_error("upload_part_copy", "NoSuchVersion", http_status_code=404)
        with pytest.raises(ClientError):
            seal(clients)


@pytest.mark.parametrize(
    ("sizes", "checksum"), [((1 << 24, 5), None), (tuple(SIZES), "c29tZSBkaWdlc3Q=")], ids=["small", "sent at once"]
)
def test_other_files_are_copied_at_once(clients: Clients, sizes: tuple[int, ...], checksum: str | None) -> None:
    plan = SealPlan("video/mp4", until=PLAN.until, hold=False, parts=sizes)
    with Stubber(clients.s3()) as s3, Stubber(clients.s3_for_copies()) as patient, binding.tenant("acme"):
        missing(s3)
        if checksum is not None:
            of_source(s3, checksum)
        patient.add_response("copy_object", {})
        there(s3, "c29tZSBkaWdlc3Q=")
        s3.add_response("put_object_legal_hold", {})
        assert seal(clients, plan).version == "v2"
        patient.assert_no_pending_responses()
