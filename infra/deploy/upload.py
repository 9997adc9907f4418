"""Puts the package into the bucket: archives by their content, and the template that refers to them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

ARCHIVES = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}
"""Resource type → the property with the archive's path."""


class Uploaded(NamedTuple):
    key: str
    """Of the template."""
    url: str
    template: dict[str, Any]


def upload(s3: Any, bucket: str, prefix: str, package: Path) -> Uploaded:
    """`package`: the folder that `make package` writes. Content that is there already is not sent again."""
    template: dict[str, Any] = json.loads((package / "sam.json").read_text("utf-8"))
    for each in template["Resources"].values():
        if name := ARCHIVES.get(each["Type"]):
            archive = package / each["Properties"][name]
            key = f"{prefix}/{archive.stem}-{_digest(archive.read_bytes())}{archive.suffix}"
            _put(s3, bucket, key, archive.read_bytes())
            each["Properties"][name] = {"Bucket": bucket, "Key": key}
    body = json.dumps(template).encode()
    key = f"{prefix}/template-{_digest(body)}.json"
    _put(s3, bucket, key, body)
    return Uploaded(key, url_of(s3, bucket, key), template)


def url_of(s3: Any, bucket: str, key: str) -> str:
    url: str = s3.meta.endpoint_url.replace("://", f"://{bucket}.", 1)
    return f"{url}/{key}"


def _put(s3: Any, bucket: str, key: str, body: bytes) -> None:
    if not s3.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=1).get("KeyCount"):
        s3.put_object(Bucket=bucket, Key=key, Body=body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
