"""Emulator: AWS by moto, inside this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from infra import moto_shim
from infra.local.resources.applier import REGION

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local-secret",  # signs tickets that only the local S3 door reads
}
_UNWANTED = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL")


@contextmanager
def emulated(s3_url: str) -> Iterator[None]:
    """Everything that boto3 calls is answered by moto, and never leaves this process.

    `s3_url`: where the S3 door listens. botocore presigns for it; its other calls on it stay in the process as well.
    The environment, which moto and botocore read whenever they like, is as it was afterwards.
    """
    from moto import mock_aws
    from moto.s3.models import FakeBucket

    with patch.dict(os.environ):
        for name in _UNWANTED:
            os.environ.pop(name, None)
        os.environ.update(CREDENTIALS, AWS_DEFAULT_REGION=REGION, AWS_REGION=REGION, AWS_EC2_METADATA_DISABLED="true")
        os.environ.update(AWS_ENDPOINT_URL_S3=s3_url, MOTO_S3_CUSTOM_ENDPOINTS=s3_url)
        # moto reads a bucket policy without its conditions: "deny without TLS" would deny everything.
        lenient = patch.object(FakeBucket, "get_permission", _no_opinion)
        with mock_aws(config={"core": {"mock_credentials": False}}), moto_shim.installed(), lenient:
            yield


def _no_opinion(_bucket: Any, _action: str, _resource: str) -> None:
    return None
