"""PynamoDB's connection with one shared client that signs each request as whoever is bound."""

from __future__ import annotations

import botocore.session
from pynamodb.connection import Connection
from pynamodb.connection._botocore_private import BotocoreBaseClientPrivate

from chalicelib.access.binding import CredentialProvider, sign_with

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
RETRIES = 2
"""After throttling, connection faults and 5xx (botocore's `standard` mode). A transaction's retry carries the token of
the first attempt, which makes it the same transaction for ten minutes (AWS: TransactWriteItems)."""


class BoundConnection(Connection):
    """The client is made once, here: PynamoDB would make another without the hook wherever the function has no
    credentials of its own, and making clients is not thread-safe."""

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
