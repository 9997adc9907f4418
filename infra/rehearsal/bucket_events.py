"""Bucket events. ministack delivers them through bucket, event bus and rule, but without the object's version.

The function refuses such events, because it needs the first version. So the rehearsal waits until ministack's event
reaches the function, and then invokes the function with the event in Amazon S3's format.
"""

from __future__ import annotations

import json
from typing import Any

from infra.rehearsal.organisation import RehearsedOrganisation
from infra.rehearsal.steps import report, wait_until

_FUNCTION = "ObjectCreated"


def deliver(org: RehearsedOrganisation, key: str) -> None:
    """Deliver one event per version of the object, oldest first."""
    name = _function(org)
    wait_until("the bucket's event", lambda: _failed_without_version(org, name), bool)
    report("the bucket event reached its function, without a version", key.rpartition("/")[2])
    bucket, s3 = org.outputs["EvidenceBucketName"], org.account.client("s3")
    for version in reversed(s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]):
        announce(org, key, version["VersionId"], version["Size"])


def announce(org: RehearsedOrganisation, key: str, version: str, size: int) -> None:
    created = {"key": key, "size": size, "version-id": version}
    detail = {"version": "0", "bucket": {"name": org.outputs["EvidenceBucketName"]}, "object": created}
    _invoke(org, _function(org), {"source": "aws.s3", "detail-type": "Object Created", "detail": detail})


def _function(org: RehearsedOrganisation) -> str:
    functions = org.account.client("lambda").list_functions()["Functions"]
    name: str = next(each["FunctionName"] for each in functions if _FUNCTION in each["FunctionName"])
    return name


def _failed_without_version(org: RehearsedOrganisation, name: str) -> bool:
    logs = org.account.client("logs")
    events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    return any("KeyError: 'version-id'" in event["message"] for event in events)


def _invoke(org: RehearsedOrganisation, name: str, event: dict[str, Any]) -> None:
    envelope = {"version": "0", "id": "rehearsal", "account": "000000000000", "time": "", "region": "", "resources": []}
    answer = org.account.client("lambda").invoke(FunctionName=name, Payload=json.dumps({**envelope, **event}).encode())
    report("the function invoked with the event and its version", answer["Payload"].read().decode()[:500])
