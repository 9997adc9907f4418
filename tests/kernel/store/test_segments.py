"""Segments of the search index on Amazon S3 (moto): kept apart by organisation, and removed with every version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import botocore.endpoint
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HTTPHeaders
from moto import mock_aws

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.search.index.s3_segments import S3Segments
from chalicelib.features.search.index.sqlite_index import SqliteIndex
from chalicelib.ports.search_index import IndexQuery, IndexRow, Posting, SegmentDamaged, TextPlace
from chalicelib.store.port import Unavailable
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.sealer import FakeKms, real_sealer
from tests.kernel.store.on_aws.test_vault import BytesIO

REGION, BUCKET = "eu-central-1", "evidence"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        client = boto3.client("s3", region_name=REGION)
        place: Any = {"LocationConstraint": REGION}
        client.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True, CreateBucketConfiguration=place)
        with binding.tenant("acme"):
            yield client


def segments() -> S3Segments:
    return S3Segments(Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session())), BUCKET)


def test_a_segment_is_read_as_it_was_written(s3: Any) -> None:
    segments().put("acme", "a", b"body")

    assert segments().get("acme", "a") == b"body"
    assert segments().get("acme", "b") is None
    [version] = s3.list_object_versions(Bucket=BUCKET)["Versions"]
    assert version["Key"] == "T/acme/search/a"


def test_a_removed_segment_leaves_no_version(s3: Any) -> None:
    for body in (b"one", b"two"):
        segments().put("acme", "a", body)
    s3.delete_object(Bucket=BUCKET, Key="T/acme/search/a")
    segments().put("acme", "ab", b"another")

    segments().remove("acme", "a")
    segments().remove("acme", "a")

    listed = s3.list_object_versions(Bucket=BUCKET)
    assert ([one["Key"] for one in listed["Versions"]], listed.get("DeleteMarkers")) == (["T/acme/search/ab"], None)


@pytest.mark.usefixtures("s3")
def test_another_organisation_s_segments_are_out_of_reach() -> None:
    with pytest.raises(binding.Unbound):
        segments().get("other", "a")
    with binding.directory(), pytest.raises(binding.Unbound):
        segments().put("acme", "a", b"body")


def answering(status: int, code: str) -> S3Segments:
    """Moto knows neither of these answers."""
    made = segments()

    def answered(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        body = f"<Error><Code>{code}</Code><Message>x</Message></Error>".encode()
        return AWSResponse(request.url, status, HTTPHeaders(), BytesIO(body))

    made._clients.s3().meta.events.register_first("before-send.s3.GetObject", answered)
    return made


@pytest.mark.usefixtures("s3")
def test_a_missing_segment_is_none_where_s3_denies_access_to_what_is_missing() -> None:
    assert answering(403, "AccessDenied").get("acme", "a") is None


@pytest.mark.usefixtures("s3")
def test_an_s3_that_does_not_answer_is_no_damaged_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(botocore.endpoint.time, "sleep", waits.append)

    with pytest.raises(Unavailable):
        answering(503, "SlowDown").get("acme", "a")

    assert waits


@pytest.mark.usefixtures("s3")
def test_segments_are_encrypted_under_the_organisation_s_own_key() -> None:
    store = MemoryStore()
    sealer = real_sealer(store, FakeKms())
    posting, question = (
        Posting(IndexRow(1, 1, None, [TextPlace(1, 0, "content")]), ["aaaaaa"]),
        IndexQuery([[["aaaaaa"]]]),
    )
    SqliteIndex(segments(), sealer).write("acme", "a", [posting], None)
    other = real_sealer(MemoryStore(), FakeKms())

    assert list(SqliteIndex(segments(), sealer).find("acme", "a", question, None)) == [posting.row]
    with pytest.raises(SegmentDamaged):
        list(SqliteIndex(segments(), other).find("acme", "a", question, None))


@pytest.mark.usefixtures("s3")
def test_nothing_can_be_searched_once_the_key_is_erased() -> None:
    sealer = real_sealer(MemoryStore(), FakeKms())
    sealer.derive("acme", "search tokens")
    sealer.erase_key("acme")

    with pytest.raises(LookupError):
        sealer.derive("acme", "search tokens")
