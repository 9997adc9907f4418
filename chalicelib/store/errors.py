"""Translation of DynamoDB errors into the errors of the store port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotocoreConnectionError
from pynamodb.exceptions import CancellationReason, PynamoDBException, TransactWriteError

from chalicelib.store.port import CommitConflict, Unavailable

_TEMPORARY = frozenset(
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
"""Codes of errors and of cancellation reasons for which a retry helps (AWS: "Error handling with DynamoDB",
TransactWriteItems)."""


@contextmanager
def unavailable() -> Iterator[None]:
    """Context in which temporary errors of DynamoDB become `Unavailable`.

    Other errors are faults of the code and pass unchanged.
    """
    try:
        yield
    except PynamoDBException as error:
        if _is_temporary(error.cause):
            raise Unavailable(str(error.cause)) from error
        raise


@contextmanager
def commit_conflict(order: Sequence[int]) -> Iterator[None]:
    """Context in which a cancelled transaction becomes `CommitConflict`.

    If a temporary error cancelled it, it becomes `Unavailable`. `order[i]` is the caller's position of the i-th item
    sent.
    """
    try:
        yield
    except TransactWriteError as error:
        reasons = error.cancellation_reasons
        codes = {reason.code for reason in reasons if reason is not None}
        if codes & _TEMPORARY:
            raise Unavailable(", ".join(sorted(codes))) from error
        if codes and codes <= {"ConditionalCheckFailed", "TransactionConflict"}:
            raise CommitConflict(sorted(_failed_positions(reasons, order))) from error
        raise


def _failed_positions(reasons: Sequence[CancellationReason | None], order: Sequence[int]) -> Iterator[int]:
    for position, reason in zip(order, reasons, strict=True):
        if reason is not None and reason.code == "ConditionalCheckFailed":
            yield position


def _is_temporary(cause: Exception | None) -> bool:
    if isinstance(cause, ClientError):
        status = cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return cause.response["Error"]["Code"] in _TEMPORARY or status >= 500
    return isinstance(cause, HTTPClientError | BotocoreConnectionError)
