"""Emulator: AWS by moto, inside this process, until the process ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from infra.local.applier import REGION

_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local-secret",  # signs tickets that only the local S3 door reads
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def emulated(s3_url: str) -> Iterator[None]:
    """Everything that boto3 calls from here on is answered by moto. Never leaves this process.

    `s3_url`: where the S3 door listens. botocore presigns for it; its other calls on it stay in the process as well.
    The environment is set for good: moto and botocore read it whenever they like.
    """
    os.environ.update(_CREDENTIALS)
    os.environ.update(AWS_ENDPOINT_URL_S3=s3_url, MOTO_S3_CUSTOM_ENDPOINTS=s3_url)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        os.environ.pop(name, None)
    from moto import mock_aws
    from moto.s3.models import FakeBucket

    # moto reads a bucket policy without its conditions: "deny without TLS" would deny everything.
    with (
        mock_aws(config={"core": {"mock_credentials": False}}),
        patch.object(FakeBucket, "get_permission", _no_opinion),
    ):
        yield


def _no_opinion(_bucket: Any, _action: str, _resource: str) -> None:
    return None
