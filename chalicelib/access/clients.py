"""Clients of AWS services, created at first use. Each request is signed with the current binding's credentials."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from chalicelib.access import binding

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sqs import SQSClient


_REPEATABLE = frozenset({"cognito-idp", "kms", "s3", "secretsmanager", "sqs"})
"""Services whose requests may be sent twice, so that they are retried after a lost response. Not SES: it has no
idempotency key, so a retry would send the mail twice."""

COPY_SECONDS = 840
"""The longest wait for `CopyObject`, which responds when the copy is complete: a minute or more for 5 GiB. It is below
the 900 seconds of the function that seals files."""
_COPIES = "s3 for copies"


class Clients:
    """One client per service and process. boto3 takes 60 ms to import, so it is imported at first use."""

    def __init__(self, *, region: str, provider: binding.CredentialProvider, endpoint: str | None = None) -> None:
        """`endpoint`: URL of an emulator for all services."""
        self._region = region
        self._endpoint = endpoint
        self._provider = provider
        self._session: Any = None
        self._clients: dict[str, Any] = {}
        self._lock = Lock()

    def cognito(self) -> CognitoIdentityProviderClient:
        return cast("CognitoIdentityProviderClient", self._client("cognito-idp"))

    def ses(self) -> SESClient:
        return cast("SESClient", self._client("ses"))

    def sqs(self) -> SQSClient:
        return cast("SQSClient", self._client("sqs"))

    def kms(self) -> KMSClient:
        return cast("KMSClient", self._client("kms"))

    def s3(self) -> S3Client:
        return cast("S3Client", self._client("s3"))

    def s3_for_copies(self) -> S3Client:
        """Waits for `COPY_SECONDS`, and sends once: a repeat would copy beside the first, which may still complete."""
        return cast("S3Client", self._client(_COPIES))

    def secrets(self) -> SecretsManagerClient:
        return cast("SecretsManagerClient", self._client("secretsmanager"))

    def _client(self, service: str) -> Any:
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._create_client(service)
            return self._clients[service]

    def _create_client(self, service: str) -> Any:
        if self._session is None:
            self._session = self._create_session()
        return self._session.client(
            service.partition(" ")[0],
            region_name=self._region,
            endpoint_url=self._endpoint,
            config=self._config(service),
        )

    def _create_session(self) -> Any:
        import boto3

        session = boto3.session.Session(region_name=self._region)
        binding.sign_with(session, self._provider)
        return session

    def _config(self, service: str) -> Any:
        from botocore.config import Config

        options: dict[str, Any] = {"connect_timeout": 2, "read_timeout": 8, "retries": {"mode": "standard"}}
        if service not in _REPEATABLE:
            options["retries"] = {"mode": "standard", "total_max_attempts": 1}
        if service == _COPIES:
            options["read_timeout"] = COPY_SECONDS
        if service not in ("s3", _COPIES):
            return Config(**options)
        # Some regions still presign with signature version 2 by default, which does not support session tokens.
        style: Any = "virtual" if self._endpoint is None else "path"
        return Config(**options, signature_version="s3v4", s3={"addressing_style": style})
