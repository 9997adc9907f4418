"""AWS emulated by moto inside this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from infra.local.direct import direct_calls
from infra.local.resources.applier import ACCOUNT, REGION
from infra.moto import lighter_moto, moto_shim, service_models

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local-secret",  # signs upload tickets for the local S3 endpoint only
}
_CLEARED_VARIABLES = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL")


@contextmanager
def emulated(s3_url: str) -> Iterator[None]:
    """moto handles all boto3 calls inside this process.

    `s3_url`: the address of the local S3 endpoint. botocore presigns URLs for it; its own S3 calls stay in the process.
    Environment variables, which moto and botocore read at any time, are restored afterwards.
    """
    from moto import mock_aws
    from moto.s3.models import FakeBucket

    with patch.dict(os.environ):
        for name in _CLEARED_VARIABLES:
            os.environ.pop(name, None)
        os.environ.update(CREDENTIALS, AWS_DEFAULT_REGION=REGION, AWS_REGION=REGION, AWS_EC2_METADATA_DISABLED="true")
        os.environ.update(AWS_ENDPOINT_URL_S3=s3_url, MOTO_S3_CUSTOM_ENDPOINTS=s3_url)
        # moto ignores conditions in bucket policies, so "deny without TLS" would deny everything.
        lenient = patch.object(FakeBucket, "get_permission", _no_decision)
        faster = moto_shim.installed(), direct_calls.installed(ACCOUNT), lighter_moto.installed()
        with service_models.installed(), ExitStack() as stack:
            stack.enter_context(mock_aws(config={"core": {"mock_credentials": False}}))
            for each in (lenient, *faster):
                stack.enter_context(each)
            yield


def _no_decision(_bucket: Any, _action: str, _resource: str) -> None:
    return None
