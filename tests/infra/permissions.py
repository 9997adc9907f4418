"""Maps AWS calls to the permissions that they need, whose names may differ from the operation.

AWS: Service Authorization Reference; Amazon S3 API Reference, "Permissions" of each operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

NAMED: Mapping[str, tuple[str, ...]] = {
    "sqs:SendMessageBatch": ("sqs:SendMessage",),
    "s3:HeadObject": ("s3:GetObject",),
    "s3:ListObjectVersions": ("s3:ListBucketVersions",),
    "s3:ListObjectsV2": ("s3:ListBucket",),
    "s3:CreateMultipartUpload": ("s3:PutObject",),
    "s3:UploadPart": ("s3:PutObject",),
    "s3:CompleteMultipartUpload": ("s3:PutObject",),
    "s3:UploadPartCopy": ("s3:GetObject", "s3:PutObject"),
    "s3:CopyObject": ("s3:GetObject", "s3:PutObject"),
    "s3:DeleteObject": ("s3:DeleteObject",),
    "sts:AssumeRole": ("sts:AssumeRole", "sts:TagSession"),
    "dynamodb:TransactWriteItems": (
        "dynamodb:ConditionCheckItem",
        "dynamodb:DeleteItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    ),
}
"""The permissions by operation, without those that depend on arguments."""
_OF_VERSIONS = ("s3:GetObject", "s3:DeleteObject")
_ADDED = {
    "Tagging": "s3:PutObjectTagging",
    "ObjectLockMode": "s3:PutObjectRetention",
    "ObjectLockLegalHoldStatus": "s3:PutObjectLegalHold",
    "BypassGovernanceRetention": "s3:BypassGovernanceRetention",
}


def of_operation(action: str) -> tuple[str, ...]:
    return NAMED.get(action, (action,))


def on_objects(operation: str, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields each permission of Amazon S3 with its object key or prefix."""
    key = str(arguments.get("Key") or arguments.get("Prefix", ""))
    if operation == "CopyObject":
        source = arguments["CopySource"]
        yield _versioned("s3:GetObject", source), source["Key"]
        if arguments.get("TaggingDirective") != "REPLACE":
            yield _versioned("s3:GetObject", source) + "Tagging", source["Key"]
        yield "s3:PutObject", key
    else:
        yield from ((_versioned(name, arguments), key) for name in of_operation(f"s3:{operation}"))
    if operation == "HeadObject" and "/sealed/" in key:
        yield "s3:GetObjectRetention", key  # otherwise S3 omits the lock headers silently
    yield from ((name, key) for argument, name in _ADDED.items() if arguments.get(argument))


def _versioned(name: str, arguments: Mapping[str, Any]) -> str:
    return f"{name}Version" if name in _OF_VERSIONS and "VersionId" in arguments else name
