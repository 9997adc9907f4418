"""A process that dies before any call of the check: the event that comes again, or the sweep, finishes the file.

The bucket is moto's behind botocore, at whose hooks the process dies; the table's calls are broken at its port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from moto import mock_aws
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.evidence import file_limits
from chalicelib.features.evidence.storage import s3_presigned
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.kit.instants import SECOND, to_text
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from tests.clauses.giving import declared, looked_at
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.files import EICAR, image
from tests.helpers.searches import every
from tests.kernel.web.untouched import in_process

BUCKET, REGION = "evidence", "eu-central-1"
ONLY_ITS_FILE = ["sealed", "shown", "thumbnails"]
Goes = Callable[["Desk", str], None]


@dataclass
class Desk:
    """A company whose files are in moto's bucket. `breaker`: the call at which the process crashes, if set."""

    company: Organisation
    s3: Any
    breaker: Breaker | None = None

    @property
    def world(self) -> InProcess:
        return in_process(self.company)

    def reached(self) -> None:
        """A call of botocore's."""
        if self.breaker is not None:
            self.breaker.calls += 1
            if self.breaker.calls == self.breaker.at:
                self.breaker.reached()

    def arrives(self, key: str, content: bytes) -> str:
        """The version of an upload, of which nothing was announced."""
        version: str = self.s3.put_object(Bucket=BUCKET, Key=key, Body=content, Tagging=s3_presigned.QUARANTINED)[
            "VersionId"
        ]
        return version

    def days_pass(self, number: str) -> None:
        """The bucket's lifecycle rule deletes what is tagged as quarantined."""
        for each in self._versions(number):
            place = {"Bucket": BUCKET, "Key": each["Key"], "VersionId": each["VersionId"]}
            if self.s3.get_object_tagging(**place)["TagSet"] == [{"Key": "stage", "Value": "quarantine"}]:
                self.s3.delete_object(**place)

    def lying(self, number: str) -> list[str]:
        """Where versions of the complaint's objects lie, each as often as there are."""
        return sorted(each["Key"].split("/")[2] for each in self._versions(number))

    def _versions(self, number: str) -> list[Any]:
        found = self.s3.list_object_versions(Bucket=BUCKET).get("Versions", [])
        return [each for each in found if f"/{number}/" in each["Key"]]


@pytest.fixture
def desk(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        s3 = boto3.client("s3", region_name=REGION)
        place: Any = {"LocationConstraint": REGION}
        s3.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True, CreateBucketConfiguration=place)
        made = Desk(company, s3)
        clients = Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))
        with binding.tenant(company.id):
            events = clients.s3().meta.events
        events.register_first("before-call.s3", lambda **_: made.reached())
        wiring = made.world.fakes.wiring
        force_setattr(wiring, "objects", S3Objects(clients, BUCKET))
        yield made


def dies(desk: Desk, at: int, deed: Callable[[], None]) -> bool:
    """True if the process crashed at that call of table or bucket; False if the operation makes fewer calls."""
    wiring, store = desk.world.fakes.wiring, desk.world.fakes.store
    desk.breaker = Breaker(at)
    force_setattr(wiring, "store", desk.breaker.wrap(store))
    try:
        deed()
    except Crash:
        return True
    finally:
        desk.breaker = None
        force_setattr(wiring, "store", store)
    return False


def again(desk: Desk, key: str) -> None:
    """The event, as S3 announced it."""
    [version] = desk.s3.list_object_versions(Bucket=BUCKET, Prefix=key).get("Versions", [{}])
    if version:
        desk.world.announce(key, version["VersionId"], version["Size"])


def sweep(desk: Desk, _: str) -> None:
    later = desk.world.now() + max(file_limits.WAITED, file_limits.RESUMED_AFTER) + SECOND
    desk.world.fakes.real_clock.advance(file_limits.WAITED + SECOND)
    desk.world.move_to(to_text(later))


@pytest.mark.slow
@pytest.mark.parametrize("step", every(by_day=5))
@pytest.mark.parametrize(
    ("content", "media_type", "goes_on", "ends", "lying"),
    [
        (image(), "image/jpeg", again, "sealed", ONLY_ITS_FILE),
        (image(), "image/jpeg", sweep, "sealed", ONLY_ITS_FILE),
        (EICAR, "text/plain", sweep, "refused", []),
    ],
    ids=["sealed, event again", "sealed, sweep", "refused, sweep"],
)
def test_a_check_that_crashed_at_any_call_is_completed(
    desk: Desk, content: bytes, media_type: str, goes_on: Goes, ends: str, lying: list[str], step: int
) -> None:
    at, died = 1 - step, True
    while died:
        at += step
        number = desk.company.file()
        answer = declared(desk.company, number, "document", content, media_type).json
        key = object_keys.quarantine(CaseRef(desk.company.id, number), answer["id"])
        version = desk.arrives(key, content)
        died = dies(desk, at, lambda: desk.world.announce(key, version, len(content)))  # noqa: B023 run at once

        goes_on(desk, key)

        place = f"call {at}"
        if ends == "sealed" and goes_on is sweep:
            desk.days_pass(number)
        assert (place, looked_at(desk.company, number, answer["id"])["state"]) == (place, ends)
        assert (place, desk.lying(number)) == (place, lying)
        events = [event["type"] for event in desk.company.events(number, "complainant")]
        assert (place, events.count("evidence_uploaded"), events.count(f"evidence_{ends}")) == (place, 1, 1)
    assert at > 8


@pytest.mark.parametrize("step", every(by_day=5))
def test_a_duplicate_that_crashed_at_any_call_is_completed_without_copies(desk: Desk, step: int) -> None:
    at, died = 1 - step, True
    while died:
        at += step
        number = desk.company.file()
        first, second = (declared(desk.company, number, "document", image(), "image/jpeg").json for _ in range(2))
        keys = [object_keys.quarantine(CaseRef(desk.company.id, number), each["id"]) for each in (first, second)]
        versions = [desk.arrives(key, image()) for key in keys]
        desk.world.announce(keys[0], versions[0], len(image()))
        died = dies(desk, at, lambda: desk.world.announce(keys[1], versions[1], len(image())))  # noqa: B023

        sweep(desk, keys[1])

        desk.days_pass(number)
        place = f"call {at}"
        shown = looked_at(desk.company, number, second["id"])
        assert (place, shown["state"], shown["same_as"]) == (place, "sealed", first["id"])
        assert (place, desk.lying(number)) == (place, ONLY_ITS_FILE)
    assert at > 8
