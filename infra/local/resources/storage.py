"""Creates DynamoDB tables, S3 buckets and bucket policies."""

from __future__ import annotations

import json
from typing import Any

from infra.local.resources.resource import Client, Properties, Resource, local_name, require_all_used

_SAME_IN_API = (
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "KeySchema",
)


_EXPIRATION = {"ExpirationInDays": "Days", "ExpiredObjectDeleteMarker": "ExpiredObjectDeleteMarker"}


def make_table(client: Client, name: str, properties: Properties) -> Resource:
    dynamodb, table = client("dynamodb"), local_name(name)
    same = {key: properties.pop(key) for key in _SAME_IN_API if key in properties}
    stream = {"StreamEnabled": True, **properties.pop("StreamSpecification")}
    encryption = {"Enabled": properties.pop("SSESpecification")["SSEEnabled"]}
    description = dynamodb.create_table(
        TableName=table, StreamSpecification=stream, SSESpecification=encryption, **same
    )["TableDescription"]
    dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=properties.pop("TimeToLiveSpecification"))
    dynamodb.update_continuous_backups(
        TableName=table,
        PointInTimeRecoverySpecification=properties.pop("PointInTimeRecoverySpecification"),
    )
    require_all_used(name, properties)
    return Resource(table, {"Arn": description["TableArn"], "StreamArn": description["LatestStreamArn"]})


def make_bucket(client: Client, name: str, properties: Properties) -> Resource:
    s3, bucket = client("s3"), local_name(name)
    s3.create_bucket(
        Bucket=bucket,
        ObjectLockEnabledForBucket=properties.pop("ObjectLockEnabled", False),
        CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name},
    )
    for key, (call, argument, translate) in _CALLS.items():
        if key in properties:
            getattr(s3, call)(Bucket=bucket, **{argument: translate(properties.pop(key))})
    require_all_used(name, properties)
    return Resource(bucket, {"Arn": f"arn:aws:s3:::{bucket}"})


def make_bucket_policy(client: Client, name: str, properties: Properties) -> Resource:
    bucket = properties.pop("Bucket")
    client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(properties.pop("PolicyDocument")))
    require_all_used(name, properties)
    return Resource(bucket, {})


def _same(value: Any) -> Any:
    return value


def _encryption(value: Any) -> Any:
    rules = value["ServerSideEncryptionConfiguration"]
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]} for rule in rules]}


def _cors(value: Any) -> Any:
    return {
        "CORSRules": [
            _renamed(_renamed(rule, "MaxAge", "MaxAgeSeconds"), "ExposedHeaders", "ExposeHeaders")
            for rule in value["CorsRules"]
        ]
    }


def _lifecycle(value: Any) -> Any:
    return {"Rules": [_lifecycle_rule(dict(rule)) for rule in value["Rules"]]}


def _lifecycle_rule(rule: dict[str, Any]) -> dict[str, Any]:
    [tag] = rule.pop("TagFilters", None) or [None]
    expires = {of: rule.pop(name) for name, of in _EXPIRATION.items() if name in rule}
    scope = {"Prefix": ""} if tag is None else {"Tag": tag}
    return {"Filter": scope, **_renamed(rule, "Id", "ID"), **({"Expiration": expires} if expires else {})}


def _notifications(value: Any) -> Any:
    return {"EventBridgeConfiguration": {}} if value["EventBridgeConfiguration"]["EventBridgeEnabled"] else {}


def _renamed(rule: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if key == old else key: value for key, value in rule.items()}


_CALLS = {
    "VersioningConfiguration": ("put_bucket_versioning", "VersioningConfiguration", _same),
    "OwnershipControls": ("put_bucket_ownership_controls", "OwnershipControls", _same),
    "PublicAccessBlockConfiguration": ("put_public_access_block", "PublicAccessBlockConfiguration", _same),
    "BucketEncryption": ("put_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption),
    "CorsConfiguration": ("put_bucket_cors", "CORSConfiguration", _cors),
    "LifecycleConfiguration": ("put_bucket_lifecycle_configuration", "LifecycleConfiguration", _lifecycle),
    "NotificationConfiguration": (
        "put_bucket_notification_configuration",
        "NotificationConfiguration",
        _notifications,
    ),
}
"""CloudFormation property → (API call, its argument, conversion of the value)."""
