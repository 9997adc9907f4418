"""Stands in for DNS in the emulator's functions: what goes to Amazon Cognito's address goes to the emulator.

The functions get the user pool's keys by plain HTTPS from a name that is fixed, where every other call goes through
botocore, which is told the emulator's address. Python imports this as `sitecustomize` at its start.
"""

from __future__ import annotations

import os
import urllib.request
from typing import IO
from urllib.parse import urlsplit


class _Cognito(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> IO[bytes]:  # type: ignore[override]
        asked = urlsplit(request.full_url)
        if not (asked.hostname or "").startswith("cognito-idp."):
            return super().https_open(request)
        here = os.environ["AWS_ENDPOINT_URL"] + asked.path
        answer: IO[bytes] = urllib.request.urlopen(here, timeout=request.timeout)  # noqa: S310 our own address
        return answer


urllib.request.install_opener(urllib.request.build_opener(_Cognito))
