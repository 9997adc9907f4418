"""What DynamoDB's refusals mean in the words of the port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotocoreConnectionError
from pynamodb.exceptions import CancellationReason, PynamoDBException, TransactWriteError

from chalicelib.store.port import CommitConflict, Unavailable

_FOR_NOW = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of errors and of cancellation reasons (AWS: "Error handling with DynamoDB", TransactWriteItems)."""


@contextmanager
def unavailable() -> Iterator[None]:
    """Turns what passes by itself into `Unavailable`. Everything else is a fault of the code and goes on as it is."""
    try:
        yield
    except PynamoDBException as error:
        if _passes(error.cause):
            raise Unavailable(str(error.cause)) from error
        raise


@contextmanager
def commit_conflict(order: Sequence[int]) -> Iterator[None]:
    """Turns a cancelled transaction into `Lost`. `order[i]` is the caller's position of the i-th item sent."""
    try:
        yield
    except TransactWriteError as error:
        reasons = error.cancellation_reasons
        codes = {reason.code for reason in reasons if reason is not None}
        if codes & _FOR_NOW:
            raise Unavailable(", ".join(sorted(codes))) from error
        if codes and codes <= {"ConditionalCheckFailed", "TransactionConflict"}:
            raise CommitConflict(sorted(_failed(reasons, order))) from error
        raise


def _failed(reasons: Sequence[CancellationReason | None], order: Sequence[int]) -> Iterator[int]:
    for position, reason in zip(order, reasons, strict=True):
        if reason is not None and reason.code == "ConditionalCheckFailed":
            yield position


def _passes(cause: Exception | None) -> bool:
    if isinstance(cause, ClientError):
        status = cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return cause.response["Error"]["Code"] in _FOR_NOW or status >= 500
    return isinstance(cause, HTTPClientError | BotocoreConnectionError)
