"""PynamoDB connection with one shared client. Each request is signed with the credentials of the current binding."""

from __future__ import annotations

import botocore.session
from pynamodb.connection import Connection
from pynamodb.connection._botocore_private import BotocoreBaseClientPrivate

from chalicelib.access.binding import CredentialProvider, sign_with

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
RETRIES = 2
"""Retries after throttling, connection errors and status 5xx (botocore's `standard` mode). The retry of a transaction
carries the token of the first attempt, so DynamoDB treats both as one transaction for ten minutes
(AWS: TransactWriteItems)."""


class BoundConnection(Connection):
    """Creates its client once, in the constructor.

    PynamoDB would create another client, without the signing hook, where the function has no credentials of its own.
    Also, creating clients is not thread-safe.
    """

    def __init__(
        self,
        session: botocore.session.Session,
        provider: CredentialProvider,
        *,
        region: str,
        endpoint: str | None,
        retries: int = RETRIES,
    ) -> None:
        super().__init__(
            region=region,
            host=endpoint,
            connect_timeout_seconds=CONNECT_SECONDS,
            read_timeout_seconds=READ_SECONDS,
            max_retry_attempts=retries,
        )
        self._session = session
        self._bound = super().client
        sign_with(self._bound, provider)

    @property
    def session(self) -> botocore.session.Session:
        return self._session

    @property
    def client(self) -> BotocoreBaseClientPrivate:
        return self._bound
