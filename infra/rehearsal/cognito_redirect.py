"""Redirects requests for Amazon Cognito's host to the emulator, inside the emulated functions.

The functions fetch the user pool's keys over HTTPS from a fixed host name. All other AWS calls use botocore, which has
the emulator's address. Python imports this file as `sitecustomize` at its start.
"""

from __future__ import annotations

import os
import urllib.request
from typing import IO
from urllib.parse import urlsplit


class _Cognito(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> IO[bytes]:  # type: ignore[override]
        target = urlsplit(request.full_url)
        if not (target.hostname or "").startswith("cognito-idp."):
            return super().https_open(request)
        redirected = os.environ["AWS_ENDPOINT_URL"] + target.path
        answer: IO[bytes] = urllib.request.urlopen(redirected, timeout=request.timeout)  # noqa: S310 our own address
        return answer


urllib.request.install_opener(urllib.request.build_opener(_Cognito))
