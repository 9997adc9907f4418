"""The bucket's events: ministack's reach the function by bucket, bus and rule, but do not name the object's version.

The function refuses such, since it pins the first version. So the rehearsal sees that ministack's has reached it, and
then hands it the event as Amazon S3 sends it.
"""

from __future__ import annotations

import json
from typing import Any

from infra.rehearsal.organisation import Organisation
from infra.rehearsal.steps import report, wait_until

_FUNCTION = "ObjectCreated"


def deliver(office: Organisation, key: str) -> None:
    """For each version of the object, the oldest first."""
    name = _function(office)
    wait_until("the bucket's event", lambda: _failed_for_want_of_a_version(office, name), bool)
    report("the bucket's event has reached its function, without a version", key.rpartition("/")[2])
    bucket, s3 = office.outputs["EvidenceBucketName"], office.account.client("s3")
    for version in reversed(s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]):
        announce(office, key, version["VersionId"], version["Size"])


def announce(office: Organisation, key: str, version: str, size: int) -> None:
    created = {"key": key, "size": size, "version-id": version}
    detail = {"version": "0", "bucket": {"name": office.outputs["EvidenceBucketName"]}, "object": created}
    _invoke(office, _function(office), {"source": "aws.s3", "detail-type": "Object Created", "detail": detail})


def _function(office: Organisation) -> str:
    functions = office.account.client("lambda").list_functions()["Functions"]
    name: str = next(each["FunctionName"] for each in functions if _FUNCTION in each["FunctionName"])
    return name


def _failed_for_want_of_a_version(office: Organisation, name: str) -> bool:
    logs = office.account.client("logs")
    events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    return any("KeyError: 'version-id'" in event["message"] for event in events)


def _invoke(office: Organisation, name: str, event: dict[str, Any]) -> None:
    envelope = {"version": "0", "id": "rehearsal", "account": "000000000000", "time": "", "region": "", "resources": []}
    answer = office.account.client("lambda").invoke(
        FunctionName=name, Payload=json.dumps({**envelope, **event}).encode()
    )
    report("the event with its version, handed to the function", answer["Payload"].read().decode()[:500])
